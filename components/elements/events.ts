import type { CallKind } from '../../core/contact/model.ts';
import type { CannedResponse, Colour, Form } from '../../core/protocol/schemas.ts';
import type { AgentStatus } from '../../core/protocol/server-frames.ts';
import type { CallFactory } from '../store/call-factory.ts';
import type { RingerSettings } from '../store/ringer-store.ts';

/**
 * Every event of the elements, with its detail. Requests bubble, cross shadow roots and can be cancelled; the root
 * element carries them out. Facts are past tense, are sent by the root elements, and do not bubble.
 */
export interface VcEventMap {
  /** A person wrote a message. */
  'vc-message-request': { contact: string | null; text: string };
  /** The text in the composer changed. */
  'vc-draft-request': { contact: string | null; text: string };
  /** The newest entry is on the screen. */
  'vc-read-request': { contact: string | null };
  /** Throw away a message the server refused. */
  'vc-discard-request': { contact: string | null; id: string };
  'vc-notice-dismiss-request': { contact: string | null };
  /** Files were chosen, dropped or pasted. */
  'vc-file-request': { contact: string | null; files: readonly File[] };
  /** Stop sending a file, or put away one that could not be sent. */
  'vc-file-cancel-request': { contact: string | null; id: string };
  /** Save the conversation as a file. */
  'vc-transcript-request': { contact: string | null; format: 'text' | 'json' };

  /** The visitor begins a contact of this kind. */
  'vc-open-request': { kind: 'chat' | CallKind; invitation?: string };
  /** The visitor leaves a number or a message. */
  'vc-form-request': { contact: string | null; form: Form };
  'vc-form-dismiss-request': Record<string, never>;
  /** Show what the visitor fills in to leave a number or a message; null: back to where they were. */
  'vc-form-show-request': { form: Form['kind'] | null };
  'vc-rate-request': { contact: string | null; score: 1 | 2 | 3 | 4 | 5; comment: string };
  'vc-link-consent-request': { contact: string | null; allow: boolean };
  'vc-invitation-dismiss-request': { invitation: string };
  /** Show or minimise the widget. */
  'vc-toggle-request': { open: boolean };
  /** A visitor nobody answered wants to wait again. */
  'vc-wait-request': { contact: string | null };
  /** The visitor wants a new contact after the end of one. */
  'vc-anew-request': { contact: string | null };
  /** End the conversation for both. */
  'vc-end-request': { contact: string | null };

  'vc-channel-request': { contact: string | null; channel: CallKind };
  'vc-channel-drop-request': { contact: string | null; channel: 'chat' | CallKind };
  'vc-call-answer-request': { contact: string | null; answer: CallKind | 'decline' };
  /** Load what opens the devices before a call: `use` gets it. */
  'vc-preview-request': { use: (loading: Promise<Pick<CallFactory, 'createPreview'>>) => void };
  'vc-microphone-request': { on: boolean };
  'vc-camera-request': { on: boolean };
  'vc-sound-request': { on: boolean };
  /** Share a screen, window or tab; `pageOnly`: this page without the widget. */
  'vc-screen-request': { on: boolean; pageOnly?: boolean };
  /** Keep a picture of what the other side shows. */
  'vc-snapshot-request': Record<string, never>;
  'vc-expand-request': { on: boolean };
  /** Give the call a window of its own, or bring it back. */
  'vc-detach-request': { on: boolean };
  /** Take up a call that is on hold; the one that is not, is then. */
  'vc-call-resume-request': { contact: string | null };
  'vc-hangup-request': Record<string, never>;
  'vc-recording-request': { on: boolean };
  'vc-recording-answer-request': { contact: string | null; allow: boolean };
  /** A recording on this device: to be made a file, sent to the server or not, saved as MP4, thrown away. */
  'vc-recording-finish-request': { recording: string };
  'vc-recording-send-request': { recording: string; on: boolean };
  'vc-recording-mp4-request': { recording: string };
  'vc-recording-discard-request': { recording: string };

  /** Take a waiting contact; null: the one that waited longest. */
  'vc-take-request': { contact: string | null };
  'vc-panel-expand-request': { contact: string };
  /** Take an ended contact off the desk. */
  'vc-put-away-request': { contact: string };
  'vc-status-request': { status: AgentStatus };
  'vc-note-request': { contact: string | null; text: string };
  /** Show the visitor a page. */
  'vc-link-request': { contact: string | null; url: string };
  'vc-colour-request': { contact: string | null; colour: Colour | null };
  /** Ask for the visitor's card, or to whom the contact could go. */
  'vc-card-request': { contact: string | null };
  'vc-transfer-targets-request': { contact: string | null };
  'vc-transfer-request': {
    contact: string | null;
    to: { kind: 'agent' | 'service'; id: string };
    note: string;
  };
  'vc-transfer-decline-request': { contact: string };
  'vc-transfer-withdraw-request': { contact: string | null };
  'vc-response-request': { response: CannedResponse };
  'vc-response-delete-request': { id: string };
  'vc-ringer-request': { change: Partial<RingerSettings> };
  'vc-sound-enable-request': Record<string, never>;
  /** Show another page of the console. */
  'vc-page-request': { page: 'desk' | 'reports' };

  /** Facts of `<vc-widget>`. */
  'vc-opened': Record<string, never>;
  'vc-minimised': Record<string, never>;
  'vc-contact-opened': { contact: string };
  'vc-contact-ended': { contact: string };
  'vc-unread-changed': { unread: number };
  /** Facts of `<vc-agent-console>`. */
  'vc-contact-taken': { contact: string };
  'vc-waiting-changed': { waiting: number };
}

export type VcEvent<K extends keyof VcEventMap> = CustomEvent<VcEventMap[K]>;

declare global {
  interface HTMLElementEventMap extends VcEvents {}
}
type VcEvents = { [K in keyof VcEventMap]: CustomEvent<VcEventMap[K]> };

/** Asks whoever is responsible, up the tree. Gives false when someone cancelled. */
export const request = <K extends keyof VcEventMap>(
  from: EventTarget,
  type: K,
  detail: VcEventMap[K],
): boolean =>
  from.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true, cancelable: true }));

/** Acts on a request unless anyone along the whole way up cancelled it. */
export const unlessCancelled = (request: Event, act: () => void): void =>
  // Listeners further up, who may still cancel, come after this one and before the microtask.
  queueMicrotask(() => {
    if (!request.defaultPrevented) act();
  });

/** Tells listeners of this element that something happened. */
export const tell = <K extends keyof VcEventMap>(
  from: EventTarget,
  type: K,
  detail: VcEventMap[K],
): boolean => from.dispatchEvent(new CustomEvent(type, { detail }));
