import { css, html, nothing } from 'lit';
import { contactContext } from '../../store/contact-store.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { icon } from '../icon.ts';
import * as icons from '../icons.ts';
import { controls } from '../parts/controls.ts';
import { Select } from '../select.ts';
import { t } from '../strings/console.ts';
import { t as shared } from '../strings/shared.ts';
import { t as tools } from '../strings/tools.ts';
import { avatar, avatarStyles } from './avatar.ts';
import * as deskIcons from './desk-icons.ts';
import './vc-channel-buttons.ts';
import './vc-colour-tag.ts';
import './vc-panel-clock.ts';
import './vc-panel-status.ts';
import './vc-visitor-card.ts';

/**
 * The head of the expanded panel: the visitor, the channels, the colour, and the ways out.
 *
 * @fires transfer - The agent wants to hand the contact over; does not bubble.
 * @fires close - The agent wants to close the contact; does not bubble.
 */
export class VcPanelHeader extends VcElement {
  static override styles = [
    controls,
    avatarStyles,
    css`
      header {
        display: grid;
        grid-template: 'who actions' auto 'card card' auto / minmax(0, 1fr) auto;
        gap: 6px 12px;
        align-items: center;
        padding: 10px 12px 10px 16px;
        border-block-end: 1px solid var(--_line);
      }
      .who {
        display: flex;
        grid-area: who;
        align-items: center;
        gap: 10px;
        min-inline-size: 0;
      }
      .title {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 8px;
        min-inline-size: 0;
      }
      h2 {
        margin: 0;
        overflow: hidden;
        font-size: 16px;
        font-weight: 650;
        letter-spacing: -0.01em;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .verified {
        display: grid;
        place-items: center;
        inline-size: 18px;
        block-size: 18px;
        border-radius: 50%;
        background: var(--_accent);
        color: var(--_on-accent);
      }
      .verified svg {
        inline-size: 12px;
        block-size: 12px;
        stroke-width: 2.5;
      }
      .unverified {
        color: var(--_muted);
        font-size: 12px;
      }
      .actions {
        display: flex;
        grid-area: actions;
        align-items: center;
        gap: 4px;
      }
      vc-channel-buttons {
        margin-inline-end: 4px;
      }
      .icon-button {
        color: var(--_muted);
      }
      .close:hover {
        color: var(--_danger-text);
      }
      vc-visitor-card {
        grid-area: card;
        min-inline-size: 0;
      }
      @container (width < 576px) {
        header {
          grid-template: 'who' auto 'actions' auto 'card' auto / minmax(0, 1fr);
          gap: 2px;
          padding-block: 8px 6px;
          padding-inline: 12px 8px;
        }
        .actions {
          margin-inline: -4px;
        }
        vc-channel-buttons {
          margin-inline-end: auto;
        }
      }
    `,
  ];

  #name = new Select(this, contactContext, ({ view }) => view?.visitor.name);
  #verified = new Select(this, contactContext, ({ view }) => view?.visitor.verified);
  #ended = new Select(this, contactContext, ({ view }) => view?.phase === 'ended');
  #offered = new Select(this, contactContext, ({ view }) => Boolean(view?.desk?.transfer));

  protected override render() {
    const name = this.#name.value ?? shared('visitor');
    return html`
      <header>
        <div class="who">
          ${avatar(name)}
          <div class="title">
            <h2>${name}</h2>
            ${
              this.#verified.value
                ? html`<span class="verified" role="img" aria-label=${t('verified')} title=${t('verified')}>${icon(icons.check)}</span>`
                : html`<span class="unverified" title=${t('notVerified')}>${t('notVerifiedShort')}</span>`
            }
            <vc-panel-clock></vc-panel-clock>
            <vc-panel-status></vc-panel-status>
          </div>
        </div>
        <div class="actions">
          <vc-channel-buttons></vc-channel-buttons>
          <vc-colour-tag></vc-colour-tag>
          ${
            this.#ended.value
              ? nothing
              : html`
                <button class="button icon-button" type="button" aria-haspopup="dialog" aria-label=${tools('transfer')}
                  title=${tools('transfer')} ?disabled=${this.#offered.value} @click=${this.#transfer}>${icon(deskIcons.handOver)}</button>
                <button class="button icon-button close" type="button" aria-label=${t('closeContact')}
                  title=${t('closeContact')} @click=${this.#close}>${icon(icons.close)}</button>`
          }
        </div>
        <vc-visitor-card></vc-visitor-card>
      </header>
    `;
  }

  #transfer(): void {
    this.dispatchEvent(new Event('transfer'));
  }

  #close(): void {
    this.dispatchEvent(new Event('close'));
  }
}

definePart('vc-panel-header', VcPanelHeader);

declare global {
  interface HTMLElementTagNameMap {
    'vc-panel-header': VcPanelHeader;
  }
}
