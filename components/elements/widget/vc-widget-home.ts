import { css, html, nothing, type TemplateResult } from 'lit';
import type { ContactKind } from '../../../core/contact/model.ts';
import { visitorContext } from '../../store/visitor-store.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { request } from '../events.ts';
import { icon } from '../icon.ts';
import * as icons from '../icons.ts';
import { controls } from '../parts/controls.ts';
import { Select } from '../select.ts';
import { t } from '../strings/widget.ts';
import { canCall } from './can-call.ts';

const KINDS: readonly { kind: ContactKind; label: 'chat' | 'voiceCall' | 'videoCall'; path: string }[] = [
  { kind: 'chat', label: 'chat', path: icons.chat },
  { kind: 'voice', label: 'voiceCall', path: icons.phone },
  { kind: 'video', label: 'videoCall', path: icons.video },
];

/**
 * What a visitor without a contact sees: the greeting, and every way to begin that the service offers and this browser can.
 *
 * @fires vc-open-request
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
      p {
        margin: 8px 0 0;
        color: var(--_muted);
      }
      .ways {
        display: flex;
        gap: 8px;
        /* On a phone: within reach of the thumb. */
        margin-block-start: auto;
        padding-block-start: 24px;
      }
      .way {
        flex: 1 1 0;
        flex-direction: column;
        gap: 8px;
        padding: 16px 6px 13px;
        border-color: var(--_line);
        border-radius: var(--_radius);
        background: var(--_surface);
        font-size: 13px;
        line-height: 1.2;
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
    const offered = KINDS.filter(
      ({ kind }) => service.channels[kind] && (kind === 'chat' || (this.#online.value && canCall())),
    );
    return html`
      <h2>${service.greeting || t('greeting')}</h2>
      <p>${t(service.staffed ? 'staffed' : 'unstaffed')}</p>
      ${
        offered.length
          ? html`<div class="ways" role="group" aria-label=${t('waysToTalk')}>
              ${offered.map(
                ({ kind, label, path }) => html`
                  <button class="button way" @click=${() => request(this, 'vc-open-request', { kind })}>
                    <span class="disc">${icon(path)}</span>${t(label)}
                  </button>
                `,
              )}
            </div>`
          : nothing
      }
    `;
  }
}

const skeleton = html`
  <div aria-hidden="true">
    <div class="bone title"></div>
    <div class="bone"></div>
    <div class="ways"><div class="bone tile"></div><div class="bone tile"></div><div class="bone tile"></div></div>
  </div>
`;

definePart('vc-widget-home', VcWidgetHome);
