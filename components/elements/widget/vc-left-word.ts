import { css, html, nothing, type TemplateResult } from 'lit';
import { query } from 'lit/decorators.js';
import type { Form } from '../../../core/protocol/schemas.ts';
import type { ContactView } from '../../../core/protocol/server-frames.ts';
import { contactContext } from '../../store/contact-store.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { request } from '../events.ts';
import { controls } from '../parts/controls.ts';
import { Select } from '../select.ts';
import { t } from '../strings/forms.ts';
import { dayText, startOfDay, timeText } from '../time-text.ts';
import { forgetTyped } from './typed.ts';

/**
 * Tells the visitor that the number or the message they left is there, and what happens next.
 *
 * @fires vc-anew-request
 * @fires vc-end-request
 */
export class VcLeftWord extends VcElement {
  static override styles = [
    controls,
    css`
      h2 {
        margin: 0;
        font-size: 14px;
        font-weight: 600;
        outline: none;
      }
      p {
        margin: 2px 0 0;
        color: var(--_muted);
        font-size: 13px;
        overflow-wrap: anywhere;
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        margin-block-start: 12px;
      }
      .button {
        flex: 1 0 auto;
      }
    `,
  ];

  @query('h2') private heading!: HTMLElement | null;
  #view = new Select(this, contactContext, (state) => state.view);
  #draft = new Select(this, contactContext, (state) => state.draft);

  protected override render(): TemplateResult | typeof nothing {
    const view = this.#view.value;
    if (!view?.form) return nothing;
    const contact = view.id;
    const { form } = view;
    return html`
      <h2 tabindex="-1">${t(form.kind === 'callback' ? 'callbackLeft' : 'leadLeft')}</h2>
      <p>${textOf(form)}</p>
      <div class="actions">
        <button class="button primary" @click=${() => request(this, 'vc-anew-request', { contact })}>
          ${t('startAnew')}
        </button>
        ${form.kind === 'callback' ? this.#cancel(view) : nothing}
      </div>
    `;
  }

  protected override firstUpdated(): void {
    const text = forgetTyped();
    // Nothing was typed here: it was left on a former page.
    if (text === null) return;
    this.heading?.focus();
    // The form began with the draft; it is said now.
    if (text && text === this.#draft.value) request(this, 'vc-draft-request', { contact: null, text: '' });
  }

  #cancel({ id: contact }: ContactView): TemplateResult {
    return html`
      <button class="button outline" @click=${() => request(this, 'vc-end-request', { contact })}>
        ${t('cancelCallback')}
      </button>
    `;
  }
}

function textOf(form: Form): string {
  const { number } = form;
  if (form.kind === 'lead')
    return form.email ? t('answerEmail', { email: form.email }) : t('answerPhone', { number });
  const { wishedAt } = form;
  if (wishedAt === null) return t('callSoon', { number });
  const time = timeText(wishedAt);
  const today = startOfDay(wishedAt) === startOfDay(Date.now());
  return today
    ? t('callToday', { number, time })
    : t('callAt', { number, day: dayText(wishedAt, Date.now()), time });
}

definePart('vc-left-word', VcLeftWord);

declare global {
  interface HTMLElementTagNameMap {
    'vc-left-word': VcLeftWord;
  }
}
