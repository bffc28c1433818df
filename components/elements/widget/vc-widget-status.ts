import { css, html, nothing, type TemplateResult } from 'lit';
import type { ContactView } from '../../../core/protocol/server-frames.ts';
import { contactContext } from '../../store/contact-store.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { request } from '../events.ts';
import { controls } from '../parts/controls.ts';
import { Select } from '../select.ts';
import { t as shared } from '../strings/shared.ts';
import { t } from '../strings/widget.ts';

/**
 * Tells the visitor where the contact stands while no agent has it: in the queue, given up, or over.
 *
 * @fires vc-wait-request
 * @fires vc-anew-request
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
      .button {
        inline-size: 100%;
        margin-block-start: 12px;
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

  protected override render(): TemplateResult {
    const view = this.#view.value;
    // The region stays, so that what comes into it is announced.
    return html`<div role="status">${view ? this.#card(view) : nothing}</div>`;
  }

  #card(view: ContactView): TemplateResult | typeof nothing {
    const contact = view.id;
    switch (view.phase) {
      case 'assigned':
        return nothing;
      case 'waiting':
        return view.takenAt === null
          ? card(t('waiting'), waitingText(view), html`<div class="progress"></div>`)
          : card(t('waitingAgain'), t('waitingAgainText'), html`<div class="progress"></div>`);
      case 'dissuaded':
        return card(
          t('dissuaded'),
          t('dissuadedText'),
          html`<button class="button primary" @click=${() => request(this, 'vc-wait-request', { contact })}>
            ${t('keepWaiting')}
          </button>`,
        );
      case 'ended':
        return card(
          t('endedTitle'),
          '',
          html`<button class="button primary" @click=${() => request(this, 'vc-anew-request', { contact })}>
            ${t('startAnew')}
          </button>`,
        );
    }
  }
}

const card = (title: string, text: string, more: TemplateResult): TemplateResult =>
  html`<div class="card"><h2>${title}</h2>${text ? html`<p>${text}</p>` : nothing}${more}</div>`;

const waitingText = ({ kind }: ContactView): string =>
  kind === 'chat'
    ? t('waitingChat')
    : t('waitingCall', { call: shared(kind === 'video' ? 'videoCall' : 'voiceCall') });

definePart('vc-widget-status', VcWidgetStatus);
