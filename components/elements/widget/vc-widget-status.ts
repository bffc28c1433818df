import { css, html, nothing, type TemplateResult } from 'lit';
import type { ContactView } from '../../../core/protocol/server-frames.ts';
import { contactContext } from '../../store/contact-store.ts';
import { visitorContext } from '../../store/visitor-store.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { request } from '../events.ts';
import { controls } from '../parts/controls.ts';
import { Select } from '../select.ts';
import { t as shared } from '../strings/shared.ts';
import { t } from '../strings/widget.ts';

/**
 * Tells the visitor where the contact stands while no agent has it: in the queue, given up, or over; and offers what else
 * could be done. What it says of word left for later, and after the end, the window loads with the first of each.
 *
 * @fires vc-wait-request
 * @fires vc-anew-request
 * @fires vc-form-show-request
 */
export class VcWidgetStatus extends VcElement {
  static override styles = [
    controls,
    css`
      .card {
        margin: 0 16px 12px;
        padding: 14px 16px;
        border-radius: var(--_radius);
        background: var(--_sunken);
      }
      h2 {
        margin: 0;
        font-size: 14px;
        font-weight: 600;
      }
      p {
        margin: 2px 0 0;
        color: var(--_muted);
        font-size: 13px;
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        margin-block-start: 12px;
      }
      .actions > * {
        flex: 1 0 auto;
      }
      .primary {
        flex-basis: 100%;
      }
      .progress {
        block-size: 3px;
        margin-block-start: 12px;
        overflow: hidden;
        border-radius: 2px;
        background: var(--_accent-soft);
      }
      .progress::before {
        content: '';
        display: block;
        inline-size: 35%;
        block-size: 100%;
        border-radius: inherit;
        background: var(--_accent);
        animation: wait 1.8s ease-in-out infinite alternate;
      }
      @keyframes wait {
        to {
          margin-inline-start: 65%;
        }
      }
      @media (prefers-reduced-motion: reduce) {
        .progress::before {
          inline-size: 100%;
          animation: none;
        }
      }
    `,
  ];

  #view = new Select(this, contactContext, (state) => state.view);
  #queue = new Select(this, contactContext, (state) => state.queue);
  #fallbacks = new Select(this, visitorContext, (state) => state.service?.fallbacks);

  protected override render(): TemplateResult {
    const view = this.#view.value;
    const [title, text, more] = (view && this.#card(view)) || [];
    // The region stays, so that what comes into it is announced.
    return html`<div class=${title ? 'card' : nothing}>
      <div role="status">${title ? html`<h2>${title}</h2>${text ? html`<p>${text}</p>` : nothing}` : nothing}</div>
      ${more}
    </div>`;
  }

  /** Title, text, and what can be done. */
  #card(view: ContactView): readonly [string, string, TemplateResult] | null {
    const contact = view.id;
    switch (view.phase) {
      case 'assigned':
        return null;
      case 'waiting':
        if (view.form) return ['', '', html`<vc-left-word class="card"></vc-left-word>`];
        return [
          view.takenAt === null ? this.#place() : t('waitingAgain'),
          view.takenAt === null ? this.#outlook(view) : t('waitingAgainText'),
          html`<div class="progress"></div>
            <vc-call-ready></vc-call-ready>
            ${this.#actions()}`,
        ];
      case 'dissuaded':
        return [
          t('dissuaded'),
          t(this.#fallbacks.value?.length ? 'dissuadedWord' : 'dissuadedText'),
          this.#actions(action(t('keepWaiting'), () => request(this, 'vc-wait-request', { contact }))),
        ];
      case 'ended':
        return [
          t('endedTitle'),
          '',
          html`<vc-after-end></vc-after-end>
            <div class="actions">${action(t('startAnew'), () => request(this, 'vc-anew-request', { contact }))}</div>`,
        ];
    }
  }

  #place(): string {
    const { position = 0 } = this.#queue.value ?? {};
    if (position < 1) return t('waiting');
    return position === 1 ? t('next') : t('place', { position });
  }

  /** How long it takes, as far as anybody can tell, and what happens then. */
  #outlook({ kind }: ContactView): string {
    const expected = this.#queue.value?.expected ?? null;
    const count = Math.round((expected ?? 0) / 60);
    const wait = count > 1 ? t('minutes', { count }) : t(expected === null ? 'soon' : 'minute');
    const call = shared(kind === 'video' ? 'videoCall' : 'voiceCall');
    return `${wait} ${kind === 'chat' ? t('waitingChat') : t('waitingCall', { call })}`;
  }

  /** What can be done, the way out last. */
  #actions(main: TemplateResult | typeof nothing = nothing): TemplateResult {
    return html`<div class="actions">
      ${main}
      ${this.#fallbacks.value?.map(
        (form) => html`
          <button class="button outline" @click=${() => request(this, 'vc-form-show-request', { form })}>
            ${t(form)}
          </button>
        `,
      )}
    </div>`;
  }
}

const action = (label: string, act: () => void): TemplateResult =>
  html`<button class="button primary" @click=${act}>${label}</button>`;

definePart('vc-widget-status', VcWidgetStatus);
