import { ContextProvider } from '@lit/context';
import { html, type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import { createAgentSession } from '../../session/agent-session.ts';
import type { AgentSession } from '../../store/agent-session.ts';
import type { DeskState } from '../../store/desk-store.ts';
import { createDeskStore, deskContext } from '../../store/desk-store.ts';
import type { RecordingsState } from '../../store/recordings-store.ts';
import { recordingsContext } from '../../store/recordings-store.ts';
import { createStore } from '../../store/store.ts';
import { VcElement } from '../base-element.ts';
import { tell, unlessCancelled, type VcEvent, type VcEventMap } from '../events.ts';
import type { CallRequestType } from '../media-bar/call-requests.ts';
import { rootStyles, tokens } from '../tokens.ts';
import { consoleStyles } from './console-styles.ts';
import './vc-assigned.ts';
import './vc-desk-notices.ts';
import './vc-desk-status.ts';
import './vc-recordings.ts';
import './vc-waiting.ts';

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

/** A console taken out of the page keeps its conversations and calls for this long, milliseconds: routers put it back. */
const KEPT_DETACHED = 5_000;

/**
 * The agent's side: who waits, the conversations taken, and their calls. Fills the box it is given.
 *
 * @tag vc-agent-console
 *
 * @fires vc-contact-taken - A contact is on this desk now, `detail.contact`.
 * @fires vc-waiting-changed - Another number of contacts waits, `detail.waiting`.
 *
 * @csspart rail - Status, waiting contacts and recordings.
 * @csspart main - The assigned contacts.
 *
 * @cssprop --vc-accent - Fill of what is primary.
 * @cssprop --vc-on-accent - Text on the accent.
 * @cssprop --vc-accent-text - The accent as text on a surface.
 * @cssprop --vc-surface - Background of cards.
 * @cssprop --vc-sunken - Background between cards.
 * @cssprop --vc-raised - Background of the other side's messages.
 * @cssprop --vc-text - Text.
 * @cssprop --vc-muted - Quieter text.
 * @cssprop --vc-line - Thin borders.
 * @cssprop --vc-radius - Corner radius of cards, a length; 16px by default.
 * @cssprop --vc-font - Font family.
 */
export class VcAgentConsole extends VcElement {
  static override styles = [tokens, rootStyles, consoleStyles];

  /** Makes the session of every console; a test puts its own here. */
  static createSession: typeof createAgentSession = createAgentSession;

  /** Origin of the server, e.g. `https://chat.example.com`; the page's own by default. */
  @property() server = '';
  /** The agent's JWT, from the host application. Set a fresh one before the old one expires. */
  @property() token = '';
  /** `light`, `dark`, or `auto`: as the page. */
  @property({ reflect: true }) theme: 'light' | 'dark' | 'auto' = 'auto';

  #session: AgentSession | null = null;
  #unsubscribe: (() => void) | null = null;
  #leaving: ReturnType<typeof setTimeout> | undefined;
  #desk = new ContextProvider(this, { context: deskContext, initialValue: createDeskStore() });
  #recordings = new ContextProvider(this, { context: recordingsContext, initialValue: noRecordings() });

  constructor() {
    super();
    for (const type of Object.keys(VERBS) as RequestType[]) this.#carryOut(type);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    clearTimeout(this.#leaving);
    // Attributes may have changed, or the session may have ended, while it was out of the page.
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#leaving = setTimeout(() => this.#close(), KEPT_DETACHED);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('server')) this.#close();
    if (!this.isConnected || !this.token) return;
    if (this.#session) this.#session.setToken(this.token);
    else this.#open();
  }

  protected override render() {
    return html`
      <div class="console">
        <vc-desk-notices></vc-desk-notices>
        <div class="desk">
          <div class="rail" part="rail">
            <vc-desk-status></vc-desk-status>
            <vc-waiting></vc-waiting>
            <vc-recordings></vc-recordings>
          </div>
          <vc-assigned part="main" .directory=${this.#session}></vc-assigned>
        </div>
      </div>
    `;
  }

  #carryOut<K extends RequestType>(type: K): void {
    this.addEventListener(type as string, (event) => {
      unlessCancelled(event, () => {
        if (this.#session) VERBS[type](this.#session, (event as VcEvent<K>).detail);
      });
    });
  }

  #open(): void {
    const { createSession } = this.constructor as typeof VcAgentConsole;
    const session = createSession({
      server: this.server || location.origin,
      token: this.token,
      loadCall: () => import('../../media/call.ts'),
      loadRecorder: () => import('../../media/recording/recordings.ts'),
    });
    this.#session = session;
    this.#desk.setValue(session.desk);
    this.#recordings.setValue(session.recordings);
    let before = session.desk.state;
    this.#unsubscribe = session.desk.subscribe((now) => {
      tellFacts(this, before, now);
      before = now;
    });
  }

  #close(): void {
    this.#unsubscribe?.();
    this.#session?.close();
    this.#unsubscribe = this.#session = null;
    this.#desk.setValue(createDeskStore());
    this.#recordings.setValue(noRecordings());
  }
}

const noRecordings = () => createStore((state: RecordingsState) => state, { items: [] });

function tellFacts(console: VcAgentConsole, before: DeskState, now: DeskState): void {
  if (now.waiting.length !== before.waiting.length)
    tell(console, 'vc-waiting-changed', { waiting: now.waiting.length });
  for (const contact of now.assigned)
    if (!before.assigned.includes(contact)) tell(console, 'vc-contact-taken', { contact });
}

declare global {
  interface HTMLElementTagNameMap {
    'vc-agent-console': VcAgentConsole;
  }
}
