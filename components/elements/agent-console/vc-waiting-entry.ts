import { html, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import type { WaitingEntry } from '../../../core/protocol/server-frames.ts';
import { isDue } from '../../../core/routing/queue.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { request } from '../events.ts';
import { EverySecond } from '../every-second.ts';
import { icon } from '../icon.ts';
import { controls } from '../parts/controls.ts';
import { t } from '../strings/console.ts';
import { durationText } from '../time-text.ts';
import { bareButton } from './bare-button.ts';
import { colourStyles } from './colour-styles.ts';
import * as deskIcons from './desk-icons.ts';
import { kindText, momentText } from './kind-text.ts';
import { countryText, languageText, pageText, siteText } from './place-text.ts';
import { waitingEntryStyles } from './waiting-entry-styles.ts';
import { WhileSeen } from './while-seen.ts';
import './vc-wait-ring.ts';

/**
 * One waiting contact: what is known of it, and how much time is left to take it. A click takes it. What a colleague hands
 * to this agent alone can be declined, too.
 */
export class VcWaitingEntry extends VcElement {
  static override styles = [controls, bareButton, colourStyles, waitingEntryStyles];

  @property({ attribute: false }) entry!: WaitingEntry;
  /** Server clock minus this clock, milliseconds. */
  @property({ type: Number }) skew = 0;
  /** Nothing can be taken now. */
  @property({ type: Boolean, reflect: true }) idle = false;
  /** The one entry of the list that the tab key reaches. */
  @property({ type: Boolean }) current = false;
  #view = new WhileSeen(this);

  constructor() {
    super();
    // Who waits below the fold needs no running clock.
    new EverySecond(this, () => (this.#view.seen ? 0 : null));
    this.addEventListener('click', () => this.#take());
  }

  /** Sets the focus on the button that takes it. */
  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('.take')?.focus(options);
  }

  protected override render() {
    const { name, kind, service, language, country, page, star, colour, transfer } = this.entry;
    const now = Date.now() + this.skew;
    const site = siteText(page.referrer);
    return html`
      ${colour ? html`<span class="tag" data-colour=${colour}></span>` : nothing}
      ${this.#renderMark(now)}
      <div class="facts">
        <div class="top">
          <button class="bare take" type="button" tabindex=${this.current ? 0 : -1} aria-label=${t('take', { name })}
            aria-describedby="more" aria-disabled=${this.idle}>${name}</button>
          ${star ? html`<span class="star" title=${t('star')}>${icon(deskIcons.star)}</span>` : nothing}
          ${this.#renderTime(now)}
        </div>
        <div id="more">
          ${star ? html`<span class="visually-hidden">${t('star')}</span>` : nothing}
          ${this.#renderTurn(now)}
          ${transfer ? html`<p class="hand">${handOverText(transfer)}</p>` : nothing}
          <p class="kind">
            <span>${kindText(kind)}</span> · <span>${service.name}</span> · <span>${languageText(language)}</span>
            ${country ? html` · <span>${countryText(country)}</span>` : nothing}
          </p>
          <p title=${page.url}>${page.title || pageText(page.url)}</p>
          ${page.title ? html`<p title=${page.url}>${pageText(page.url)}</p>` : nothing}
          ${site ? html`<p title=${page.referrer}>${t('cameFrom', { site })}</p>` : nothing}
          ${this.#renderLabels()}
        </div>
        ${
          transfer?.direct
            ? html`
              <button class="button outline small decline" type="button" tabindex=${this.current ? 0 : -1}
                aria-label=${t('declineTransfer', { name })} aria-disabled=${this.idle} @click=${this.#decline}>${t('decline')}</button>`
            : nothing
        }
      </div>
    `;
  }

  #renderMark(now: number) {
    const { kind, waitingSince, dissuadeAt } = this.entry;
    const left = dissuadeAt === null ? null : durationText(Math.ceil((dissuadeAt - now) / 1000));
    return html`
      <div class="mark">
        <vc-wait-ring title=${left === null ? nothing : t('timeLeft', { time: left })} .kind=${kind} .since=${waitingSince}
          .until=${dissuadeAt} .skew=${this.skew}></vc-wait-ring>
        ${left === null ? nothing : html`<span class="left" aria-hidden="true">${left}</span>`}
      </div>
    `;
  }

  /** How long it waited; of what was left as a message, since when it lies there. */
  #renderTime(now: number) {
    const { kind, waitingSince } = this.entry;
    if (waitingSince > now) return nothing;
    const waited =
      kind === 'lead' ? momentText(waitingSince, now) : durationText((now - waitingSince) / 1000);
    return html`<span class="time" title=${t('waited', { time: waited })}>${waited}</span>`;
  }

  #renderTurn(now: number) {
    const { waitingSince, dissuadeAt } = this.entry;
    if (!isDue(this.entry, now))
      return html`<p class="due">${t('dueAt', { time: momentText(waitingSince, now) })}</p>`;
    if (dissuadeAt === null) return nothing;
    const time = durationText(Math.ceil((dissuadeAt - now) / 1000));
    return html`<span class="visually-hidden">${t('timeLeft', { time })}</span>`;
  }

  #renderLabels() {
    const { isNew, first } = this.entry;
    if (!isNew && !first) return nothing;
    return html`
      <div class="labels">
        ${isNew ? html`<span class="label">${t('newVisitor')}</span>` : nothing}
        ${first ? html`<span class="label lost">${t('lostAgent')}</span>` : nothing}
      </div>
    `;
  }

  #take(): void {
    if (!this.idle) request(this, 'vc-take-request', { contact: this.entry.contact });
  }

  #decline(event: Event): void {
    // A click anywhere else on the entry takes the contact.
    event.stopPropagation();
    if (!this.idle) request(this, 'vc-transfer-decline-request', { contact: this.entry.contact });
  }
}

const handOverText = ({ from, note }: NonNullable<WaitingEntry['transfer']>): string =>
  note ? t('handsOverNote', { from, note }) : t('handsOver', { from });

definePart('vc-waiting-entry', VcWaitingEntry);

declare global {
  interface HTMLElementTagNameMap {
    'vc-waiting-entry': VcWaitingEntry;
  }
}
