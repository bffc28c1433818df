import { ContextProvider } from '@lit/context';
import { html, nothing, type PropertyValues, type TemplateResult, unsafeCSS } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { unreadCount } from '../../../core/transcript/status.ts';
import { currentPage } from '../../session/page-facts.ts';
import { trailWith } from '../../session/trail.ts';
import { createVisitorSession } from '../../session/visitor-session.ts';
import { callContext } from '../../store/call-handle.ts';
import { contactContext } from '../../store/contact-store.ts';
import { serverContext } from '../../store/server-context.ts';
import type { VisitorSession } from '../../store/visitor-session.ts';
import { visitorContext } from '../../store/visitor-store.ts';
import { VcElement } from '../base-element.ts';
import { tell, unlessCancelled, type VcEvent, type VcEventMap } from '../events.ts';
import { icon } from '../icon.ts';
import * as icons from '../icons.ts';
import { t } from '../strings/widget.ts';
import { rootStyles, tokens } from '../tokens.ts';
import { askedFor } from './asked-for.ts';
import { launcherCss } from './launcher-styles.ts';
import { isLive, rememberOpen, wasOpen } from './live-flag.ts';
import './vc-widget-window.ts';
import { fetchCode } from '../../store/fetch-code.ts';
import { widgetStyles } from './widget-styles.ts';

type Handle<K extends keyof VcEventMap> = (
  session: VisitorSession,
  detail: VcEventMap[K],
  server: string,
) => void;
type Handlers = { [K in keyof VcEventMap]?: Handle<K> };

const loadCall = () => fetchCode(() => import('../../media/call.ts'));

/** What each request of the elements inside asks of the session. */
const HANDLERS: Handlers = {
  'vc-open-request': (session, { kind, invitation }) => session.open(kind, invitation),
  'vc-form-request': (session, { form }) => session.submit(form),
  'vc-form-dismiss-request': (session) => session.dismissForm(),
  'vc-message-request': (session, { text }) => session.write(text),
  'vc-draft-request': (session, { text }) => session.draft(text),
  'vc-read-request': (session) => session.read(),
  'vc-discard-request': (session, { id }) => session.discard(id),
  'vc-file-request': (session, { files }) => session.sendFiles(files),
  'vc-file-cancel-request': (session, { id }) => session.cancelFile(id),
  'vc-notice-dismiss-request': (session) => session.dismissNotice(),
  'vc-channel-request': (session, { channel }) => session.requestChannel(channel),
  'vc-channel-drop-request': (session, { channel }) => session.dropChannel(channel),
  'vc-call-answer-request': (session, { answer }) => session.answerCall(answer),
  'vc-recording-answer-request': (session, { allow }) => session.answerRecording(allow),
  'vc-end-request': (session) => session.end(),
  'vc-wait-request': (session) => session.wait(),
  'vc-anew-request': (session) => session.anew(),
  'vc-rate-request': (session, { score, comment }) => session.rate(score, comment),
  'vc-transcript-request': async ({ contact }, { format }, server) => {
    const { saveTranscript } = await fetchCode(() => import('../parts/transcript-file.ts'));
    const { view, transcript, own } = contact.state;
    if (view) saveTranscript(view, transcript, own, server, format);
  },
  'vc-preview-request': (_, { use }) => use(loadCall()),
  'vc-link-consent-request': (session, { allow }) => session.consentToLinks(allow),
};

/**
 * The visitor's side: launcher, chat, calls. Connects when it is opened first, or at once while a conversation runs.
 * Moving it in the document keeps conversation and call; removing it ends the connection, and the conversation goes on
 * when it comes back.
 *
 * Its requests (`vc-…-request`) go on up the page; any listener on the way may cancel them.
 *
 * @tag vc-widget
 *
 * @fires vc-opened - The window is shown.
 * @fires vc-minimised - Only the launcher is shown.
 * @fires vc-contact-opened - The server took the contact, `detail.contact`.
 * @fires vc-contact-ended - It is over for both sides, `detail.contact`.
 * @fires vc-unread-changed - `detail.unread` messages have not been seen.
 *
 * @csspart launcher - The round button.
 * @csspart window - The open window.
 * @csspart header - Top of the window: who is there, and the calls.
 * @csspart composer - Where the visitor writes.
 *
 * @cssprop --vc-accent - Colour of the launcher, own messages and main buttons.
 * @cssprop --vc-on-accent - Text on the accent.
 * @cssprop --vc-accent-text - The accent as text on a surface.
 * @cssprop --vc-surface - Background.
 * @cssprop --vc-sunken - Background that lies lower.
 * @cssprop --vc-raised - Background of the other side's messages.
 * @cssprop --vc-text - Text.
 * @cssprop --vc-muted - Quieter text.
 * @cssprop --vc-line - Thin borders.
 * @cssprop --vc-radius - Corner radius of surfaces, a length; 16px by default.
 * @cssprop --vc-font - Font family.
 */
export class VcWidget extends VcElement {
  static override styles = [tokens, rootStyles, unsafeCSS(launcherCss), widgetStyles];

  /** Makes the session of every widget; a test puts its own here. */
  static createSession: typeof createVisitorSession = createVisitorSession;

  /** Origin of the server, e.g. `https://chat.example.com`; the page's own by default. */
  @property() server = '';
  /** Id of the service visitors of this page talk to. */
  @property() service = '';
  /** Id of the agent this page addresses, e.g. on a page about them; anybody by default. */
  @property() agent = '';
  /** BCP 47 tag of the visitor's language; the browser's by default. */
  @property() locale = '';
  /** `light`, `dark`, or `auto`: what the visitor's system says. */
  @property({ reflect: true }) theme: 'light' | 'dark' | 'auto' = 'auto';
  /** Corner of the page: `right` or `left`. */
  @property({ reflect: true }) position: 'right' | 'left' = 'right';
  /** Whether the window is shown instead of the launcher. */
  @property({ type: Boolean, reflect: true }) open = false;

  @state() private unread = 0;
  @query('.launcher') private launcher!: HTMLElement;
  @query('vc-widget-window') private window!: HTMLElement | null;

  #server = new ContextProvider(this, { context: serverContext });
  #visitor = new ContextProvider(this, { context: visitorContext });
  #contact = new ContextProvider(this, { context: contactContext });
  #call = new ContextProvider(this, { context: callContext, initialValue: null });
  @state() private session: VisitorSession | null = null;
  #unfollow: (() => void)[] = [];
  #moveFocus = false;

  constructor() {
    super();
    for (const type of Object.keys(HANDLERS) as (keyof Handlers)[]) this.#carry(type);
    this.addEventListener('vc-toggle-request', (event) => {
      if (!event.defaultPrevented) this.open = event.detail.open;
    });
    this.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !event.isComposing && !event.defaultPrevented) this.open = false;
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    trailWith(currentPage());
    if (this.open || isLive(this.service)) this.#start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // A move in the document is a removal and an insertion in one turn: only a removal that lasts is one.
    setTimeout(() => {
      if (!this.isConnected) this.#stop();
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const moved =
      changed.has('service') || changed.has('server') || changed.has('locale') || changed.has('agent');
    if (moved && this.session && this.hasUpdated) this.#stop();
    if (!this.hasUpdated && isLive(this.service)) this.open ||= wasOpen(this.service);
    // A press on the loader's button ends on another one, and is no click.
    if (!this.hasUpdated) this.open ||= !!this.shadowRoot?.querySelector('[data-loader]:active');
    if (changed.has('open')) {
      rememberOpen(this.service, this.open);
      if (this.hasUpdated) this.session?.visible(this.open);
      // Opened by the page's own code, the focus stays where the visitor has it.
      this.#moveFocus = this.matches(':focus-within');
    }
    if (this.open || (moved && isLive(this.service))) this.#start();
  }

  protected override render(): TemplateResult {
    return html`
      <button
        class="launcher"
        part="launcher"
        aria-label=${t('openChat')}
        aria-expanded=${this.open}
        aria-describedby=${this.unread ? 'unread' : nothing}
        title=${t('openChat')}
        ?hidden=${this.open}
        @click=${this.#onLauncherClick}
      >
        ${icon(icons.chat)}
        ${
          this.unread
            ? html`<span class="badge" id="unread" aria-label=${t('unread', { count: this.unread })}
                >${this.unread > 99 ? '99+' : this.unread}</span
              >`
            : nothing
        }
      </button>
      ${this.open ? nothing : html`<vc-widget-mini></vc-widget-mini>`}
      ${
        this.session
          ? html`<vc-widget-window exportparts="window, header, composer" ?hidden=${!this.open}></vc-widget-window>`
          : nothing
      }
    `;
  }

  protected override firstUpdated(): void {
    // The loader's button has done its work, and the loader asked for invitations.
    const loaded = [...this.renderRoot.querySelectorAll('[data-loader]')];
    for (const node of loaded) node.remove();
    if (!loaded.length) this.#invite();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.get('service')) this.#invite();
    if (!changed.has('open') || (!this.open && changed.get('open') === undefined)) return;
    if (this.#moveFocus) void this.#focus();
    tell(this, this.open ? 'vc-opened' : 'vc-minimised', {});
  }

  async #focus(): Promise<void> {
    if (!this.open) return this.launcher.focus();
    await (this.window as VcElement | null)?.updateComplete;
    this.window?.focus();
  }

  #onLauncherClick(): void {
    // Safari does not focus a clicked button.
    this.launcher.focus();
    this.open = true;
  }

  #carry<K extends keyof Handlers & keyof VcEventMap>(type: K): void {
    const handle = HANDLERS[type] as Handle<K>;
    this.addEventListener(type as string, (event) => {
      unlessCancelled(event, () => {
        if (this.session) handle(this.session, (event as VcEvent<K>).detail, this.#origin);
      });
    });
  }

  /** Origin of the server. */
  get #origin(): string {
    return this.server || location.origin;
  }

  #invite(): void {
    this.renderRoot.querySelector('vc-invitations')?.remove();
    fetchCode(() => import('./invite-here.ts')).then(
      ({ inviteHere }) => inviteHere(this, this.#origin, this.service),
      () => {}, // Nobody waits for an invitation.
    );
  }

  #start(): void {
    if (this.session || !this.isConnected) return;
    const { createSession } = this.constructor as typeof VcWidget;
    const session = createSession({
      server: this.#origin,
      service: this.service,
      agent: this.agent,
      language: this.locale || navigator.language,
      loadCall,
    });
    this.#server.setValue(this.#origin);
    this.#visitor.setValue(session.visitor);
    this.#contact.setValue(session.contact);
    this.#call.setValue(session.call.state.handle);
    session.visible(this.open);
    this.session = session;
    this.#unfollow = [
      session.call.subscribe(({ handle }) => this.#call.setValue(handle)),
      this.#follow(session),
    ];
  }

  #stop(): void {
    for (const unfollow of this.#unfollow) unfollow();
    this.#unfollow = [];
    this.session?.close();
    this.session = null;
    this.#call.setValue(null);
  }

  /** Turns changes of the contact into facts for the page, and shows the window when the agent asks for a call. */
  #follow({ contact }: VisitorSession): () => void {
    let before = contact.state;
    return contact.subscribe((now) => {
      const { view, transcript, own } = now;
      const known = before.view?.id === view?.id ? before.view : null;
      before = now;
      const unread = view ? unreadCount(transcript.entries, own, view.cursors[own].read) : 0;
      if (unread !== this.unread) {
        this.unread = unread;
        tell(this, 'vc-unread-changed', { unread });
      }
      if (!view) return;
      if (!known) tell(this, 'vc-contact-opened', { contact: view.id });
      if (view.phase === 'ended' && known?.phase !== 'ended')
        tell(this, 'vc-contact-ended', { contact: view.id });
      if (askedFor(view.call) && !askedFor(known?.call)) this.open = true;
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vc-widget': VcWidget;
  }
}
