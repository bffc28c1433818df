import { html, nothing } from 'lit';
import { state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { deskContext } from '../../store/desk-store.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { request } from '../events.ts';
import { icon } from '../icon.ts';
import * as icons from '../icons.ts';
import { controls } from '../parts/controls.ts';
import { Select } from '../select.ts';
import { t } from '../strings/console.ts';
import { bareButton } from './bare-button.ts';
import { waitingStyles } from './waiting-styles.ts';
import './vc-waiting-entry.ts';

/**
 * Who waits. The box takes the contact whose turn it is; the list beside it is there for picking another: always open
 * where there is room, else a drawer that opens on hover, on focus by keyboard, or by its own button.
 */
export class VcWaiting extends VcElement {
  static override styles = [controls, bareButton, waitingStyles];

  @state() private open = false;
  #waiting = new Select(this, deskContext, ({ waiting }) => waiting);
  #skew = new Select(this, deskContext, ({ skew }) => skew);
  #connection = new Select(this, deskContext, ({ connection }) => connection);
  #available = new Select(this, deskContext, ({ status }) => status.available);

  constructor() {
    super();
    this.addEventListener('vc-take-request', () => this.#shut());
  }

  protected override render() {
    const waiting = this.#waiting.value ?? [];
    const idle = this.#connection.value !== 'online';
    const count = waiting.length;
    const nothingToTake = idle || count === 0;
    return html`
      <section aria-label=${t('waiting')} ?data-open=${this.open} ?data-empty=${count === 0} @keydown=${this.#onKeydown}>
        <div class="head">
          <div class="box" ?data-idle=${nothingToTake}>
            <span class="count">${count}</span>
            <span class="words">
              <span>${count === 0 ? t('nobodyWaits') : t('waiting')}</span>
              <button class="bare take" type="button" aria-disabled=${nothingToTake} @click=${this.#takeNext}>${t('takeNext')}</button>
            </span>
            <span class="go">${icon(icons.arrowRight)}</span>
          </div>
          <button class="chevron button outline" type="button" aria-expanded=${this.open} aria-controls="drawer"
            aria-label=${this.open ? t('hideWaiting') : t('showWaiting')} @click=${this.#toggle}>
            ${icon(this.open ? icons.chevronUp : icons.chevronDown)}
          </button>
        </div>
        <p class="visually-hidden" role="status">${countText(count)}</p>
        <div class="drawer" id="drawer">
          ${count === 0 ? this.#renderEmpty() : nothing}
          <ul>
            ${repeat(
              waiting,
              ({ contact }) => contact,
              (entry) => html`
                <li><vc-waiting-entry .entry=${entry} .skew=${this.#skew.value ?? 0} ?idle=${idle}></vc-waiting-entry></li>
              `,
            )}
          </ul>
        </div>
      </section>
    `;
  }

  #renderEmpty() {
    return html`
      <p class="empty">${this.#available.value ? t('nobodyWaitsMore') : t('nobodyWaitsAway')}</p>
    `;
  }

  #takeNext(): void {
    const [next, more] = this.#waiting.value ?? [];
    if (!next || this.#connection.value !== 'online') return;
    // Named, the last one is somebody's: who comes too late is told whose. Of several, each agent gets another.
    request(this, 'vc-take-request', { contact: more ? null : next.contact });
  }

  #toggle(): void {
    this.open = !this.open;
  }

  #shut(): void {
    this.open = false;
  }

  #onKeydown(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || !this.open) return;
    event.stopPropagation();
    this.#shut();
  }
}

/** For who does not see the box, which says it when nobody waits. */
function countText(count: number): string {
  if (count === 0) return '';
  return count === 1 ? t('oneWaiting') : t('manyWaiting', { count });
}

definePart('vc-waiting', VcWaiting);

declare global {
  interface HTMLElementTagNameMap {
    'vc-waiting': VcWaiting;
  }
}
