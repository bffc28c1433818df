import { css, html, nothing } from 'lit';
import type { ContactView } from '../../../core/protocol/server-frames.ts';
import { unreadCount } from '../../../core/transcript/status.ts';
import type { ContactState } from '../../store/contact-store.ts';
import { contactContext } from '../../store/contact-store.ts';
import { deskContext } from '../../store/desk-store.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { EverySecond } from '../every-second.ts';
import { icon } from '../icon.ts';
import * as icons from '../icons.ts';
import { Select } from '../select.ts';
import { t } from '../strings/console.ts';
import { timeText } from '../time-text.ts';
import * as deskIcons from './desk-icons.ts';

/** Counts on a badge stop here. */
const MOST = 99;
/** Milliseconds after which the next page should be there; who closed the last page, or whose tab died, has none. */
const LONGEST_MOVE = 10_000;

interface Presence {
  readonly sign: 'ended' | 'moving' | 'away' | 'writing' | 'idle';
  readonly icon: string;
  readonly says: string;
}

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
    [data-presence='moving'],
    [data-presence='away'] {
      color: var(--_warning-text);
    }
    .transfer {
      color: var(--_connecting);
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

  #view = new Select(this, contactContext, ({ view }) => view);
  #typing = new Select(this, contactContext, ({ otherTyping }) => otherTyping);
  #unread = new Select(this, contactContext, unreadOf);
  #skew = new Select(this, deskContext, ({ skew }) => skew);

  constructor() {
    super();
    new EverySecond(this, () => this.#moving);
  }

  protected override render() {
    const view = this.#view.value;
    const presence = view ? presenceOf(view, this.#moving !== null, this.#typing.value ?? false) : null;
    const transfer = view?.phase === 'assigned' ? view.desk?.transfer : null;
    const count = this.#unread.value ?? 0;
    const unread = count === 1 ? t('unreadOne') : t('unread', { count });
    return html`
      ${transfer ? sign('transfer', t('offeredTo', { name: transfer.to }), icon(deskIcons.handOver)) : nothing}
      ${
        presence
          ? html`<span role="img" data-presence=${presence.sign} aria-label=${presence.says} title=${presence.says}>
              ${icon(presence.icon)}
            </span>`
          : nothing
      }
      ${count > 0 ? sign('unread', unread, count > MOST ? `${MOST}+` : count) : nothing}
    `;
  }

  /** Since when the visitor is between two pages; null when they are not, or for too long. */
  get #moving(): number | null {
    const { moving = null } = this.#view.value ?? {};
    const now = Date.now() + (this.#skew.value ?? 0);
    return moving !== null && now - moving < LONGEST_MOVE ? moving : null;
  }
}

const sign = (kind: 'transfer' | 'unread', says: string, shown: unknown) =>
  html`<span class=${kind} role="img" aria-label=${says} title=${says}>${shown}</span>`;

/** What is most worth knowing: between two pages the visitor comes back, without a connection they may not. */
function presenceOf({ phase, away, idle }: ContactView, isMoving: boolean, typing: boolean): Presence | null {
  if (phase === 'ended') return { sign: 'ended', icon: icons.close, says: t('terminated') };
  if (isMoving) return { sign: 'moving', icon: icons.globe, says: t('changingPage') };
  if (away.visitor !== null) return { sign: 'away', icon: icons.globe, says: t('visitorLost') };
  if (typing) return { sign: 'writing', icon: icons.pencil, says: t('writing') };
  if (idle === null) return null;
  return { sign: 'idle', icon: deskIcons.asleep, says: t('idleSince', { time: timeText(idle) }) };
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
