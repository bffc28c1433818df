import { css, html, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import type { WaitingEntry } from '../../../core/protocol/server-frames.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { request } from '../events.ts';
import { EverySecond } from '../every-second.ts';
import { t } from '../strings/console.ts';
import { durationText } from '../time-text.ts';
import { bareButton } from './bare-button.ts';
import { countryText, languageText, pageText, siteText } from './place-text.ts';
import './vc-wait-ring.ts';

const KINDS = { chat: 'kindChat', voice: 'kindVoice', video: 'kindVideo' } as const;

/** One waiting contact: what is known of it, and how much time is left to take it. A click takes it. */
export class VcWaitingEntry extends VcElement {
  static override styles = [
    bareButton,
    css`
    :host {
      position: relative;
      display: grid;
      grid-template-columns: 44px minmax(0, 1fr);
      gap: 12px;
      align-items: start;
      padding: 10px 12px;
      border-radius: 12px;
      cursor: pointer;
      transition: background-color var(--_motion);
      -webkit-tap-highlight-color: transparent;
    }
    :host(:hover) {
      background: var(--_hover);
    }
    :host(:active) {
      background: var(--_press);
    }
    :host([idle]) {
      background: none;
      cursor: default;
    }
    .top {
      display: flex;
      align-items: baseline;
      gap: 8px;
    }
    button {
      flex: 1;
      cursor: inherit;
    }
    /* The whole entry takes clicks; the keyboard's mark surrounds it. */
    button:focus-visible::after {
      content: '';
      position: absolute;
      inset: 0;
      border-radius: inherit;
      outline: 2px solid var(--_focus);
      outline-offset: -2px;
      pointer-events: none;
    }
    button,
    p {
      min-inline-size: 0;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .facts {
      min-inline-size: 0;
    }
    p {
      margin: 0;
      color: var(--_muted);
      font-size: 13px;
    }
    .kind {
      color: var(--_text);
      white-space: normal;
    }
    .time {
      color: var(--_muted);
      font-variant-numeric: tabular-nums;
    }
    .labels {
      display: flex;
      flex-wrap: wrap;
      gap: 4px;
      margin-block-start: 4px;
    }
    .label {
      padding: 1px 7px;
      border-radius: 6px;
      background: var(--_accent-soft);
      color: var(--_accent-text);
      font-size: 12px;
      font-weight: 550;
    }
    .lost {
      background: var(--_warning-soft);
      color: var(--_warning-text);
    }
    @media (forced-colors: active) {
      :host {
        border: 1px solid ButtonText;
      }
    }
  `,
  ];

  @property({ attribute: false }) entry!: WaitingEntry;
  /** Server clock minus this clock, milliseconds. */
  @property({ type: Number }) skew = 0;
  /** Nothing can be taken now. */
  @property({ type: Boolean, reflect: true }) idle = false;

  constructor() {
    super();
    new EverySecond(this);
    this.addEventListener('click', () => this.#take());
  }

  protected override render() {
    const { name, kind, language, country, service, page, isNew, first, waitingSince, dissuadeAt } =
      this.entry;
    const now = Date.now() + this.skew;
    const left = t('secondsLeft', { seconds: Math.max(0, Math.ceil((dissuadeAt - now) / 1000)) });
    const site = siteText(page.referrer);
    const waited = durationText((now - waitingSince) / 1000);
    return html`
      <vc-wait-ring title=${left} .kind=${kind} .since=${waitingSince} .until=${dissuadeAt} .skew=${this.skew}></vc-wait-ring>
      <div class="facts">
        <div class="top">
          <button class="bare" type="button" aria-label=${t('take', { name })} aria-describedby="more" aria-disabled=${this.idle}>${name}</button>
          <span class="time" title=${t('waited', { time: waited })}>${waited}</span>
        </div>
        <div id="more">
          <p class="kind">
            <span>${t(KINDS[kind])}</span> · <span>${service.name}</span> · <span>${languageText(language)}</span>
            ${country ? html` · <span>${countryText(country)}</span>` : nothing}
          </p>
          <p title=${page.url}>${page.title || pageText(page.url)}</p>
          ${page.title ? html`<p title=${page.url}>${pageText(page.url)}</p>` : nothing}
          ${site ? html`<p title=${page.referrer}>${t('cameFrom', { site })}</p>` : nothing}
          ${isNew || first ? html`<div class="labels">${isNew ? label(t('newVisitor')) : nothing}${first ? label(t('lostAgent'), 'lost') : nothing}</div>` : nothing}
          <span class="visually-hidden">${left}</span>
        </div>
      </div>
    `;
  }

  #take(): void {
    if (!this.idle) request(this, 'vc-take-request', { contact: this.entry.contact });
  }
}

const label = (text: string, kind = '') => html`<span class="label ${kind}">${text}</span>`;

definePart('vc-waiting-entry', VcWaitingEntry);

declare global {
  interface HTMLElementTagNameMap {
    'vc-waiting-entry': VcWaitingEntry;
  }
}
