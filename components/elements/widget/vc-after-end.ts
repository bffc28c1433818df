import { html, nothing, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { MAX_NOTE } from '../../../core/protocol/limits.ts';
import type { ContactView } from '../../../core/protocol/server-frames.ts';
import { contactContext } from '../../store/contact-store.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { request } from '../events.ts';
import { icon } from '../icon.ts';
import { controls } from '../parts/controls.ts';
import { Select } from '../select.ts';
import { t } from '../strings/after-end.ts';
import { dayText, startOfDay, timeText } from '../time-text.ts';
import { afterEndStyles } from './after-end-styles.ts';

const STAR = 'm10 2.9 2.15 4.5 4.95.65-3.6 3.45.87 4.9L10 14l-4.37 2.4.87-4.9-3.6-3.45 4.95-.65z';
const DOWNLOAD = 'M10 3v10M5.75 9 10 13.25 14.25 9M3.5 16.75h13';

const SCORES = [1, 2, 3, 4, 5] as const;
type Score = (typeof SCORES)[number];
const MEANING = { 1: 'poor', 2: 'fair', 3: 'good', 4: 'veryGood', 5: 'excellent' } as const;

/**
 * What follows the end of a conversation: who ended it and when, how it was, and the conversation to take along.
 *
 * @fires vc-rate-request
 * @fires vc-transcript-request
 */
export class VcAfterEnd extends VcElement {
  static override styles = [controls, afterEndStyles];

  @state() private score: Score | null = null;
  @query('textarea') private comment!: HTMLTextAreaElement;
  @query('.thanks') private thanks!: HTMLElement | null;
  #view = new Select(this, contactContext, (state) => state.view);
  #sent = false;

  protected override render(): TemplateResult | typeof nothing {
    const view = this.#view.value;
    if (view?.phase !== 'ended') return nothing;
    return html`
      <p class="ended">${endText(view)}</p>
      ${view.rating ? thanks(view.rating.score) : nothing}
      ${!view.rating && view.takenAt !== null ? this.#rating() : nothing}
      <div class="download">
        <button class="button outline" @click=${() => this.#save('text')}>${icon(DOWNLOAD)}${t('download')}</button>
        <button class="button outline" aria-label=${t('downloadJson')} title=${t('downloadJson')} @click=${() => this.#save('json')}>
          JSON
        </button>
      </div>
    `;
  }

  protected override updated(): void {
    // The form with the focus in it made room for the thanks.
    if (this.#sent && this.thanks) this.thanks.focus();
    if (this.thanks) this.#sent = false;
  }

  #rating(): TemplateResult {
    return html`
      <form @submit=${this.#onSubmit}>
        <fieldset role="radiogroup">
          <legend>${t('rate')}</legend>
          <div class="stars">
            ${SCORES.map(
              (score) => html`
                <label class="star" title=${t(MEANING[score])}>
                  <input
                    type="radio"
                    name="score"
                    aria-label="${t('stars', { score })}, ${t(MEANING[score])}"
                    .checked=${score === this.score}
                    @change=${() => (this.score = score)}
                  />${icon(STAR)}
                </label>
              `,
            )}
          </div>
        </fieldset>
        ${
          this.score
            ? html`
              <textarea rows="2" maxlength=${MAX_NOTE} aria-label=${t('comment')} placeholder=${t('comment')}></textarea>
              <button class="button outline">${t('sendRating')}</button>
            `
            : nothing
        }
      </form>
    `;
  }

  #onSubmit(event: Event): void {
    event.preventDefault();
    const contact = this.#view.value?.id ?? null;
    if (!this.score) return;
    this.#sent = true;
    request(this, 'vc-rate-request', { contact, score: this.score, comment: this.comment.value.trim() });
  }

  #save(format: 'text' | 'json'): void {
    request(this, 'vc-transcript-request', { contact: this.#view.value?.id ?? null, format });
  }
}

function endText({ endedBy, endedAt, agent }: ContactView): string {
  const at = endedAt ?? Date.now();
  const today = startOfDay(at) === startOfDay(Date.now());
  const time = today ? timeText(at) : `${timeText(at)}, ${dayText(at, Date.now())}`;
  if (endedBy === 'visitor') return t('endedByYou', { time });
  return endedBy === 'agent' && agent ? t('endedBy', { name: agent.name, time }) : t('endedAlone', { time });
}

const thanks = (given: number): TemplateResult => html`
  <div class="thanks" tabindex="-1" role="status">
    ${t('thanks')}
    <span class="given" role="img" aria-label=${t('stars', { score: given })}>
      ${SCORES.map((score) => html`<span ?data-on=${score <= given}>${icon(STAR)}</span>`)}
    </span>
  </div>
`;

definePart('vc-after-end', VcAfterEnd);

declare global {
  interface HTMLElementTagNameMap {
    'vc-after-end': VcAfterEnd;
  }
}
