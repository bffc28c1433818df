import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import type { Form } from '../../../core/protocol/schemas.ts';
import { contactContext } from '../../store/contact-store.ts';
import { type FormState, visitorContext } from '../../store/visitor-store.ts';
import { VcElement } from '../base-element.ts';
import { request } from '../events.ts';
import { icon } from '../icon.ts';
import { controls } from '../parts/controls.ts';
import { reasonOf } from '../parts/reason.ts';
import { Select } from '../select.ts';
import { t } from '../strings/forms.ts';
import { formStyles } from './form-styles.ts';
import { type Field, keepTyped, typedIn } from './typed.ts';

const ARROW_LEFT = 'M16 10H4M9.25 4.75 4 10l5.25 5.25';

interface Problem {
  /** Null: of the whole form. */
  readonly field: Field | null;
  readonly message: string;
}

interface InputOptions {
  readonly type: 'text' | 'tel' | 'email';
  readonly autocomplete: 'name' | 'tel' | 'email';
  readonly maxLength: number;
}

/**
 * A form in which a visitor leaves word. What is missing or refused is said at its field, which gets the focus; what was
 * typed is kept while the page lives, and begins with the draft of the message.
 *
 * @fires vc-form-request
 * @fires vc-form-show-request
 * @fires vc-form-dismiss-request
 */
export abstract class WordForm extends VcElement {
  static override styles = [controls, formStyles];

  /** Found here, before anything was sent. */
  @state() private missing: Problem | null = null;
  @query('h2') private heading!: HTMLElement;
  #id = new Select(this, contactContext, (state) => state.id);
  #draft = new Select(this, contactContext, (state) => state.draft);
  #state = new Select(this, visitorContext, (state) => state.form);
  #told: Problem | FormState | null = null;

  /** Title, what it says under it, and the name of the button. */
  protected abstract get words(): readonly [string, string, string];
  protected abstract fields(): TemplateResult;
  /** What is still needed. */
  protected abstract lacks(): Problem | null;
  protected abstract filledIn(): Form;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (this.#state.value?.status === 'refused') this.#dismiss();
  }

  protected override render(): TemplateResult {
    const [title, text, send] = this.words;
    const sending = this.#state.value?.status === 'sending';
    const problem = this.#problem();
    return html`
      <form novalidate @submit=${this.#onSubmit}>
        <div class="head">
          <button class="button icon-button" type="button" aria-label=${t('back')} title=${t('back')} @click=${this.#back}>
            ${icon(ARROW_LEFT)}
          </button>
          <h2 tabindex="-1">${title}</h2>
        </div>
        <p class="intro">${text}</p>
        ${this.fields()}
        <p class="problem" role="alert">${problem && problem.field === null ? reasonOf(problem.message) : nothing}</p>
        <button class="button primary" aria-disabled=${sending}>${sending ? t('sending') : send}</button>
      </form>
    `;
  }

  protected override willUpdate(): void {
    if (!this.hasUpdated && !typedIn('text') && this.#draft.value) keepTyped('text', this.#draft.value);
  }

  protected override firstUpdated(): void {
    this.heading.focus();
  }

  protected override updated(_changed: PropertyValues): void {
    const problem = this.#problem();
    if (problem === this.#told) return;
    this.#told = problem;
    if (problem?.field) this.renderRoot.querySelector<HTMLElement>(`#${problem.field}`)?.focus();
  }

  protected value(field: Field): string {
    return typedIn(field).trim();
  }

  protected keep(field: Field, value: string): void {
    keepTyped(field, value);
    this.missing = null;
    if (this.#state.value?.status === 'refused') this.#dismiss();
    this.requestUpdate();
  }

  protected input(
    field: Field,
    label: string,
    { type, autocomplete, maxLength }: InputOptions,
  ): TemplateResult {
    return this.labelled(
      field,
      label,
      html`<input
        id=${field}
        name=${field}
        type=${type}
        autocomplete=${autocomplete}
        maxlength=${maxLength}
        .value=${typedIn(field)}
        aria-invalid=${this.invalid(field)}
        aria-describedby="${field}-problem"
        @input=${this.#onInput}
      />`,
    );
  }

  protected textarea(label: string, maxLength: number): TemplateResult {
    return this.labelled(
      'text',
      label,
      html`<textarea
        id="text"
        name="text"
        rows="3"
        maxlength=${maxLength}
        .value=${typedIn('text')}
        aria-invalid=${this.invalid('text')}
        aria-describedby="text-problem"
        @input=${this.#onInput}
      ></textarea>`,
    );
  }

  protected labelled(field: Field, label: string, control: TemplateResult): TemplateResult {
    return html`<div><label for=${field}>${label}</label>${control}${this.problem(field)}</div>`;
  }

  protected problem(field: Field): TemplateResult {
    const problem = this.#problem();
    return html`<p class="problem" id="${field}-problem">${problem?.field === field ? reasonOf(problem.message) : nothing}</p>`;
  }

  protected invalid(field: Field): 'true' | 'false' {
    return this.#problem()?.field === field ? 'true' : 'false';
  }

  #problem(): Problem | null {
    if (this.missing) return this.missing;
    const state = this.#state.value;
    return state?.status === 'refused' ? (state as Problem) : null;
  }

  #onInput({ currentTarget }: Event): void {
    const { name, value } = currentTarget as HTMLInputElement;
    this.keep(name as Field, value);
  }

  #back(): void {
    request(this, 'vc-form-show-request', { form: null });
  }

  #dismiss(): void {
    request(this, 'vc-form-dismiss-request', {});
  }

  #onSubmit(event: Event): void {
    event.preventDefault();
    if (this.#state.value?.status === 'sending') return;
    this.missing = this.lacks();
    if (!this.missing)
      request(this, 'vc-form-request', { contact: this.#id.value ?? null, form: this.filledIn() });
  }
}
