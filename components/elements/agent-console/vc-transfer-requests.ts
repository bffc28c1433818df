import { css, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { WaitingEntry } from '../../../core/protocol/server-frames.ts';
import { deskContext } from '../../store/desk-store.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { request } from '../events.ts';
import { EverySecond } from '../every-second.ts';
import { controls } from '../parts/controls.ts';
import { Select } from '../select.ts';
import { t } from '../strings/console.ts';
import { durationText } from '../time-text.ts';
import { kindText } from './kind-text.ts';
import '../parts/vc-dialog.ts';

/** What colleagues hand over to this agent alone: a question that is seen wherever the agent is in the console. */
export class VcTransferRequests extends VcElement {
  static override styles = [
    controls,
    css`
      /* Over the waiting contacts: neither what is read nor what is written there is hidden. */
      :host {
        position: absolute;
        z-index: 9;
        inset-block-end: 0;
        inset-inline-start: 0;
        display: grid;
        gap: 8px;
        inline-size: 336px;
        max-block-size: 100%;
        padding: 16px;
        overflow-y: auto;
        pointer-events: none;
      }
      vc-dialog {
        pointer-events: auto;
      }
      .facts {
        display: flex;
        justify-content: space-between;
        gap: 12px;
        font-size: 13px;
      }
      .who {
        margin: 0;
        color: var(--_text);
      }
      .left {
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
      }
      .note {
        max-block-size: 96px;
        margin: 8px 0 0;
        padding-inline-start: 10px;
        overflow-y: auto;
        border-inline-start: 3px solid var(--_connecting);
        color: var(--_text);
        white-space: pre-line;
      }
      /* A single column has no such place: it gives way. */
      @container (width < 1024px) {
        :host {
          position: static;
          justify-content: center;
          grid-template-columns: minmax(0, 480px);
          flex: none;
          inline-size: auto;
          max-block-size: 50%;
          padding: 0;
        }
        vc-dialog {
          --_shadow: none;
          margin: 8px 8px 0;
        }
      }
    `,
  ];

  #waiting = new Select(this, deskContext, ({ waiting }) => waiting);
  #skew = new Select(this, deskContext, ({ skew }) => skew);

  constructor() {
    super();
    new EverySecond(this, () => (this.#direct.length ? 0 : null));
  }

  get #direct(): readonly WaitingEntry[] {
    return (this.#waiting.value ?? []).filter(({ transfer }) => transfer?.direct);
  }

  protected override render() {
    const direct = this.#direct;
    return html`
      <div class="visually-hidden" role="alert">${direct.map(({ name, transfer }) => asksText(name, transfer))}</div>
      ${repeat(
        direct,
        ({ contact }) => contact,
        (entry) => this.#renderRequest(entry),
      )}
    `;
  }

  #renderRequest({ contact, name, kind, service, dissuadeAt, transfer }: WaitingEntry) {
    const now = Date.now() + (this.#skew.value ?? 0);
    const time = dissuadeAt === null ? null : durationText(Math.ceil((dissuadeAt - now) / 1000));
    return html`
      <vc-dialog passive heading=${t('transferRequest')}>
        <p class="who">${asksText(name, transfer)}</p>
        <div class="facts">
          <span>${t('transferAbout', { kind: kindText(kind), service: service.name })}</span>
          ${time === null ? nothing : html`<span class="left" role="timer">${t('timeLeft', { time })}</span>`}
        </div>
        ${transfer?.note ? html`<p class="note">${transfer.note}</p>` : nothing}
        <button slot="actions" class="button primary" type="button" @click=${() => request(this, 'vc-take-request', { contact })}>
          ${t('accept')}
        </button>
        <button slot="actions" class="button outline" type="button" @click=${() => this.#decline(contact)}>${t('decline')}</button>
      </vc-dialog>
    `;
  }

  #decline(contact: string): void {
    request(this, 'vc-transfer-decline-request', { contact });
  }
}

const asksText = (name: string, transfer: WaitingEntry['transfer']): string =>
  t('transferAsks', { from: transfer?.from ?? '', name });

definePart('vc-transfer-requests', VcTransferRequests);

declare global {
  interface HTMLElementTagNameMap {
    'vc-transfer-requests': VcTransferRequests;
  }
}
