import { html, nothing } from 'lit';
import type { AgentStatus } from '../../../core/protocol/server-frames.ts';
import { deskContext } from '../../store/desk-store.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { request } from '../events.ts';
import { icon } from '../icon.ts';
import { controls } from '../parts/controls.ts';
import { Select } from '../select.ts';
import { t } from '../strings/console.ts';
import { t as shared } from '../strings/shared.ts';
import { avatar, avatarStyles } from './avatar.ts';
import * as deskIcons from './desk-icons.ts';
import { deskStatusStyles } from './desk-status-styles.ts';
import { stateText, statusText } from './status-text.ts';
import { switchStyles } from './switch-styles.ts';
import './vc-desk-check.ts';
import './vc-ringer.ts';

/** Each switch, whether it is on, and what the status is once it is the other way. */
const SWITCHES = [
  {
    name: t('available'),
    means: t('availableMeans'),
    isOn: ({ state }: AgentStatus) => state === 'available',
    turned: (status: AgentStatus): AgentStatus => ({
      ...status,
      state: status.state === 'available' ? 'away' : 'available',
      reason: null,
    }),
  },
  {
    name: shared('voice'),
    means: t('voiceMeans'),
    isOn: ({ voice }: AgentStatus) => voice,
    turned: (status: AgentStatus): AgentStatus => ({ ...status, voice: !status.voice }),
  },
  {
    name: shared('video'),
    means: t('videoMeans'),
    isOn: ({ video }: AgentStatus) => video,
    turned: (status: AgentStatus): AgentStatus => ({ ...status, video: !status.video }),
  },
] as const;

/**
 * Who the agent is, whether the server hears them, what they are available for, and, while they are not, why.
 *
 * @slot - Further buttons.
 */
export class VcDeskStatus extends VcElement {
  static override styles = [controls, avatarStyles, switchStyles, deskStatusStyles];

  #me = new Select(this, deskContext, ({ me }) => me);
  #status = new Select(this, deskContext, ({ status }) => status);
  #reasons = new Select(this, deskContext, ({ reasons }) => reasons);
  #reports = new Select(this, deskContext, ({ reports }) => reports);
  #connection = new Select(this, deskContext, ({ connection }) => connection);

  protected override render() {
    const name = this.#me.value?.name ?? '';
    const connection = this.#connection.value ?? 'connecting';
    const status = this.#status.value;
    return html`
      <section aria-label=${t('myStatus')}>
        <div class="me">
          ${avatar(name)}
          <div class="who">
            <span class="name">${name}</span>
            <span class="connection" role="status" data-state=${connection === 'online' ? (status?.state ?? nothing) : connection}>
              <span class="text">${status ? statusText(connection, status) : t('connecting')}</span>
            </span>
          </div>
          <div class="tools">
            <vc-ringer></vc-ringer>
            <vc-desk-check></vc-desk-check>
            ${
              this.#reports.value
                ? html`
                  <button class="button icon-button small" type="button" aria-label=${t('reports')} title=${t('reports')}
                    @click=${() => request(this, 'vc-page-request', { page: 'reports' })}>${icon(deskIcons.chart)}</button>`
                : nothing
            }
            <slot></slot>
          </div>
        </div>
        <div class="switches">${SWITCHES.map((each) => this.#renderSwitch(each))}</div>
        ${status && status.state !== 'available' ? this.#renderReason(status) : nothing}
      </section>
    `;
  }

  #renderSwitch({ name, means, isOn, turned }: (typeof SWITCHES)[number]) {
    const status = this.#status.value;
    return html`
      <button class="switch" type="button" role="switch" aria-checked=${status ? isOn(status) : false} title=${means}
        aria-disabled=${!this.#online} @click=${() => status && this.#ask(turned(status))}>
        <span>${name}</span><span class="track" aria-hidden="true"></span>
      </button>
    `;
  }

  #renderReason({ state, reason }: AgentStatus) {
    const choices = choicesOf(this.#reasons.value ?? [], reason);
    return html`
      <div class="reason">
        <select class="why" aria-label=${t('whyAway')} ?disabled=${!this.#online} @change=${this.#choose}>
          ${choices.map(
            (choice) => html`
              <option .selected=${choice.state === state && choice.reason === reason}>${stateText(choice.state, choice.reason)}</option>
            `,
          )}
        </select>
      </div>
    `;
  }

  get #online(): boolean {
    return this.#connection.value === 'online';
  }

  #choose(event: Event): void {
    const status = this.#status.value;
    if (!status) return;
    const select = event.target as HTMLSelectElement;
    const choices = choicesOf(this.#reasons.value ?? [], status.reason);
    const chosen = choices[select.selectedIndex];
    // What the server says is shown, not what was clicked.
    select.selectedIndex = choices.findIndex(
      ({ state, reason }) => state === status.state && reason === status.reason,
    );
    if (chosen) this.#ask({ ...status, ...chosen });
  }

  #ask(status: AgentStatus): void {
    if (this.#online) request(this, 'vc-status-request', { status });
  }
}

/** Away for no reason in particular, for one of the configured ones or a former one that still holds, or offline. */
function choicesOf(
  reasons: readonly string[],
  present: string | null,
): Pick<AgentStatus, 'state' | 'reason'>[] {
  const all = present === null || reasons.includes(present) ? reasons : [...reasons, present];
  const away = [null, ...all].map((reason) => ({ state: 'away', reason }) as const);
  return [...away, { state: 'offline', reason: null }];
}

definePart('vc-desk-status', VcDeskStatus);

declare global {
  interface HTMLElementTagNameMap {
    'vc-desk-status': VcDeskStatus;
  }
}
