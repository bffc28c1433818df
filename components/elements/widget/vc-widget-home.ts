import { css, html, nothing, type TemplateResult } from 'lit';
import type { ContactKind } from '../../../core/contact/model.ts';
import { fetchCode } from '../../store/fetch-code.ts';
import { visitorContext } from '../../store/visitor-store.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { request } from '../events.ts';
import { icon } from '../icon.ts';
import * as icons from '../icons.ts';
import { controls } from '../parts/controls.ts';
import { Select } from '../select.ts';
import { t } from '../strings/widget.ts';
import * as words from '../word-icons.ts';
import { canCall } from './can-call.ts';

const ICONS: Readonly<Record<ContactKind, string>> = {
  chat: icons.chat,
  voice: icons.phone,
  video: icons.video,
  callback: words.callback,
  lead: words.letter,
};
const LABELS = {
  chat: 'chat',
  voice: 'voiceCall',
  video: 'videoCall',
  callback: 'callback',
  lead: 'lead',
} as const;

/**
 * What a visitor without a contact sees: the greeting, whether anyone is there, and every way to begin that the service
 * offers now and this browser can, in the order of the service.
 *
 * @fires vc-open-request
 * @fires vc-form-show-request
 */
export class VcWidgetHome extends VcElement {
  static override styles = [
    controls,
    css`
      :host {
        display: flex;
        flex-direction: column;
        overflow: hidden auto;
        padding: 28px 20px 16px;
        background: linear-gradient(var(--_accent-soft), transparent 240px);
      }
      h2 {
        margin: 0;
        font-size: 22px;
        font-weight: 650;
        letter-spacing: -0.01em;
        line-height: 1.25;
        text-wrap: balance;
        overflow-wrap: anywhere;
      }
      p,
      vc-calls-hidden {
        margin: 8px 0 0;
        color: var(--_muted);
      }
      .ways {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        /* On a phone: within reach of the thumb. */
        margin-block-start: auto;
        padding-block-start: 24px;
      }
      .way {
        flex: 1 1 90px;
        flex-direction: column;
        gap: 8px;
        padding: 16px 6px 13px;
        border-color: var(--_line);
        border-radius: var(--_radius);
        background: var(--_surface);
        font-size: 13px;
        line-height: 1.2;
      }
      /* What is answered later stands in a row of its own. */
      .later {
        flex: 1 1 100%;
        flex-direction: row;
        justify-content: start;
        gap: 12px;
        padding: 8px 12px;
        font-size: 14px;
      }
      .way:hover {
        border-color: var(--_line-strong);
      }
      .disc {
        display: grid;
        place-items: center;
        inline-size: 40px;
        block-size: 40px;
        border-radius: 50%;
        background: var(--_accent-soft);
        color: var(--_accent-text);
      }
      .bone {
        block-size: 14px;
        margin-block-start: 12px;
        border-radius: 7px;
        background: var(--_raised);
        animation: breathe 1.4s ease-in-out infinite alternate;
      }
      .bone.title {
        inline-size: 70%;
        block-size: 24px;
        margin: 0;
        border-radius: 8px;
      }
      .bone.tile {
        flex: 1;
        block-size: 96px;
        margin: 0;
        border-radius: var(--_radius);
      }
      @keyframes breathe {
        to {
          opacity: 0.45;
        }
      }
      @media (prefers-reduced-motion: reduce) {
        .bone {
          animation: none;
        }
      }
    `,
  ];

  #service = new Select(this, visitorContext, (state) => state.service);
  #online = new Select(this, visitorContext, (state) => state.connection === 'online');

  protected override render(): TemplateResult {
    const service = this.#service.value;
    if (!service) return skeleton;
    const offered = service.offers.filter((kind) => !isCall(kind) || (this.#online.value && canCall()));
    return html`
      <h2>${service.greeting || t('greeting')}</h2>
      <p>${t(service.staffed ? 'staffed' : unstaffed(offered))}</p>
      ${service.hours?.open === false ? html`<vc-business-hours></vc-business-hours>` : nothing}
      ${
        offered.length
          ? html`<div class="ways" role="group" aria-label=${t('waysToTalk')}>
              ${offered.map((kind) => this.#way(kind))}
            </div>`
          : nothing
      }
      ${!isSecureContext && service.offers.some(isCall) ? hidden() : nothing}
    `;
  }

  #way(kind: ContactKind): TemplateResult {
    const later = kind === 'callback' || kind === 'lead';
    const begin = () =>
      later
        ? request(this, 'vc-form-show-request', { form: kind })
        : request(this, 'vc-open-request', { kind });
    return html`
      <button class="button way ${later ? 'later' : ''}" @click=${begin}>
        <span class="disc">${icon(ICONS[kind])}</span>${t(LABELS[kind])}
      </button>
    `;
  }
}

const isCall = (kind: ContactKind): boolean => kind === 'voice' || kind === 'video';

/** Why there are no calls here: seldom needed, so it comes by itself. */
function hidden(): TemplateResult {
  fetchCode(() => import('./vc-calls-hidden.ts')).catch(() => {}); // It goes without saying then.
  return html`<vc-calls-hidden></vc-calls-hidden>`;
}

/** What a visitor can do while nobody is there. */
function unstaffed(offered: readonly ContactKind[]): 'unstaffed' | 'unstaffedWord' | 'unstaffedNone' {
  if (offered.includes('chat')) return 'unstaffed';
  return offered.length ? 'unstaffedWord' : 'unstaffedNone';
}

const skeleton = html`
  <div aria-hidden="true">
    <div class="bone title"></div>
    <div class="bone"></div>
    <div class="ways"><div class="bone tile"></div><div class="bone tile"></div><div class="bone tile"></div></div>
  </div>
`;

definePart('vc-widget-home', VcWidgetHome);
