import { css, html, type TemplateResult } from 'lit';
import { isDue } from '../../../core/routing/queue.ts';
import { type DeskState, deskContext } from '../../store/desk-store.ts';
import { definePart } from '../define-part.ts';
import { request } from '../events.ts';
import { EverySecond } from '../every-second.ts';
import { CallPart } from '../parts/call-part.ts';
import { controls } from '../parts/controls.ts';
import { Select } from '../select.ts';
import { t } from '../strings/console.ts';

/**
 * How many contacts wait, and the one whose turn it is, for an agent who has only the call's own window in sight.
 *
 * @fires vc-take-request
 */
export class VcMiniDesk extends CallPart {
  static override styles = [
    controls,
    css`
      :host {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 8px;
        padding-inline: 6px;
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  #desk = new Select(this, deskContext, (state): DeskState => state);

  constructor() {
    super();
    // A callback may become due at any time.
    new EverySecond(this);
  }

  protected override render(): TemplateResult {
    const { waiting = [], skew = 0, connection } = this.#desk.value ?? {};
    const due = waiting.filter((entry) => isDue(entry, Date.now() + skew)).length;
    const idle = due === 0 || connection !== 'online';
    return html`
      <span role="status">${t('waiting')}: ${due}</span>
      <button class="button small primary" type="button" ?disabled=${idle} @click=${this.#take}>${t('takeNext')}</button>
    `;
  }

  #take(): void {
    request(this, 'vc-take-request', { contact: null });
  }
}

definePart('vc-mini-desk', VcMiniDesk);

declare global {
  interface HTMLElementTagNameMap {
    'vc-mini-desk': VcMiniDesk;
  }
}
