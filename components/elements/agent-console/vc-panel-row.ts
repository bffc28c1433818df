import { css, html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { isOnHold } from '../../../core/contact/hold.ts';
import { contactContext } from '../../store/contact-store.ts';
import { deskContext } from '../../store/desk-store.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { request } from '../events.ts';
import { icon } from '../icon.ts';
import * as icons from '../icons.ts';
import { Select } from '../select.ts';
import { t } from '../strings/console.ts';
import { t as shared } from '../strings/shared.ts';
import { avatar, avatarStyles } from './avatar.ts';
import { colourStyles } from './colour-styles.ts';
import * as deskIcons from './desk-icons.ts';
import { entryText, newestNews } from './entry-text.ts';
import './vc-panel-clock.ts';
import { unreadOf } from './vc-panel-status.ts';

/** A collapsed panel: who it is, the newest line, which flashes when it comes, and a click to open it. */
export class VcPanelRow extends VcElement {
  static override styles = [
    avatarStyles,
    colourStyles,
    css`
      .row {
        position: relative;
        display: flex;
        gap: 10px;
        align-items: center;
        min-block-size: 60px;
        padding: 8px 14px 8px 12px;
        overflow: hidden;
        border-radius: inherit;
        transition: background-color var(--_motion);
      }
      .row:hover {
        background: var(--_hover);
      }
      .tag {
        position: absolute;
        inset-block: 0;
        inset-inline-start: 0;
        inline-size: 5px;
        background: var(--_tag);
      }
      .lines {
        flex: 1;
        min-inline-size: 0;
      }
      .lines > div {
        display: flex;
        gap: 8px;
        align-items: center;
        justify-content: space-between;
        min-block-size: 21px;
      }
      button {
        position: absolute;
        inset: 0;
        margin: 0;
        padding: 0;
        border: 0;
        border-radius: inherit;
        background: none;
        cursor: pointer;
      }
      button:focus-visible {
        outline: 2px solid var(--_focus);
        outline-offset: -2px;
      }
      .name {
        display: flex;
        gap: 6px;
        align-items: center;
        min-inline-size: 0;
        font-weight: 600;
      }
      .name span,
      .line {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .name svg {
        inline-size: 15px;
        block-size: 15px;
        color: var(--_active);
      }
      .row[data-ringing] .name svg,
      .name [role='img'] svg {
        color: var(--_connecting);
      }
      .line {
        margin: 0;
        color: var(--_muted);
        font-size: 13px;
      }
      .row[data-unread] .line {
        color: var(--_text);
        font-weight: 550;
      }
      .line {
        flex: 1;
      }
      vc-panel-clock {
        font-size: 12px;
      }
      .flash {
        position: absolute;
        inset: 0;
        border-radius: inherit;
        background: var(--_accent-soft);
        opacity: 0;
        pointer-events: none;
        animation: flash 0.9s ease-in-out 2;
      }
      @keyframes flash {
        50% {
          opacity: 1;
        }
      }
      @media (prefers-reduced-motion: reduce) {
        .flash {
          animation: none;
        }
      }
    `,
  ];

  #me = new Select(this, deskContext, ({ me }) => me?.name);
  #contact = new Select(this, contactContext, ({ id }) => id);
  #name = new Select(this, contactContext, ({ view }) => view?.visitor.name);
  #call = new Select(this, contactContext, ({ view }) => view?.call?.kind);
  #held = new Select(this, contactContext, ({ view }) => view?.call && isOnHold(view.call.media.agent));
  #ringing = new Select(this, contactContext, ({ view }) => view?.call?.status === 'asking');
  #colour = new Select(this, contactContext, ({ view }) => view?.desk?.colour);
  #newest = new Select(this, contactContext, ({ transcript }) => newestNews(transcript.entries));
  #unread = new Select(this, contactContext, (state) => unreadOf(state) > 0);
  /** Offset of the newest entry when this row appeared: what was known then is no news. */
  #known: number | null = null;

  protected override render() {
    const name = this.#name.value ?? shared('visitor');
    const newest = this.#newest.value;
    const offset = newest?.offset ?? 0;
    this.#known ??= offset;
    return html`
      <div class="row" ?data-unread=${this.#unread.value} ?data-ringing=${this.#ringing.value}>
        ${keyed(offset, offset > this.#known ? html`<span class="flash"></span>` : nothing)}
        ${this.#colour.value ? html`<span class="tag" data-colour=${this.#colour.value}></span>` : nothing}
        ${avatar(name)}
        <div class="lines">
          <div>
            <div class="name"><span>${name}</span>${this.#renderCall()}</div>
            <vc-panel-clock></vc-panel-clock>
          </div>
          <div>
            <p class="line" id="line" aria-live="polite">${newest ? entryText(newest, this.#me.value) : t('noMessages')}</p>
            <vc-panel-status></vc-panel-status>
          </div>
        </div>
        <button type="button" aria-expanded="false" aria-label=${t('open', { name })} aria-describedby="line" @click=${this.#open}></button>
      </div>
    `;
  }

  #renderCall() {
    const call = this.#call.value;
    if (!call) return nothing;
    return this.#held.value
      ? html`<span role="img" aria-label=${t('onHold')} title=${t('onHold')}>${icon(deskIcons.pause)}</span>`
      : icon(call === 'video' ? icons.video : icons.phone);
  }

  #open(): void {
    const contact = this.#contact.value;
    if (contact) request(this, 'vc-panel-expand-request', { contact });
  }
}

definePart('vc-panel-row', VcPanelRow);

declare global {
  interface HTMLElementTagNameMap {
    'vc-panel-row': VcPanelRow;
  }
}
