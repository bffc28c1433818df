import { css, html } from 'lit';
import type { Colour } from '../../../core/protocol/schemas.ts';
import { contactContext } from '../../store/contact-store.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { request } from '../events.ts';
import { icon } from '../icon.ts';
import { controls } from '../parts/controls.ts';
import { Select } from '../select.ts';
import { t } from '../strings/tools.ts';
import { colourStyles } from './colour-styles.ts';
import { Popup } from './popup.ts';
import { popupStyles } from './popup-styles.ts';
import * as toolIcons from './tool-icons.ts';

const CHOICES: readonly (Colour | null)[] = [
  null,
  'red',
  'orange',
  'yellow',
  'green',
  'blue',
  'purple',
  'grey',
];

/**
 * The colour the contact in context is marked with, and a click to change it.
 *
 * @fires vc-colour-request
 */
export class VcColourTag extends VcElement {
  static override styles = [
    controls,
    popupStyles,
    colourStyles,
    css`
      :host {
        position: relative;
      }
      .open {
        color: var(--_tag, var(--_muted));
      }
      .open[data-colour] svg {
        fill: color-mix(in srgb, var(--_tag) 30%, transparent);
      }
      .popup {
        inset-block-start: calc(100% + 4px);
        inset-inline-end: 0;
        min-inline-size: 160px;
        padding: 4px;
      }
      label {
        display: flex;
        gap: 10px;
        align-items: center;
        min-block-size: 34px;
        padding-inline: 8px 14px;
        border-radius: var(--_radius-control);
        cursor: pointer;
      }
      label:hover {
        background: var(--_hover);
      }
      label:has(:checked) {
        background: var(--_accent-soft);
        font-weight: 550;
      }
      label:has(:focus-visible) {
        outline: 2px solid var(--_focus);
        outline-offset: -2px;
      }
      input {
        position: absolute;
        opacity: 0;
        pointer-events: none;
      }
      .swatch {
        inline-size: 16px;
        block-size: 16px;
        border: 2px solid var(--_tag, var(--_line-strong));
        border-radius: 50%;
        background: var(--_tag, transparent);
      }
      @media (forced-colors: active) {
        .swatch {
          forced-color-adjust: none;
        }
      }
    `,
  ];

  #contact = new Select(this, contactContext, ({ id }) => id);
  #colour = new Select(this, contactContext, ({ view }) => view?.desk?.colour ?? null);
  #popup = new Popup(this, '.open');
  /** A pointer chooses and is done; arrow keys go on choosing. */
  #pointing = false;

  protected override render() {
    const { open } = this.#popup;
    const colour = this.#colour.value ?? null;
    const says = t('colourIs', { colour: t(colour ?? 'none') });
    return html`
      <button class="button icon-button open" type="button" aria-expanded=${open} data-colour=${colour ?? ''} aria-label=${says}
        title=${says} @click=${this.#toggle}>${icon(toolIcons.tag)}</button>
      ${
        open
          ? html`
            <div class="popup" role="radiogroup" aria-label=${t('colour')} 
              @pointerdown=${this.#onPointerdown} @keydown=${this.#onKeydown}>
              ${CHOICES.map((choice) => this.#renderChoice(choice, choice === colour))}
            </div>`
          : ''
      }
    `;
  }

  #renderChoice(choice: Colour | null, chosen: boolean) {
    return html`
      <label><input type="radio" name="colour" .checked=${chosen} @change=${() => this.#mark(choice)} />
        <span class="swatch" data-colour=${choice ?? ''}></span>${t(choice ?? 'none')}</label>
    `;
  }

  async #toggle(): Promise<void> {
    this.#popup.toggle();
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('input:checked')?.focus();
  }

  #mark(colour: Colour | null): void {
    request(this, 'vc-colour-request', { contact: this.#contact.value ?? null, colour });
    if (this.#pointing) this.#popup.leave();
  }

  #onPointerdown(): void {
    this.#pointing = true;
  }

  #onKeydown(event: KeyboardEvent): void {
    this.#pointing = false;
    if (event.key !== 'Enter') return;
    event.preventDefault();
    this.#popup.leave();
  }
}

definePart('vc-colour-tag', VcColourTag);

declare global {
  interface HTMLElementTagNameMap {
    'vc-colour-tag': VcColourTag;
  }
}
