import { css, html, nothing } from 'lit';
import { deskContext } from '../../store/desk-store.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { request } from '../events.ts';
import { icon } from '../icon.ts';
import * as icons from '../icons.ts';
import { controls } from '../parts/controls.ts';
import { Select } from '../select.ts';
import { t } from '../strings/console.ts';
import { t as shared } from '../strings/shared.ts';
import { noticeText } from './notice-text.ts';

/** How long a notice stays when nobody dismisses it. */
const SHOWN_FOR = 12_000;

/** What went wrong for the whole desk: the connection, as a banner, and the last refusal, as a toast. */
export class VcDeskNotices extends VcElement {
  static override styles = [
    controls,
    css`
      .banner {
        margin: 0;
        display: flex;
        align-items: center;
        justify-content: center;
        gap: 10px;
        padding: 8px 16px;
        background: var(--_warning-soft);
        color: var(--_warning-text);
      }
      .banner.refused {
        background: var(--_danger);
        color: var(--_on-danger);
      }
      .toasts {
        position: absolute;
        z-index: 10;
        inset-block-end: 88px;
        inset-inline: 16px;
        display: grid;
        justify-items: center;
        pointer-events: none;
      }
      .toast {
        display: flex;
        align-items: center;
        gap: 12px;
        max-inline-size: 480px;
        padding: 8px 8px 8px 16px;
        border-radius: var(--_radius);
        background: var(--_surface);
        box-shadow: var(--_shadow);
        animation: rise var(--_motion);
        pointer-events: auto;
      }
      .toast > svg {
        color: var(--_warning-text);
      }
      .toast p {
        margin: 0;
      }
      .toast b {
        display: block;
        font-weight: 600;
      }
      .toast span {
        color: var(--_muted);
      }
      @keyframes rise {
        from {
          opacity: 0;
          transform: translateY(8px);
        }
      }
      @media (forced-colors: active) {
        .toast {
          border: 1px solid;
        }
      }
    `,
  ];

  #notice = new Select(this, deskContext, ({ notice }) => notice);
  #connection = new Select(this, deskContext, ({ connection }) => connection);
  #timed: unknown = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#timed = null;
  }

  protected override render() {
    const notice = this.#notice.value;
    const said = notice && noticeText(notice);
    return html`
      <div role="status">${this.#renderBanner()}</div>
      <div class="toasts" role="status" aria-label=${t('notices')}>
        ${
          said
            ? html`
              <div class="toast">
                ${icon(icons.alert)}
                <p><b>${said.title}</b><span>${said.reason}</span></p>
                <button class="button icon-button" type="button" aria-label=${shared('dismiss')} title=${shared('dismiss')}
                  @click=${this.#dismiss}>${icon(icons.close)}</button>
              </div>`
            : nothing
        }
      </div>
    `;
  }

  protected override updated(): void {
    const notice = this.#notice.value ?? null;
    if (notice === this.#timed) return;
    this.#timed = notice;
    clearTimeout(this.#timer);
    if (notice) this.#timer = setTimeout(() => this.#dismiss(), SHOWN_FOR);
  }

  #renderBanner() {
    if (this.#connection.value === 'offline')
      return html`<p class="banner">${icon(icons.alert)} ${t('offlineBanner')}</p>`;
    if (this.#connection.value === 'refused')
      return html`<p class="banner refused">${icon(icons.alert)} ${t('refusedBanner')}</p>`;
    // Nothing an agent could change by waiting, and a reason for every light grey button.
    if (!isSecureContext) return html`<p class="banner">${icon(icons.alert)} ${t('insecureBanner')}</p>`;
    if (typeof RTCPeerConnection === 'undefined')
      return html`<p class="banner">${icon(icons.alert)} ${t('callsBanner')}</p>`;
    return nothing;
  }

  #dismiss(): void {
    request(this, 'vc-notice-dismiss-request', { contact: null });
  }
}

definePart('vc-desk-notices', VcDeskNotices);

declare global {
  interface HTMLElementTagNameMap {
    'vc-desk-notices': VcDeskNotices;
  }
}
