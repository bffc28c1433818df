import { ContextProvider } from '@lit/context';
import { html, nothing, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import { createAgentSession } from '../../session/agent-session.ts';
import type { AgentSession } from '../../store/agent-session.ts';
import type { CallFactory } from '../../store/call-factory.ts';
import type { DeskState } from '../../store/desk-store.ts';
import { createDeskStore, deskContext } from '../../store/desk-store.ts';
import { fetchCode } from '../../store/fetch-code.ts';
import type { RecordingsState } from '../../store/recordings-store.ts';
import { recordingsContext } from '../../store/recordings-store.ts';
import { type RingerState, ringerContext } from '../../store/ringer-store.ts';
import { serverContext } from '../../store/server-context.ts';
import { createStore } from '../../store/store.ts';
import { VcElement } from '../base-element.ts';
import { tell, unlessCancelled, type VcEvent, type VcEventMap } from '../events.ts';
import { rootStyles, tokens } from '../tokens.ts';
import { type RequestType, VERBS } from './console-requests.ts';
import { consoleStyles } from './console-styles.ts';
import { saveFile } from './save-file.ts';
import { waitingText } from './waiting-text.ts';
import './vc-assigned.ts';
import './vc-desk-notices.ts';
import './vc-desk-status.ts';
import './vc-recordings.ts';
import './vc-report-page.ts';
import './vc-shortcuts.ts';
import './vc-transfer-requests.ts';
import './vc-waiting.ts';

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
 * @csspart main - The assigned contacts, or the reports.
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

  @state() private page: VcEventMap['vc-page-request']['page'] = 'desk';
  #session: AgentSession | null = null;
  #unsubscribe: (() => void) | null = null;
  #leaving: ReturnType<typeof setTimeout> | undefined;
  #desk = new ContextProvider(this, { context: deskContext, initialValue: createDeskStore() });
  #recordings = new ContextProvider(this, { context: recordingsContext, initialValue: noRecordings() });
  #ringer = new ContextProvider(this, { context: ringerContext, initialValue: silent() });
  #origin = new ContextProvider(this, { context: serverContext, initialValue: '' });

  constructor() {
    super();
    for (const type of Object.keys(VERBS) as RequestType[]) this.#carryOut(type);
    this.addEventListener('vc-page-request', (event) =>
      unlessCancelled(event, () => this.#show(event.detail.page)),
    );
    // Whoever takes or opens a contact wants to see it.
    for (const type of ['vc-take-request', 'vc-panel-expand-request'] as const)
      this.addEventListener(type, (event) => unlessCancelled(event, () => this.#show('desk')));
    this.addEventListener('vc-transcript-request', (event) =>
      unlessCancelled(event, () => void this.#saveTranscript(event.detail)),
    );
    this.addEventListener('vc-preview-request', (event) =>
      unlessCancelled(event, () => event.detail.use(loadCall())),
    );
    this.addEventListener('vc-recording-mp4-request', (event) =>
      unlessCancelled(event, () => void this.#saveAsMp4(event.detail.recording)),
    );
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
        <vc-transfer-requests></vc-transfer-requests>
        <div class="desk">
          <div class="rail" part="rail">
            <vc-desk-status>
              <vc-shortcuts .scope=${this} @reply=${this.#reply} @close=${this.#askToClose}></vc-shortcuts>
            </vc-desk-status>
            <vc-waiting .directory=${this.#session}></vc-waiting>
            <vc-recordings></vc-recordings>
          </div>
          ${this.page === 'reports' ? html`<vc-report-page part="main" .source=${this.#session}></vc-report-page>` : nothing}
          <vc-assigned part="main" ?hidden=${this.page !== 'desk'} .directory=${this.#session}></vc-assigned>
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

  #show(page: VcEventMap['vc-page-request']['page']): void {
    this.page = page;
  }

  #reply(): void {
    this.#show('desk');
    this.renderRoot.querySelector('vc-assigned')?.reply();
  }

  #askToClose(): void {
    this.#show('desk');
    this.renderRoot.querySelector('vc-assigned')?.close();
  }

  #open(): void {
    const { createSession } = this.constructor as typeof VcAgentConsole;
    const server = this.server || location.origin;
    const session = createSession({
      server,
      token: this.token,
      describe: waitingText,
      loadCall,
      loadRecorder: () => fetchCode(() => import('../../media/recording/recordings.ts')),
    });
    this.#session = session;
    this.#desk.setValue(session.desk);
    this.#recordings.setValue(session.recordings);
    this.#ringer.setValue(session.ringer);
    this.#origin.setValue(server);
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
    this.#ringer.setValue(silent());
  }

  async #saveAsMp4(recording: string): Promise<void> {
    const file = await this.#session?.recordingAsMp4(recording);
    if (file) saveFile(file);
  }

  async #saveTranscript({ contact, format }: VcEventMap['vc-transcript-request']): Promise<void> {
    const state = contact === null ? undefined : this.#session?.contact(contact)?.state;
    if (!state?.view) return;
    const { saveTranscript } = await fetchCode(() => import('../parts/transcript-file.ts'));
    saveTranscript(state.view, state.transcript, state.own, this.#origin.value, format);
  }
}

/** A call goes on while the server is away, so what a snapshot needs comes with it. */
async function loadCall(): Promise<CallFactory> {
  const [factory] = await Promise.all([
    fetchCode(() => import('../../media/call.ts')),
    fetchCode(() => import('../../media/snapshot.ts')),
  ]);
  return factory;
}

const silent = () =>
  createStore((state: RingerState) => state, {
    sound: false,
    title: false,
    notifications: false,
    ringing: false,
    soundBlocked: false,
    permission: 'unsupported',
  });
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
