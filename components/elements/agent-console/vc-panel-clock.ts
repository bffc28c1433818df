import { css, html, nothing } from 'lit';
import { contactContext } from '../../store/contact-store.ts';
import { deskContext } from '../../store/desk-store.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { EverySecond } from '../every-second.ts';
import { Select } from '../select.ts';
import { t } from '../strings/console.ts';
import { durationText } from '../time-text.ts';

/** How long the contact in context has been with this agent; stands still once the contact ended. */
export class VcPanelClock extends VcElement {
  static override styles = css`
    :host {
      color: var(--_muted);
      font-size: 13px;
      font-variant-numeric: tabular-nums;
    }
  `;

  #takenAt = new Select(this, contactContext, ({ view }) => view?.takenAt);
  #endedAt = new Select(this, contactContext, ({ view }) => view?.endedAt);
  #skew = new Select(this, deskContext, ({ skew }) => skew);

  constructor() {
    super();
    new EverySecond(this, () => this.#since);
  }

  /** When the clock began, by the clock of this browser; null while it stands still. */
  get #since(): number | null {
    const takenAt = this.#takenAt.value ?? null;
    return takenAt === null || this.#endedAt.value ? null : takenAt - (this.#skew.value ?? 0);
  }

  protected override render() {
    const takenAt = this.#takenAt.value;
    if (takenAt === null || takenAt === undefined) return nothing;
    const now = this.#endedAt.value ?? Date.now() + (this.#skew.value ?? 0);
    return html`<span role="timer" aria-label=${t('duration')} title=${t('duration')}>${durationText((now - takenAt) / 1000)}</span>`;
  }
}

definePart('vc-panel-clock', VcPanelClock);

declare global {
  interface HTMLElementTagNameMap {
    'vc-panel-clock': VcPanelClock;
  }
}
