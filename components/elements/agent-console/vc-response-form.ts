import { css, html } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { MAX_MESSAGE_TEXT, MAX_SHORTCUT } from '../../../core/protocol/limits.ts';
import type { CannedResponse } from '../../../core/protocol/schemas.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { request } from '../events.ts';
import { controls } from '../parts/controls.ts';
import { t } from '../strings/tools.ts';
import { fieldStyles } from './field-styles.ts';

const SHORTCUT = /^[\p{L}\p{N}_-]+$/u;

/**
 * Writes a canned response of the agent's own.
 *
 * @fires vc-response-request
 * @fires done - It was sent, or the agent gave it up; does not bubble.
 */
export class VcResponseForm extends VcElement {
  static override styles = [
    controls,
    fieldStyles,
    css`
      form {
        display: grid;
        gap: 10px;
      }
      h3 {
        margin: 0;
        font-size: 14px;
        font-weight: 600;
      }
      .answers {
        display: flex;
        gap: 8px;
      }
    `,
  ];

  /** The one to change; null for a new one. */
  @property({ attribute: false }) response: CannedResponse | null = null;
  /** The agent's own, which must not have the same shortcut. */
  @property({ attribute: false }) others: readonly CannedResponse[] = [];
  @state() private wrong: { readonly shortcut: string; readonly text: string } = { shortcut: '', text: '' };
  @query('input') private shortcut!: HTMLInputElement;
  @query('textarea') private text!: HTMLTextAreaElement;

  protected override render() {
    const { response, wrong } = this;
    return html`
      <form novalidate @submit=${this.#onSubmit}>
        <h3>${t(response ? 'changeOwnResponse' : 'addResponse')}</h3>
        <div>
          <label class="field">${t('shortcut')}
            <input type="text" autocomplete="off" autocapitalize="off" spellcheck="false" .value=${response?.shortcut ?? ''}
              aria-describedby="shortcut-wrong shortcut-hint" aria-invalid=${wrong.shortcut !== ''} />
          </label>
          <p class="wrong" id="shortcut-wrong" role="alert" ?hidden=${!wrong.shortcut}>${wrong.shortcut}</p>
          <p class="hint" id="shortcut-hint">${t('shortcutHint')}</p>
        </div>
        <div>
          <label class="field">${t('responseText')}
            <textarea rows="3" .value=${response?.text ?? ''} aria-describedby="text-wrong text-hint"
              aria-invalid=${wrong.text !== ''}></textarea>
          </label>
          <p class="wrong" id="text-wrong" role="alert" ?hidden=${!wrong.text}>${wrong.text}</p>
          <p class="hint" id="text-hint">${t('responseVariables', { variables: '{visitor}, {agent}, {page}' })}</p>
        </div>
        <div class="answers">
          <button class="button primary small">${t('saveResponse')}</button>
          <button class="button outline small" type="button" @click=${this.#done}>${t('cancel')}</button>
        </div>
      </form>
    `;
  }

  protected override firstUpdated(): void {
    this.shortcut.focus();
  }

  #onSubmit(event: Event): void {
    event.preventDefault();
    const shortcut = this.shortcut.value.trim().replace(/^\//, '');
    const text = this.text.value.trim();
    this.wrong = { shortcut: this.#wrongShortcut(shortcut), text: wrongText(text) };
    const wrong = this.wrong.shortcut ? this.shortcut : this.wrong.text ? this.text : null;
    if (wrong) {
      wrong.focus();
      return;
    }
    request(this, 'vc-response-request', { response: { id: this.response?.id ?? newId(), shortcut, text } });
    this.#done();
  }

  #wrongShortcut(shortcut: string): string {
    if (!shortcut) return t('shortcutMissing');
    if (shortcut.length > MAX_SHORTCUT || !SHORTCUT.test(shortcut))
      return t('shortcutWrong', { limit: MAX_SHORTCUT });
    const taken = this.others.some((other) => other.shortcut === shortcut && other.id !== this.response?.id);
    return taken ? t('shortcutTaken', { shortcut }) : '';
  }

  #done(): void {
    this.dispatchEvent(new Event('done'));
  }
}

function wrongText(text: string): string {
  if (!text) return t('responseMissing');
  return text.length > MAX_MESSAGE_TEXT
    ? t('responseTooLong', { length: text.length, limit: MAX_MESSAGE_TEXT })
    : '';
}

/** Of one agent's responses: sixteen random letters are told apart. Works in pages without HTTPS, too. */
const newId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => (byte % 36).toString(36)).join('');

definePart('vc-response-form', VcResponseForm);

declare global {
  interface HTMLElementTagNameMap {
    'vc-response-form': VcResponseForm;
  }
}
