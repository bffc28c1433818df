import type { AgentSession } from '../../session/agent-session.ts';
import type { VcEvent, VcEventMap } from '../events.ts';
import type { CallRequestType } from '../media-bar/call-requests.ts';

/** For requests about one contact; those of nobody's contact ask for nothing. */
const about =
  <D extends { contact: string | null }>(verb: (session: AgentSession, contact: string, detail: D) => void) =>
  (session: AgentSession, detail: D): void => {
    if (detail.contact !== null) verb(session, detail.contact, detail);
  };

/** All requests but those of visitors, and those of a running call, which its panel answers. */
type RequestType = Exclude<
  Extract<keyof VcEventMap, `${string}-request`>,
  | CallRequestType
  | 'vc-open-request'
  | 'vc-toggle-request'
  | 'vc-wait-request'
  | 'vc-anew-request'
  | 'vc-recording-answer-request'
>;

type Verbs = { readonly [K in RequestType]: (session: AgentSession, detail: VcEventMap[K]) => void };

/** What the console does about each request. */
const VERBS: Verbs = {
  'vc-take-request': (session, { contact }) => session.take(contact),
  'vc-status-request': (session, { status }) => session.setStatus(status),
  'vc-panel-expand-request': (session, { contact }) => session.expand(contact),
  'vc-put-away-request': (session, { contact }) => session.putAway(contact),
  'vc-notice-dismiss-request': (session, { contact }) => session.dismissNotice(contact),
  'vc-recording-save-request': (session, { recording }) => session.saveRecording(recording),
  'vc-recording-discard-request': (session, { recording }) => session.discardRecording(recording),
  'vc-message-request': about((session, contact, { text }) => session.write(contact, text)),
  'vc-draft-request': about((session, contact, { text }) => session.draft(contact, text)),
  'vc-read-request': about((session, contact) => session.read(contact)),
  'vc-discard-request': about((session, contact, { id }) => session.discard(contact, id)),
  'vc-channel-request': about((session, contact, { channel }) => session.requestChannel(contact, channel)),
  'vc-channel-drop-request': about((session, contact, { channel }) => session.dropChannel(contact, channel)),
  'vc-call-answer-request': about((session, contact, { answer }) => session.answerCall(contact, answer)),
  'vc-end-request': about((session, contact) => session.end(contact)),
};

/** Carries the requests that reach `host` out on the session there is at that time, unless anyone cancels them. */
export function connectConsoleRequests(
  host: EventTarget,
  session: () => AgentSession | null,
  signal: AbortSignal,
): void {
  const connect = <K extends RequestType>(type: K): void => {
    const answer = (event: Event) =>
      // Listeners further up, who may still cancel, come after this one and before the microtask.
      queueMicrotask(() => {
        const now = session();
        if (now && !event.defaultPrevented) VERBS[type](now, (event as VcEvent<K>).detail);
      });
    host.addEventListener(type, answer, { signal });
  };
  for (const type of Object.keys(VERBS) as RequestType[]) connect(type);
}
