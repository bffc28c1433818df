import { css, html, nothing } from 'lit';
import { contactContext } from '../../store/contact-store.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { request } from '../events.ts';
import { icon } from '../icon.ts';
import * as icons from '../icons.ts';
import { controls } from '../parts/controls.ts';
import { Select } from '../select.ts';
import { t as shared } from '../strings/shared.ts';
import { noticeText } from './notice-text.ts';

/** What the server refused in the contact in context, until the agent dismisses it. */
export class VcContactNotice extends VcElement {
  static override styles = [
    controls,
    css`
      .notice {
        display: flex;
        align-items: center;
        gap: 10px;
        padding: 4px 6px 4px 16px;
        background: var(--_warning-soft);
        color: var(--_warning-text);
      }
      p {
        flex: 1;
        margin: 0;
      }
    `,
  ];

  #contact = new Select(this, contactContext, ({ id }) => id);
  #notice = new Select(this, contactContext, ({ notice }) => notice);

  protected override render() {
    const notice = this.#notice.value;
    return html`<div role="status">${
      notice
        ? html`
          <div class="notice">
            ${icon(icons.alert)}
            <p><b>${noticeText(notice).title}</b> ${noticeText(notice).reason}</p>
            <button class="button icon-button" type="button" aria-label=${shared('dismiss')} title=${shared('dismiss')}
              @click=${this.#dismiss}>${icon(icons.close)}</button>
          </div>`
        : nothing
    }</div>`;
  }

  #dismiss(): void {
    request(this, 'vc-notice-dismiss-request', { contact: this.#contact.value ?? null });
  }
}

definePart('vc-contact-notice', VcContactNotice);

declare global {
  interface HTMLElementTagNameMap {
    'vc-contact-notice': VcContactNotice;
  }
}
