import { css, html, nothing } from 'lit';
import { contactContext } from '../../store/contact-store.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { request } from '../events.ts';
import { icon } from '../icon.ts';
import { controls } from '../parts/controls.ts';
import { Select } from '../select.ts';
import { t } from '../strings/tools.ts';
import * as deskIcons from './desk-icons.ts';
import { Popup } from './popup.ts';
import { popupStyles } from './popup-styles.ts';

/**
 * Saves the conversation in context as a file.
 *
 * @fires vc-transcript-request
 */
export class VcSaveMenu extends VcElement {
  static override styles = [
    controls,
    popupStyles,
    css`
      :host {
        position: relative;
      }
      .open {
        color: var(--_muted);
      }
      .popup {
        inset-block-start: calc(100% + 2px);
        inset-inline-end: 0;
        display: grid;
        min-inline-size: 144px;
        padding: 4px;
      }
      .popup .button {
        justify-content: start;
        font-weight: 400;
      }
    `,
  ];

  #contact = new Select(this, contactContext, ({ id }) => id);
  #popup = new Popup(this, '.open');

  protected override render() {
    const { open } = this.#popup;
    return html`
      <button class="button icon-button small open" type="button" aria-expanded=${open} aria-controls="formats"
        aria-label=${t('download')} title=${t('download')} @click=${this.#toggle}>${icon(deskIcons.download)}</button>
      <div class="popup" id="formats" role="group" aria-label=${t('download')} ?hidden=${!open}>
        ${
          open
            ? html`
              <button class="button small" type="button" @click=${() => this.#save('text')}>${t('asText')}</button>
              <button class="button small" type="button" @click=${() => this.#save('json')}>${t('asJson')}</button>`
            : nothing
        }
      </div>
    `;
  }

  #toggle(): void {
    this.#popup.toggle();
  }

  #save(format: 'text' | 'json'): void {
    request(this, 'vc-transcript-request', { contact: this.#contact.value ?? null, format });
    this.#popup.leave();
  }
}

definePart('vc-save-menu', VcSaveMenu);

declare global {
  interface HTMLElementTagNameMap {
    'vc-save-menu': VcSaveMenu;
  }
}
