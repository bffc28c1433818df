import { html, nothing, type TemplateResult } from 'lit';
import { query } from 'lit/decorators.js';
import { callContext } from '../../store/call-handle.ts';
import { contactContext, type Notice } from '../../store/contact-store.ts';
import { visitorContext } from '../../store/visitor-store.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { request } from '../events.ts';
import { icon } from '../icon.ts';
import * as icons from '../icons.ts';
import '../parts/vc-composer.ts';
import { controls } from '../parts/controls.ts';
import '../parts/vc-transcript.ts';
import { Select } from '../select.ts';
import { t as shared } from '../strings/shared.ts';
import { t } from '../strings/widget.ts';
import './vc-widget-header.ts';
import './vc-widget-home.ts';
import './vc-widget-status.ts';
import { windowStyles } from './window-styles.ts';

/** The open widget: header, then the beginning or the conversation, with the call above or beside it. */
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
  #callParts: Promise<unknown> | null = null;

  /** On a phone the window fills what the keyboard leaves; CSS alone does not know how much that is. */
  #fit = (): void => {
    if (window.visualViewport) this.style.setProperty('--_height', `${window.visualViewport.height}px`);
  };

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
    // Most visitors never call: what only a call needs comes with the first one.
    if (calling || this.#view.value?.call)
      this.#callParts ??= import('./call-parts.ts').catch(() => (this.#callParts = null));
    this.toggleAttribute('expanded', calling && Boolean(this.#expanded.value));
    this.toggleAttribute('chatless', this.#chatless());
    this.toggleAttribute('home', !this.#id.value && this.#connection.value !== 'refused');
  }

  protected override render(): TemplateResult {
    const name = this.#service.value?.name ?? t('support');
    return html`
      <section class="window" part="window" aria-label=${t('chatWindow', { service: name })}>
        <vc-widget-header part="header"></vc-widget-header>
        ${this.#connection.value === 'offline' ? banner(t('offline')) : nothing}
        ${this.#connection.value === 'refused' ? this.#refused() : this.#body()}
      </section>
    `;
  }

  #calling(): boolean {
    const status = this.#callStatus.value;
    return status !== undefined && status !== 'ended';
  }

  #refused(): TemplateResult {
    return html`<div class="refused" role="alert">
      ${icon(icons.alert)}
      <h2>${t('refusedTitle')}</h2>
      <p>${this.#visitorNotice.value?.message ?? t('refusedText')}</p>
    </div>`;
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
          ${
            this.#id.value
              ? html`<vc-transcript></vc-transcript><vc-widget-status></vc-widget-status>`
              : html`<vc-widget-home></vc-widget-home>`
          }
          ${this.#notice()}
          ${this.#view.value?.phase === 'ended' ? nothing : html`<vc-composer part="composer"></vc-composer>`}
        </div>
        <vc-widget-prompts></vc-widget-prompts>
      </div>
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

const banner = (text: string): TemplateResult => html`<div class="banner" role="status">${text}</div>`;

definePart('vc-widget-window', VcWidgetWindow);
