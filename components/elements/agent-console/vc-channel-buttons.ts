import { css, html } from 'lit';
import type { CallKind, ChannelName, ChannelState } from '../../../core/contact/model.ts';
import { CHANNELS } from '../../../core/contact/model.ts';
import { contactContext } from '../../store/contact-store.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { request } from '../events.ts';
import { icon } from '../icon.ts';
import * as icons from '../icons.ts';
import { Select } from '../select.ts';
import { t } from '../strings/console.ts';
import { t as shared } from '../strings/shared.ts';

const ICONS: Readonly<Record<ChannelName, string>> = {
  sharing: icons.sharing,
  chat: icons.chat,
  voice: icons.phone,
  video: icons.video,
};
const PASSIVE = {
  active: 'channelActive',
  connecting: 'channelConnecting',
  available: 'channelAvailable',
  unavailable: 'channelUnavailable',
} as const;
const CLICKABLE = {
  active: 'channelActiveDrop',
  connecting: 'channelConnectingDrop',
  available: 'channelAvailableAsk',
  unavailable: 'channelUnavailable',
} as const;

/**
 * The four channels of the contact in context, as the server sees them. Voice and video ask for a call where they are
 * available, and end or cancel it where they are on; sharing and chat only show.
 */
export class VcChannelButtons extends VcElement {
  static override styles = css`
    .group {
      display: flex;
    }
    button {
      display: grid;
      place-items: center;
      inline-size: 40px;
      block-size: 40px;
      margin: 0;
      padding: 0;
      border: 0;
      border-radius: 50%;
      background: none;
      color: light-dark(#fff, #8b949e);
      cursor: pointer;
      -webkit-tap-highlight-color: transparent;
    }
    .disc {
      position: relative;
      display: grid;
      place-items: center;
      inline-size: 34px;
      block-size: 34px;
      border: 1px solid transparent;
      border-radius: 50%;
      background: var(--_unavailable);
      transition:
        background-color var(--_motion),
        box-shadow var(--_motion);
    }
    .disc svg {
      inline-size: 18px;
      block-size: 18px;
    }
    [data-state]:not([data-state='unavailable']) {
      color: #fff;
    }
    [data-state='available'] .disc {
      background: var(--_available);
    }
    [data-state='active'] .disc {
      background: var(--_active);
    }
    [data-state='connecting'] .disc {
      background: var(--_connecting);
    }
    /* Only its opacity moves: that costs the page no painting while a call is being set up. */
    [data-state='connecting'] .disc::after {
      content: '';
      position: absolute;
      inset: -5px;
      border: 4px solid var(--_connecting);
      border-radius: 50%;
      animation: breathe 1.4s ease-in-out infinite alternate;
    }
    button:hover:not([aria-disabled='true']) .disc {
      box-shadow: 0 0 0 3px var(--_press);
    }
    button[aria-disabled='true'] {
      cursor: default;
    }
    button:focus-visible {
      outline: 2px solid var(--_focus);
      outline-offset: -1px;
    }
    @keyframes breathe {
      from {
        opacity: 0;
      }
      to {
        opacity: 0.28;
      }
    }
    @media (prefers-reduced-motion: reduce) {
      .disc::after {
        display: none;
      }
    }
    @media (forced-colors: active) {
      .disc {
        border-color: ButtonText;
        color: ButtonText;
      }
      [data-state='active'] .disc {
        border-width: 3px;
      }
      [data-state='connecting'] .disc {
        border-style: dashed;
      }
      [data-state='unavailable'] .disc {
        border-color: GrayText;
        color: GrayText;
      }
    }
  `;

  #contact = new Select(this, contactContext, ({ id }) => id);
  #channels = new Select(this, contactContext, ({ view }) => view?.channels);

  protected override render() {
    return html`
      <div class="group" role="group" aria-label=${t('channels')}>
        ${CHANNELS.map((channel) => this.#renderChannel(channel, this.#channels.value?.[channel] ?? 'unavailable'))}
      </div>
    `;
  }

  #renderChannel(channel: ChannelName, state: ChannelState) {
    const call = isCall(channel);
    const says = t((call ? CLICKABLE : PASSIVE)[state], { channel: shared(channel) });
    return html`
      <button type="button" data-state=${state} aria-label=${shared(channel)} title=${says}
        aria-disabled=${!call || state === 'unavailable'} @click=${() => this.#click(channel, state)}>
        <span class="disc">${icon(ICONS[channel])}</span>
      </button>
    `;
  }

  #click(channel: ChannelName, state: ChannelState): void {
    if (!isCall(channel) || state === 'unavailable') return;
    const contact = this.#contact.value ?? null;
    if (state === 'available') request(this, 'vc-channel-request', { contact, channel });
    else request(this, 'vc-channel-drop-request', { contact, channel });
  }
}

const isCall = (channel: ChannelName): channel is CallKind => channel === 'voice' || channel === 'video';

definePart('vc-channel-buttons', VcChannelButtons);

declare global {
  interface HTMLElementTagNameMap {
    'vc-channel-buttons': VcChannelButtons;
  }
}
