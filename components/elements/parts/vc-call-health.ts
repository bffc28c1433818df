import { css, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { CallHandle, CallQuality } from '../../store/call-handle.ts';
import * as icons from '../call-health-icons.ts';
import { definePart } from '../define-part.ts';
import { Follow } from '../follow.ts';
import { icon } from '../icon.ts';
import { t } from '../strings/call-health.ts';
import { CallPart } from './call-part.ts';
import { controls } from './controls.ts';
import { placePopover } from './place-popover.ts';

const CAUSES = { network: 'whyNetwork', cpu: 'whyCpu', relay: 'whyRelay' } as const;
/** How many bars of the signal are lit. */
const BARS = { good: 3, fair: 2, poor: 1 } as const;

/** How well the call is carried, with the reason and figures on a click; and the words that show that nobody is in between. */
export class VcCallHealth extends CallPart {
  static override styles = [
    controls,
    css`
      :host {
        display: flex;
        gap: 6px;
      }
      .button {
        position: relative;
        min-inline-size: 38px;
        min-block-size: 26px;
        padding: 0 8px;
        border-radius: 14px;
        background: color-mix(in srgb, var(--_stage) 78%, transparent);
      }
      .button:hover {
        background: #3a4149;
      }
      /* What is seen is small, the place to touch is not. */
      .button::before {
        content: '';
        position: absolute;
        inset: -9px -3px;
      }
      .button svg {
        inline-size: 18px;
        block-size: 18px;
      }
      .signal {
        display: grid;
      }
      .signal > * {
        grid-area: 1 / 1;
        opacity: 0.35;
      }
      .signal > [data-lit] {
        opacity: 1;
      }
      [data-level='fair'] {
        color: #f4cd80;
      }
      [data-level='poor'] {
        color: #ff9d92;
      }
      [popover] {
        position: fixed;
        inset: auto;
        inline-size: min(280px, 100vw - 16px);
        margin: 0;
        padding: 14px;
        border: 0;
        border-radius: 14px;
        background: #191e23;
        color: var(--_on-stage);
        box-shadow: 0 0 0 1px rgb(255 255 255 / 16%), 0 12px 40px rgb(0 0 0 / 60%);
        overflow: auto;
        font-size: 13px;
      }
      p {
        margin: 0 0 8px;
      }
      .title {
        font-weight: 600;
      }
      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 4px 16px;
        margin: 0;
      }
      dt {
        color: #a0a9b3;
      }
      dd {
        margin: 0;
        font-variant-numeric: tabular-nums;
        text-align: end;
      }
      .words {
        font-size: 18px;
        font-weight: 600;
        line-height: 1.5;
        text-wrap: balance;
      }
    `,
  ];

  @property({ attribute: false }) call: CallHandle | null = null;

  constructor() {
    super();
    new Follow(this, () => this.call?.store ?? null);
    this.addEventListener('keydown', (event) => {
      // Escape closes what is open here, and nothing around it.
      if (event.key === 'Escape' && this.renderRoot.querySelector(':popover-open')) event.stopPropagation();
    });
  }

  protected override render(): TemplateResult | typeof nothing {
    const state = this.call?.store.state;
    if (!state) return nothing;
    return html`
      ${state.quality ? this.#quality(state.quality) : nothing}
      ${state.safety ? this.#safety(state.safety) : nothing}
    `;
  }

  /** The window may have changed under what is open. */
  protected override updated(): void {
    const open = this.renderRoot.querySelector<HTMLElement>(':popover-open');
    if (open) placePopover(open, this, 'start');
  }

  #quality(quality: CallQuality): TemplateResult {
    const { level, cause, rtt, loss, sending, receiving, picture, relayed } = quality;
    const figures: [name: string, value: string][] = [
      ...(rtt === null ? [] : [pair(t('roundTrip'), t('milliseconds', { count: Math.round(rtt) }))]),
      pair(t('lost'), t('percent', { count: Math.round(loss * 1000) / 10 })),
      pair(t('sending'), t('rate', { count: Math.round(sending) })),
      pair(t('receiving'), t('rate', { count: Math.round(receiving) })),
      ...(picture ? [pair(t('picture'), t('size', { ...picture, fps: Math.round(picture.fps) }))] : []),
      pair(t('way'), t(relayed ? 'relayed' : 'direct')),
    ];
    return html`
      <button class="button" type="button" data-level=${level} popovertarget="quality" aria-label=${t(level)} title=${t(level)}>
        <span class="signal">${icons.signal.map((bar, at) => html`<span ?data-lit=${at < BARS[level]}>${icon(bar)}</span>`)}</span>
      </button>
      <div id="quality" popover role="dialog" aria-label=${t(level)} @toggle=${this.#onToggle}>
        <p class="title">${t(level)}</p>
        <p class="cause">${t(cause ? CAUSES[cause] : 'whyGood')}</p>
        <dl>${figures.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
      </div>
    `;
  }

  #safety(words: readonly string[]): TemplateResult {
    return html`
      <button class="button" type="button" popovertarget="safety" aria-label=${t('safety')} title=${t('safety')}>
        ${icon(icons.shield)}
      </button>
      <div id="safety" popover role="dialog" aria-label=${t('safety')} @toggle=${this.#onToggle}>
        <p class="title">${t('safety')}</p>
        <p class="words">${words.join(' · ')}</p>
        <p>${t('safetyMeans')}</p>
      </div>
    `;
  }

  #onToggle(event: ToggleEvent): void {
    if (event.newState === 'open') placePopover(event.target as HTMLElement, this, 'start');
  }
}

const pair = (name: string, value: string): [string, string] => [name, value];

definePart('vc-call-health', VcCallHealth);

declare global {
  interface HTMLElementTagNameMap {
    'vc-call-health': VcCallHealth;
  }
}
