import { css, html, nothing } from 'lit';
import { unreadCount } from '../../../core/transcript/status.ts';
import type { ContactState } from '../../store/contact-store.ts';
import { contactContext } from '../../store/contact-store.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { icon } from '../icon.ts';
import * as icons from '../icons.ts';
import { Select } from '../select.ts';
import { t } from '../strings/console.ts';

/** Counts on a badge stop here. */
const MOST = 99;

const PRESENCE = {
  ended: { icon: icons.close, says: t('terminated') },
  writing: { icon: icons.pencil, says: t('writing') },
  away: { icon: icons.globe, says: t('away') },
} as const;

/** What the visitor does just now, and how much of what they wrote was not read. */
export class VcPanelStatus extends VcElement {
  static override styles = css`
    :host {
      display: flex;
      align-items: center;
      gap: 6px;
      color: var(--_muted);
    }
    span {
      display: grid;
      place-items: center;
    }
    svg {
      inline-size: 18px;
      block-size: 18px;
    }
    [data-presence='writing'] {
      color: var(--_accent-text);
    }
    [data-presence='away'] {
      color: var(--_warning-text);
    }
    .unread {
      min-inline-size: 20px;
      block-size: 20px;
      padding-inline: 6px;
      border-radius: 10px;
      background: var(--_danger);
      color: var(--_on-danger);
      font-size: 12px;
      font-weight: 650;
      font-variant-numeric: tabular-nums;
      line-height: 1;
    }
    @media (forced-colors: active) {
      .unread {
        border: 1px solid;
      }
    }
  `;

  #presence = new Select(this, contactContext, presenceOf);
  #unread = new Select(this, contactContext, unreadOf);

  protected override render() {
    const presence = this.#presence.value && PRESENCE[this.#presence.value];
    const count = this.#unread.value ?? 0;
    const unread = count === 1 ? t('unreadOne') : t('unread', { count });
    return html`
      ${
        presence
          ? html`<span role="img" data-presence=${this.#presence.value ?? nothing} aria-label=${presence.says} title=${presence.says}>
              ${icon(presence.icon)}
            </span>`
          : nothing
      }
      ${
        count > 0
          ? html`<span class="unread" role="img" aria-label=${unread} title=${unread}>
              ${count > MOST ? `${MOST}+` : count}
            </span>`
          : nothing
      }
    `;
  }
}

function presenceOf({ view, otherTyping }: ContactState): keyof typeof PRESENCE | null {
  if (view?.phase === 'ended') return 'ended';
  if (view && view.away.visitor !== null) return 'away';
  return otherTyping ? 'writing' : null;
}

/** Messages of the visitor that were not on the screen yet. */
export const unreadOf = ({ view, transcript, own }: ContactState): number =>
  view ? unreadCount(transcript.entries, own, view.cursors[own].read) : 0;

definePart('vc-panel-status', VcPanelStatus);

declare global {
  interface HTMLElementTagNameMap {
    'vc-panel-status': VcPanelStatus;
  }
}
