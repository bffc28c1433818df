import { html, nothing, type TemplateResult } from 'lit';
import { MAX_NAME, MAX_NOTE } from '../../../core/protocol/limits.ts';
import type { Form } from '../../../core/protocol/schemas.ts';
import { visitorContext } from '../../store/visitor-store.ts';
import { definePart } from '../define-part.ts';
import { Select } from '../select.ts';
import { t } from '../strings/forms.ts';
import { dayText, startOfDay, timeText } from '../time-text.ts';
import { typedIn } from './typed.ts';
import { type WishDay, wishDays } from './wish-times.ts';
import { WordForm } from './word-form.ts';

/** Where the visitor can be called, and when: as soon as possible, or within business hours, in the visitor's time zone. */
export class VcCallbackForm extends WordForm {
  #hours = new Select(this, visitorContext, (state) => state.service?.hours);
  #skew = new Select(this, visitorContext, (state) => state.skew);

  protected override get words() {
    return [t('callbackTitle'), t('callbackText'), t('sendCallback')] as const;
  }

  protected override fields(): TemplateResult {
    const days = wishDays(this.#hours.value?.spans ?? null, this.#now());
    return html`
      ${this.input('number', t('number'), { type: 'tel', autocomplete: 'tel', maxLength: 40 })}
      ${this.input('name', t('optional', { label: t('name') }), { type: 'text', autocomplete: 'name', maxLength: MAX_NAME })}
      ${days.length ? this.#when(days) : nothing}
      ${this.textarea(t('optional', { label: t('about') }), MAX_NOTE)}
    `;
  }

  protected override lacks() {
    return this.value('number') ? null : ({ field: 'number', message: t('numberMissing') } as const);
  }

  protected override filledIn(): Form {
    return {
      kind: 'callback',
      number: this.value('number'),
      name: this.value('name'),
      wishedAt: Number(typedIn('wishedAt')) || null,
      zone: zone(),
      text: this.value('text').slice(0, MAX_NOTE),
    };
  }

  #when(days: readonly WishDay[]): TemplateResult {
    const wished = Number(typedIn('wishedAt'));
    return html`
      <fieldset aria-describedby="wishedAt-problem">
        <legend>${t('when')}</legend>
        <label class="choice">
          <input type="radio" name="when" .checked=${!wished} @change=${() => this.#wish(0)} />${t('soon')}
        </label>
        <label class="choice">
          <input
            type="radio"
            name="when"
            .checked=${wished > 0}
            @change=${() => this.#wish(days[0]?.times[0] ?? 0)}
          />${t('chosen')}
        </label>
        ${wished ? this.#times(days, wished) : nothing} ${this.problem('wishedAt')}
      </fieldset>
    `;
  }

  #times(days: readonly WishDay[], wished: number): TemplateResult {
    // A time that was chosen a while ago may have passed.
    const chosen = days.find(({ day }) => day === startOfDay(wished)) ?? days[0];
    const invalid = this.invalid('wishedAt');
    return html`
      <div class="times">
        <select id="wishedAt" aria-label=${t('day')} aria-invalid=${invalid} @change=${(event: Event) => this.#chooseDay(event, days)}>
          ${days.map(
            ({ day }) => html`
              <option value=${day} ?selected=${day === chosen?.day}>${dayText(day, this.#now())}</option>
            `,
          )}
        </select>
        <select aria-label=${t('time')} aria-invalid=${invalid} @change=${this.#chooseTime}>
          ${chosen?.times.map(
            (time) => html`<option value=${time} ?selected=${time === wished}>${timeText(time)}</option>`,
          )}
        </select>
      </div>
      <p class="aside">${t('inZone', { zone: zone().replaceAll('_', ' ') })}</p>
    `;
  }

  #chooseDay({ currentTarget }: Event, days: readonly WishDay[]): void {
    const day = days.find(({ day }) => String(day) === (currentTarget as HTMLSelectElement).value);
    // The same time of the other day, where there is one.
    const time = timeText(Number(typedIn('wishedAt')));
    this.#wish(day?.times.find((at) => timeText(at) === time) ?? day?.times[0] ?? 0);
  }

  #chooseTime({ currentTarget }: Event): void {
    this.#wish(Number((currentTarget as HTMLSelectElement).value));
  }

  #wish(at: number): void {
    this.keep('wishedAt', at ? String(at) : '');
  }

  /** By the server's clock. */
  #now(): number {
    return Date.now() + (this.#skew.value ?? 0);
  }
}

/** IANA name of the visitor's time zone. */
const zone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

definePart('vc-callback-form', VcCallbackForm);

declare global {
  interface HTMLElementTagNameMap {
    'vc-callback-form': VcCallbackForm;
  }
}
