import { css, html } from 'lit';
import type { AgentStatus } from '../../../core/protocol/server-frames.ts';
import { deskContext } from '../../store/desk-store.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { request } from '../events.ts';
import { Select } from '../select.ts';
import { t } from '../strings/console.ts';
import { t as shared } from '../strings/shared.ts';
import { avatar, avatarStyles } from './avatar.ts';
import { switchStyles } from './switch-styles.ts';

const SWITCHES = [
  { key: 'available', name: t('available'), means: t('availableMeans') },
  { key: 'voice', name: shared('voice'), means: t('voiceMeans') },
  { key: 'video', name: shared('video'), means: t('videoMeans') },
] as const;

const CONNECTIONS = {
  connecting: 'connecting',
  online: 'online',
  offline: 'offline',
  refused: 'signedOut',
} as const;

/** Who the agent is, whether the server hears them, and what they are available for. */
export class VcDeskStatus extends VcElement {
  static override styles = [
    avatarStyles,
    switchStyles,
    css`
      section {
        display: grid;
        gap: 10px;
        padding: 12px;
        border: 1px solid var(--_line);
        border-radius: var(--_radius);
        background: var(--_surface);
      }
      .me {
        display: flex;
        align-items: center;
        gap: 12px;
        min-inline-size: 0;
        padding-inline: 4px;
      }
      .who {
        display: grid;
        min-inline-size: 0;
        line-height: 1.3;
      }
      .name {
        overflow: hidden;
        font-weight: 600;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .connection {
        display: flex;
        align-items: center;
        gap: 6px;
        color: var(--_muted);
        font-size: 13px;
      }
      .connection::before {
        content: '';
        inline-size: 8px;
        block-size: 8px;
        border-radius: 50%;
        background: var(--_connecting);
      }
      .connection[data-connection='online']::before {
        background: var(--_active);
      }
      .connection[data-connection='refused']::before {
        background: var(--_danger);
      }
      .switches {
        display: grid;
      }
      @container (width < 1024px) {
        section {
          grid-template-columns: minmax(0, 1fr) auto;
          align-items: center;
          padding-block: 6px;
        }
        .switches {
          grid-auto-flow: column;
        }
      }
      @container (width < 480px) {
        section {
          gap: 4px;
          padding-inline: 8px;
        }
        .switch {
          flex-direction: column-reverse;
          gap: 2px;
          min-inline-size: 58px;
          font-size: 12px;
        }
        .avatar {
          display: none;
        }
      }
    `,
  ];

  #me = new Select(this, deskContext, ({ me }) => me);
  #status = new Select(this, deskContext, ({ status }) => status);
  #connection = new Select(this, deskContext, ({ connection }) => connection);

  protected override render() {
    const name = this.#me.value?.name ?? '';
    const connection = this.#connection.value ?? 'connecting';
    return html`
      <section aria-label=${t('myStatus')}>
        <div class="me">
          ${avatar(name)}
          <div class="who">
            <span class="name">${name}</span>
            <span class="connection" role="status" data-connection=${connection}>${t(CONNECTIONS[connection])}</span>
          </div>
        </div>
        <div class="switches">${SWITCHES.map((each) => this.#renderSwitch(each))}</div>
      </section>
    `;
  }

  #renderSwitch({ key, name, means }: (typeof SWITCHES)[number]) {
    const on = this.#status.value?.[key] ?? false;
    return html`
      <button class="switch" type="button" role="switch" aria-checked=${on} title=${means}
        aria-disabled=${this.#connection.value !== 'online'} @click=${() => this.#ask(key, !on)}>
        <span>${name}</span><span class="track" aria-hidden="true"></span>
      </button>
    `;
  }

  #ask(key: keyof AgentStatus, on: boolean): void {
    const status = this.#status.value;
    if (status && this.#connection.value === 'online')
      request(this, 'vc-status-request', { status: { ...status, [key]: on } });
  }
}

definePart('vc-desk-status', VcDeskStatus);

declare global {
  interface HTMLElementTagNameMap {
    'vc-desk-status': VcDeskStatus;
  }
}
