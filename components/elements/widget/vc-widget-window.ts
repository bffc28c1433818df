import { type CSSResult, html, nothing, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import type { Form } from '../../../core/protocol/schemas.ts';
import { callContext } from '../../store/call-handle.ts';
import { contactContext, type Notice } from '../../store/contact-store.ts';
import { visitorContext } from '../../store/visitor-store.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { request, unlessCancelled } from '../events.ts';
import { icon } from '../icon.ts';
import * as icons from '../icons.ts';
import '../parts/vc-composer.ts';
import { controls } from '../parts/controls.ts';
import '../parts/vc-transcript.ts';
import { Select } from '../select.ts';
import { t as shared } from '../strings/shared.ts';
import { t } from '../strings/widget.ts';
import { lastLink } from './last-link.ts';
import './vc-widget-header.ts';
import './vc-widget-home.ts';
import { ASK_AGAIN, fetchCode } from '../../store/fetch-code.ts';
import { windowStyles } from './window-styles.ts';

/** What most visitors never need comes when it is needed first. */
const PARTS = {
  call: () => import('./call-parts.ts'),
  contact: () => import('./vc-widget-status.ts'),
  files: () => import('../parts/vc-attach.ts'),
  ready: () => import('./vc-call-ready.ts'),
  forms: () => import('./form-parts.ts'),
  links: () => import('./vc-pushed-link.ts'),
  afterEnd: () => import('./vc-after-end.ts'),
  refused: () => import('./vc-widget-refused.ts'),
};

/**
 * The open widget: header, then the beginning, a form, or the conversation, with the call above or beside it.
 */
export class VcWidgetWindow extends VcElement {
  static override styles = [controls, windowStyles];

  @query('vc-composer') private composer!: HTMLElement | null;
  #connection = new Select(this, visitorContext, (state) => state.connection);
  #service = new Select(this, visitorContext, (state) => state.service);
  #visitorNotice = new Select(this, visitorContext, (state) => state.notice);
  #id = new Select(this, contactContext, (state) => state.id);
  #view = new Select(this, contactContext, (state) => state.view);
  #contactNotice = new Select(this, contactContext, (state) => state.notice);
  #callStatus = new Select(this, callContext, (state) => state.status);
  #expanded = new Select(this, callContext, (state) => state.expanded);
  #link = new Select(this, contactContext, (state) => lastLink(state.transcript.entries));
  /** What the visitor fills in at present. */
  @state() private form: Form['kind'] | null = null;
  @query('.talk') private talk!: HTMLElement | null;
  #parts = new Set<keyof typeof PARTS>();

  /** On a phone the window fills what the keyboard leaves; CSS alone does not know how much that is. */
  #fit = (): void => {
    if (window.visualViewport) this.style.setProperty('--_height', `${window.visualViewport.height}px`);
  };

  constructor() {
    super();
    this.addEventListener('vc-form-show-request', (event) =>
      unlessCancelled(event, () => {
        this.form = event.detail.form;
      }),
    );
  }

  /** Puts the cursor where the visitor can write. */
  override focus(): void {
    this.composer?.focus();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.visualViewport?.addEventListener('resize', this.#fit);
    this.#fit();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.visualViewport?.removeEventListener('resize', this.#fit);
  }

  protected override willUpdate(): void {
    const calling = this.#calling();
    const view = this.#view.value;
    const { hours, files } = this.#service.value ?? {};
    // Whoever has an answer, or has left word, is done with the form.
    if (view && (view.form || (view.phase !== 'waiting' && view.phase !== 'dissuaded'))) this.form = null;
    if (this.#id.value) void this.#bring('contact');
    if (calling || view?.call) void this.#bring('call');
    if (this.form || view?.form || hours?.open === false) void this.#bring('forms');
    if (this.#id.value && files?.maxBytes) void this.#bring('files');
    if (this.#link.value || view?.follows) void this.#bring('links');
    if (view?.phase === 'waiting' && view.kind.startsWith('v')) void this.#bring('ready');
    if (view?.phase === 'ended') void this.#bring('afterEnd');
    if (this.#connection.value === 'refused') void this.#bring('refused');
    this.toggleAttribute('expanded', calling && Boolean(this.#expanded.value));
    this.toggleAttribute('chatless', this.#chatless());
    this.toggleAttribute('home', !this.#id.value && !this.form && this.#connection.value !== 'refused');
  }

  protected override render(): TemplateResult {
    const name = this.#service.value?.name ?? t('support');
    return html`
      <section class="window" part="window" aria-label=${t('chatWindow', { service: name })}>
        <vc-widget-header part="header"></vc-widget-header>
        ${this.#connection.value === 'offline' ? banner(t('offline')) : nothing}
        ${this.#connection.value === 'refused' ? html`<vc-widget-refused></vc-widget-refused>` : this.#body()}
      </section>
    `;
  }

  /** Once; when it failed again a moment later, while it is needed. A part may bring styles that make room for it. */
  async #bring(part: keyof typeof PARTS): Promise<void> {
    if (this.#parts.has(part)) return;
    this.#parts.add(part);
    try {
      const { windowStyles }: { windowStyles?: CSSResult } = await fetchCode<object>(PARTS[part]);
      if (windowStyles?.styleSheet)
        (this.renderRoot as ShadowRoot).adoptedStyleSheets.push(windowStyles.styleSheet);
    } catch {
      setTimeout(() => {
        this.#parts.delete(part);
        this.requestUpdate();
      }, ASK_AGAIN);
    }
  }

  #calling(): boolean {
    const status = this.#callStatus.value;
    return status !== undefined && status !== 'ended';
  }

  /** The call goes on without the chat. */
  #chatless(): boolean {
    const view = this.#view.value;
    return this.#calling() && view?.phase === 'assigned' && view.channels.chat === 'unavailable';
  }

  #body(): TemplateResult {
    return html`
      <div class="body">
        ${this.#calling() ? html`<vc-call-area class="call"></vc-call-area>` : nothing}
        <div class="talk" ?hidden=${this.#chatless()}>
          ${this.form ? formOf(this.form) : this.#talk()}
          ${this.#notice()}
          ${this.#composer()}
        </div>
        <vc-widget-prompts></vc-widget-prompts>
      </div>
    `;
  }

  #talk(): TemplateResult {
    if (!this.#id.value) return html`<vc-widget-home></vc-widget-home>`;
    return html`
      <vc-transcript></vc-transcript>
      <vc-widget-status></vc-widget-status>
      <vc-pushed-link></vc-pushed-link>
    `;
  }

  /** Wherever what is written would reach somebody. */
  #composer(): TemplateResult | typeof nothing {
    const view = this.#view.value;
    const { offers, files, typingPreview } = this.#service.value ?? {};
    const begins = this.#id.value || !offers || offers.includes('chat');
    if (this.form || !begins || view?.phase === 'ended' || (view?.form && view.phase === 'waiting'))
      return nothing;
    return html`
      <vc-composer part="composer">
        ${
          this.#id.value && files
            ? html`<vc-attach .accept=${files.types.join()} .maxBytes=${files.maxBytes} .zone=${this.talk}></vc-attach>`
            : nothing
        }
      </vc-composer>
      ${typingPreview ? html`<p class="aside">${t('typingPreview')}</p>` : nothing}
    `;
  }

  #notice(): TemplateResult | typeof nothing {
    const notice: Notice | null | undefined = this.#contactNotice.value ?? this.#visitorNotice.value;
    if (!notice) return nothing;
    const dismiss = () => request(this, 'vc-notice-dismiss-request', { contact: this.#id.value ?? null });
    return html`<div class="notice" role="alert">
      <span>${notice.message}</span>
      <button class="button icon-button small" aria-label=${shared('dismiss')} @click=${dismiss}>
        ${icon(icons.close)}
      </button>
    </div>`;
  }
}

const formOf = (kind: Form['kind']): TemplateResult =>
  kind === 'lead' ? html`<vc-lead-form></vc-lead-form>` : html`<vc-callback-form></vc-callback-form>`;

const banner = (text: string): TemplateResult => html`<div class="banner" role="status">${text}</div>`;

definePart('vc-widget-window', VcWidgetWindow);
