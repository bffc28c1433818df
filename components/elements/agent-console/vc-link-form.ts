import { css, html, nothing } from 'lit';
import { query, state } from 'lit/decorators.js';
import { contactContext } from '../../store/contact-store.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { request } from '../events.ts';
import { controls } from '../parts/controls.ts';
import { Select } from '../select.ts';
import { t } from '../strings/tools.ts';
import { fieldStyles } from './field-styles.ts';
import { pageAddress } from './page-address.ts';

/**
 * Asks for the address of a page to show the visitor, and says whether their page goes there by itself.
 *
 * @fires vc-link-request
 * @fires done - It was sent; does not bubble.
 */
export class VcLinkForm extends VcElement {
  static override styles = [
    controls,
    fieldStyles,
    css`
      .line {
        display: flex;
        gap: 8px;
        align-items: end;
      }
      .field {
        flex: 1;
        min-inline-size: 0;
      }
    `,
  ];

  @state() private problem = '';
  @query('input') private field!: HTMLInputElement;
  #contact = new Select(this, contactContext, ({ id }) => id);
  #name = new Select(this, contactContext, ({ view }) => view?.visitor.name);
  #follows = new Select(this, contactContext, ({ view }) => view?.follows);

  override focus(options?: FocusOptions): void {
    this.field?.focus(options);
  }

  protected override render() {
    const name = this.#name.value ?? '';
    return html`
      <form novalidate @submit=${this.#onSubmit}>
        <div class="line">
          <label class="field">${t('pageAddress')}
            <input type="url" inputmode="url" autocomplete="off" spellcheck="false" placeholder="https://"
              aria-describedby="hint wrong" aria-invalid=${this.problem !== ''} @input=${this.#clear} />
          </label>
          <button class="button primary">${t('show')}</button>
        </div>
        <p class="wrong" id="wrong" role="alert" ?hidden=${!this.problem}>${this.problem || nothing}</p>
        <p class="hint" id="hint">${t(this.#follows.value ? 'pageFollows' : 'pageAsks', { name })}</p>
      </form>
    `;
  }

  protected override firstUpdated(): void {
    this.field.focus();
  }

  #clear(): void {
    this.problem = '';
  }

  #onSubmit(event: Event): void {
    event.preventDefault();
    const address = pageAddress(this.field.value);
    if ('problem' in address) {
      this.problem = address.problem;
      this.field.focus();
      return;
    }
    request(this, 'vc-link-request', { contact: this.#contact.value ?? null, url: address.url });
    this.dispatchEvent(new Event('done'));
  }
}

definePart('vc-link-form', VcLinkForm);

declare global {
  interface HTMLElementTagNameMap {
    'vc-link-form': VcLinkForm;
  }
}
