import { ContextConsumer } from '@lit/context';
import { css, html, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { CannedResponse } from '../../../core/protocol/schemas.ts';
import { contactContext } from '../../store/contact-store.ts';
import { deskContext } from '../../store/desk-store.ts';
import { definePart } from '../define-part.ts';
import { request } from '../events.ts';
import { VcComposer } from '../parts/vc-composer.ts';
import { Select } from '../select.ts';
import { t } from '../strings/tools.ts';
import { fillResponse, findResponses, type SlashWord, sharedOf, slashWord } from './canned-responses.ts';
import { noteContext } from './note-draft.ts';

/**
 * The composer of agents: writes notes as well as messages, and offers canned responses for a slash and the beginning of a
 * shortcut. The focus stays in the text field; the list is its active descendant.
 *
 * @fires vc-note-request
 */
export class VcDeskComposer extends VcComposer {
  static override styles = [
    ...VcComposer.styles,
    css`
      :host {
        position: relative;
      }
      :host([noting]) form {
        border-color: var(--_warning-text);
        background: var(--_warning-soft);
      }
      :host([noting]) .primary {
        background: var(--_warning-text);
        color: var(--_warning-soft);
      }
      :host([noting]) .primary:disabled {
        background: none;
        color: var(--_muted);
      }
      .choices {
        position: absolute;
        z-index: 4;
        inset-block-end: calc(100% + 4px);
        inset-inline: 0;
        max-block-size: 232px;
        margin: 0;
        padding: 4px;
        overflow-y: auto;
        border: 1px solid var(--_line);
        border-radius: calc(var(--_radius) * 0.75);
        background: var(--_surface);
        box-shadow: var(--_shadow-small);
        list-style: none;
        scrollbar-width: thin;
      }
      li {
        display: flex;
        gap: 12px;
        align-items: baseline;
        padding: 7px 10px;
        border-radius: var(--_radius-control);
        cursor: pointer;
      }
      li:hover {
        background: var(--_hover);
      }
      li[aria-selected='true'] {
        background: var(--_accent-soft);
        outline: 1px solid transparent;
      }
      li b {
        flex: none;
        font-weight: 600;
      }
      li span {
        overflow: hidden;
        color: var(--_muted);
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      li[aria-selected='true'] span {
        color: var(--_text);
      }
    `,
  ];

  @state() private word: SlashWord | null = null;
  @state() private active = 0;
  #contact = new Select(this, contactContext, ({ id }) => id);
  #visitor = new Select(this, contactContext, ({ view }) => view?.visitor);
  #me = new Select(this, deskContext, ({ me }) => me?.name);
  #responses = new Select(this, deskContext, ({ responses }) => responses);
  #service = new Select(this, contactContext, ({ view }) => view?.service.id);
  #noting = new Select(this, noteContext, ({ on }) => on);
  #noteText = new Select(this, noteContext, ({ text }) => text);
  #note = new ContextConsumer(this, { context: noteContext });
  #choices: readonly CannedResponse[] = [];
  /** Place of a slash whose list was put away. */
  #dismissed: number | null = null;

  /** Puts a canned response where the cursor is, or in place of what is selected. */
  insert(text: string): void {
    const { selectionStart, selectionEnd } = this.field;
    this.#replace(selectionStart, selectionEnd, text);
    this.field.focus();
  }

  protected override willUpdate(): void {
    super.willUpdate();
    this.toggleAttribute('noting', this.#noting.value ?? false);
    const { shared = [], own = [] } = this.#responses.value ?? {};
    const offered = [...own, ...sharedOf(shared, this.#service.value)];
    this.#choices = this.word ? findResponses(offered, this.word.query) : [];
    this.active = Math.max(0, Math.min(this.active, this.#choices.length - 1));
  }

  protected override render(): TemplateResult {
    const count = this.#choices.length;
    return html`
      ${super.render()}
      <ul class="choices" id="choices" role="listbox" aria-label=${t('responses')} ?hidden=${count === 0}
        @mousedown=${stayInField} @pointerup=${this.#onPointerup}>
        ${this.#choices.map((choice, at) => this.#renderChoice(choice, at))}
      </ul>
      <div class="visually-hidden" role="status">${
        count > 1 ? t('responsesFound', { count }) : count === 1 ? t('responseFound') : ''
      }</div>
    `;
  }

  protected override firstUpdated(): void {
    // A multi-line field is no combobox; what belongs to a list of suggestions it may say all the same.
    this.field.setAttribute('aria-autocomplete', 'list');
    this.field.setAttribute('aria-haspopup', 'listbox');
    this.field.setAttribute('aria-controls', 'choices');
    for (const type of ['keyup', 'click', 'focus']) this.field.addEventListener(type, () => this.#look());
    this.field.addEventListener('blur', () => (this.word = null));
  }

  protected override updated(): void {
    super.updated();
    if (this.#choices.length === 0) {
      this.field.removeAttribute('aria-activedescendant');
      return;
    }
    this.field.setAttribute('aria-activedescendant', `choice-${this.active}`);
    this.renderRoot.querySelector(`#choice-${this.active}`)?.scrollIntoView({ block: 'nearest' });
  }

  protected override get words(): readonly [string, string, string] {
    return this.#noting.value ? [t('note'), t('notePlaceholder'), t('sendNote')] : super.words;
  }

  protected override read(): string {
    return this.#noting.value ? (this.#noteText.value ?? '') : super.read();
  }

  protected override write(text: string): void {
    this.#look();
    if (this.#noting.value) this.#note.value?.dispatch({ text });
    else super.write(text);
  }

  protected override send(text: string): void {
    if (!this.#noting.value) super.send(text);
    else if (request(this, 'vc-note-request', { contact: this.#contact.value ?? null, text }))
      this.#note.value?.dispatch({ text: '' });
  }

  protected override onKeydown(event: KeyboardEvent): void {
    if (this.#choices.length > 0 && !event.isComposing && this.#choose(event)) event.preventDefault();
    else super.onKeydown(event);
  }

  #renderChoice(choice: CannedResponse, at: number): TemplateResult {
    return html`
      <li id=${`choice-${at}`} role="option" aria-selected=${at === this.active} data-at=${at}>
        <b>/${choice.shortcut}</b><span>${choice.text}</span>
      </li>
    `;
  }

  /** Whether the key was for the list. */
  #choose(event: KeyboardEvent): boolean {
    const { key, shiftKey, altKey, ctrlKey, metaKey } = event;
    if (shiftKey || altKey || ctrlKey || metaKey) return false;
    const last = this.#choices.length - 1;
    const choice = this.#choices[this.active];
    if (key === 'ArrowDown') this.active = this.active === last ? 0 : this.active + 1;
    else if (key === 'ArrowUp') this.active = this.active === 0 ? last : this.active - 1;
    else if ((key === 'Enter' || key === 'Tab') && choice) this.#use(choice);
    else if (key === 'Escape') this.#dismiss(event);
    else return false;
    return true;
  }

  #onPointerup({ target }: PointerEvent): void {
    const at = target instanceof Element ? target.closest<HTMLElement>('li')?.dataset.at : undefined;
    const choice = at === undefined ? undefined : this.#choices[Number(at)];
    if (choice) this.#use(choice);
  }

  #dismiss(event: Event): void {
    // Answered here: nothing around should close as well.
    event.stopPropagation();
    this.#dismissed = this.word?.start ?? null;
    this.word = null;
  }

  #use(choice: CannedResponse): void {
    if (!this.word) return;
    const { start, query } = this.word;
    this.#replace(start, start + 1 + query.length, choice.text);
    this.word = null;
    this.field.focus();
  }

  #replace(from: number, to: number, template: string): void {
    const visitor = this.#visitor.value;
    const text = fillResponse(template, {
      visitor: visitor?.name ?? '',
      agent: this.#me.value ?? '',
      page: visitor?.page.url ?? '',
    });
    this.field.setRangeText(text, from, to, 'end');
    this.write(this.field.value);
  }

  /** Sees whether the cursor stands in a slash word. */
  #look(): void {
    const { value, selectionStart, selectionEnd } = this.field;
    const word = selectionStart === selectionEnd ? slashWord(value, selectionStart) : null;
    if (word?.start !== this.#dismissed) this.#dismissed = null;
    const shown = word && this.#dismissed === null ? word : null;
    if (shown?.start === this.word?.start && shown?.query === this.word?.query) return;
    this.word = shown;
    this.active = 0;
  }
}

/** A press on the list must not take the focus from the field. */
const stayInField = (event: Event): void => event.preventDefault();

definePart('vc-desk-composer', VcDeskComposer);

declare global {
  interface HTMLElementTagNameMap {
    'vc-desk-composer': VcDeskComposer;
  }
}
