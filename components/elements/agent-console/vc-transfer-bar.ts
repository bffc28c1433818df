import { css, html, nothing } from 'lit';
import { contactContext } from '../../store/contact-store.ts';
import { deskContext } from '../../store/desk-store.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { request } from '../events.ts';
import { EverySecond } from '../every-second.ts';
import { icon } from '../icon.ts';
import { controls } from '../parts/controls.ts';
import { Select } from '../select.ts';
import { t } from '../strings/tools.ts';
import { durationText } from '../time-text.ts';
import * as deskIcons from './desk-icons.ts';

/**
 * To whom the contact in context is being offered, how much time they have left, and the way back.
 *
 * @fires vc-transfer-withdraw-request
 */
export class VcTransferBar extends VcElement {
  static override styles = [
    controls,
    css`
      .bar {
        display: flex;
        gap: 10px;
        align-items: center;
        padding: 4px 6px 4px 16px;
        background: var(--_accent-soft);
      }
      p {
        flex: 1;
        margin: 0;
        min-inline-size: 0;
        overflow-wrap: anywhere;
      }
      [role='timer'] {
        color: inherit;
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
      }
    `,
  ];

  #contact = new Select(this, contactContext, ({ id }) => id);
  #transfer = new Select(this, contactContext, ({ view }) => view?.desk?.transfer ?? null);
  #skew = new Select(this, deskContext, ({ skew }) => skew);

  constructor() {
    super();
    new EverySecond(this, () =>
      this.#transfer.value ? this.#transfer.value.until - (this.#skew.value ?? 0) : null,
    );
  }

  protected override render() {
    const transfer = this.#transfer.value;
    if (!transfer) return nothing;
    // Rounded up: at 0:00 the time is over.
    const left = Math.ceil((transfer.until - Date.now() - (this.#skew.value ?? 0)) / 1000);
    return html`
      <div class="bar">
        ${icon(deskIcons.handOver)}
        <p><span role="status">${t('offeredTo', { name: transfer.to })}</span>,
          <span role="timer">${t('timeLeft', { time: durationText(left) })}</span></p>
        <button class="button outline small" type="button" @click=${this.#withdraw}>${t('withdraw')}</button>
      </div>
    `;
  }

  #withdraw(): void {
    request(this, 'vc-transfer-withdraw-request', { contact: this.#contact.value ?? null });
  }
}

definePart('vc-transfer-bar', VcTransferBar);

declare global {
  interface HTMLElementTagNameMap {
    'vc-transfer-bar': VcTransferBar;
  }
}
