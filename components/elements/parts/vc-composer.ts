import { css, html, nothing, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { MAX_MESSAGE_TEXT } from '../../../core/protocol/limits.ts';
import { contactContext } from '../../store/contact-store.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { request } from '../events.ts';
import { icon } from '../icon.ts';
import * as icons from '../icons.ts';
import { Select } from '../select.ts';
import { t } from '../strings/shared.ts';
import { controls } from './controls.ts';

/**
 * Where a message is written. The text lives in the contact's draft, so it survives this element; Enter sends, Shift+Enter
 * breaks the line. Accepts text while there is no connection. The agent's composer extends it: what is protected here is
 * what that one says or does otherwise.
 *
 * @slot - Tools before the text field, such as `<vc-attach>`; what takes the whole width stands above it.
 * @fires vc-message-request
 * @fires vc-draft-request
 */
export class VcComposer extends VcElement {
  static override shadowRootOptions: ShadowRootInit = { mode: 'open', delegatesFocus: true };

  static override styles = [
    controls,
    css`
      form {
        position: relative;
        display: flex;
        flex-wrap: wrap;
        align-items: flex-end;
        margin: 0;
        border: 1px solid var(--_line-strong);
        border-radius: calc(var(--_radius) * 0.875);
        background: var(--_surface);
        transition: border-color var(--_motion);
      }
      :host {
        /* Some browsers see the focus of the field on its host, too. */
        outline: none !important;
      }
      form:has(textarea:focus) {
        border-color: var(--_focus);
        outline: 1px solid var(--_focus);
      }
      textarea {
        flex: 1 1 0;
        min-inline-size: 0;
        max-block-size: calc(6lh + 22px);
        margin: 0;
        padding: 11px 4px 11px 14px;
        border: 0;
        background: none;
        color: var(--_text);
        font: inherit;
        resize: none;
        field-sizing: content;
        scrollbar-width: thin;
      }
      textarea:focus-visible {
        /* The whole form shows the focus. */
        outline: none;
      }
      textarea::placeholder {
        color: var(--_muted);
        opacity: 1;
      }
      .icon-button {
        margin: 1px;
        border-radius: calc(var(--_radius) * 0.75);
      }
      .icon-button:disabled {
        background: none;
        color: var(--_muted);
      }
      .hint {
        margin: 4px 6px 0;
        color: var(--_danger-text);
        font-size: 12px;
      }
      @media (max-width: 480px) {
        /* Below 16px iOS zooms the page in on focus. */
        textarea {
          font-size: 16px;
        }
      }
    `,
  ];

  @state() protected text = '';
  @query('textarea') protected field!: HTMLTextAreaElement;
  #id = new Select(this, contactContext, (state) => state.id);
  #draft = new Select(this, contactContext, (state) => state.draft);
  #ended = new Select(this, contactContext, (state) => state.view?.phase === 'ended');

  /** Puts the cursor into the text field. */
  override focus(options?: FocusOptions): void {
    this.field?.focus(options);
  }

  protected override render(): TemplateResult {
    const over = this.text.length - MAX_MESSAGE_TEXT;
    const ended = this.#ended.value ?? false;
    const [name, placeholder, send] = this.words;
    return html`
      <form @submit=${this.#onSubmit}>
        <slot></slot>
        <textarea
          rows="1"
          aria-label=${name}
          aria-describedby="hint"
          placeholder=${ended ? t('composerEnded') : placeholder}
          enterkeyhint="send"
          ?disabled=${ended}
          @input=${this.#onInput}
          @keydown=${this.onKeydown}
        ></textarea>
        <button
          class="button primary icon-button"
          aria-label=${send}
          title=${send}
          ?disabled=${ended || over > 0 || !this.text.trim()}
        >
          ${icon(icons.send)}
        </button>
      </form>
      <div id="hint" role="status">
        ${over > 0 ? html`<p class="hint">${t('tooLong', { length: this.text.length, limit: MAX_MESSAGE_TEXT })}</p>` : nothing}
      </div>
    `;
  }

  protected override willUpdate(): void {
    this.text = this.read();
  }

  protected override updated(): void {
    // Only when they differ: setting it moves the cursor and ends a composition.
    if (this.field.value !== this.text) this.field.value = this.text;
    this.#grow();
  }

  #grow(): void {
    if (CSS.supports('field-sizing', 'content')) return;
    this.field.style.blockSize = 'auto';
    this.field.style.blockSize = `${this.field.scrollHeight}px`;
  }

  /** Name of the field, its placeholder, name of the button. */
  protected get words(): readonly [string, string, string] {
    return [t('message'), t('messagePlaceholder'), t('send')];
  }

  protected read(): string {
    return this.#draft.value ?? '';
  }

  protected write(text: string): void {
    request(this, 'vc-draft-request', { contact: this.#id.value ?? null, text });
  }

  protected send(text: string): void {
    request(this, 'vc-message-request', { contact: this.#id.value ?? null, text });
  }

  protected onKeydown(event: KeyboardEvent): void {
    // In Safari the Enter that ends a composition comes after it, with key code 229.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.#send();
  }

  #onInput(): void {
    this.write(this.field.value);
  }

  #onSubmit(event: Event): void {
    event.preventDefault();
    this.#send();
    this.field.focus();
  }

  #send(): void {
    const text = this.field.value.trim();
    if (!text || text.length > MAX_MESSAGE_TEXT || this.#ended.value) return;
    this.send(text);
  }
}

definePart('vc-composer', VcComposer);

declare global {
  interface HTMLElementTagNameMap {
    'vc-composer': VcComposer;
  }
}
