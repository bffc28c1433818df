import { css, html, nothing } from 'lit';
import { state } from 'lit/decorators.js';
import type { RingerSettings, RingerState } from '../../store/ringer-store.ts';
import { ringerContext } from '../../store/ringer-store.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { request } from '../events.ts';
import { icon } from '../icon.ts';
import { controls } from '../parts/controls.ts';
import { Select } from '../select.ts';
import { t } from '../strings/console.ts';
import * as deskIcons from './desk-icons.ts';
import { switchStyles } from './switch-styles.ts';

const SWITCHES = [
  { key: 'sound', name: t('ringSound'), means: t('ringSoundMeans') },
  { key: 'title', name: t('ringTitle'), means: t('ringTitleMeans') },
  { key: 'notifications', name: t('ringNotifications'), means: t('ringNotificationsMeans') },
] as const;

/** How the console makes itself heard: a bell, and behind it what may ring. */
export class VcRinger extends VcElement {
  static override styles = [
    controls,
    switchStyles,
    css`
      .bell[data-silent] {
        color: var(--_muted);
      }
      .bell[data-ringing] svg {
        color: var(--_accent-text);
        transform-origin: 50% 10%;
        animation: swing 0.9s ease-in-out infinite;
      }
      @keyframes swing {
        25% {
          rotate: 12deg;
        }
        75% {
          rotate: -12deg;
        }
      }
      @media (prefers-reduced-motion: reduce) {
        .bell[data-ringing] svg {
          animation: none;
        }
      }
      /* Within the card around it: the bell may stand at either side of it. */
      .panel {
        position: absolute;
        z-index: 8;
        inset-block-start: 52px;
        inset-inline-end: 12px;
        display: grid;
        inline-size: 264px;
        padding: 8px;
        border-radius: var(--_radius);
        background: var(--_surface);
        box-shadow: var(--_shadow);
      }
      .switch {
        inline-size: 100%;
      }
      .means {
        display: block;
        color: var(--_muted);
        font-size: 12px;
        line-height: 1.35;
        text-align: start;
      }
      .problem {
        margin: 0;
        padding: 0 6px 6px;
        color: var(--_warning-text);
        font-size: 12px;
        line-height: 1.4;
      }
      .text {
        text-align: start;
      }
      @container (width < 1024px) {
        .panel {
          inset-inline: 12px auto;
        }
      }
      @media (forced-colors: active) {
        .panel {
          border: 1px solid;
        }
      }
    `,
  ];

  @state() private open = false;
  #ringer = new Select(this, ringerContext, (ringer) => ringer);
  #outside: AbortController | null = null;

  constructor() {
    super();
    this.addEventListener('keydown', (event) => this.#onKeydown(event));
    this.addEventListener('focusout', ({ relatedTarget }) => {
      if (relatedTarget instanceof Node && !this.renderRoot.contains(relatedTarget)) this.open = false;
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#outside?.abort();
    this.open = false;
  }

  protected override render() {
    const ringer = this.#ringer.value;
    if (!ringer) return nothing;
    const silent = !ringer.sound && !ringer.notifications;
    return html`
      <button class="bell button icon-button small" type="button" aria-expanded=${this.open} aria-controls="panel"
        aria-label=${t('ringing')} title=${t(silent ? 'ringingOff' : 'ringingOn')} ?data-silent=${silent}
        ?data-ringing=${ringer.ringing && !silent} @click=${this.#toggle}>
        ${icon(silent ? deskIcons.bellOff : deskIcons.bell)}
      </button>
      <div class="panel" id="panel" role="group" aria-label=${t('ringing')} ?hidden=${!this.open}>
        ${SWITCHES.map((each) => this.#renderSwitch(ringer, each))}
        ${this.#renderProblem(ringer)}
      </div>
    `;
  }

  protected override updated(): void {
    if (this.open && !this.#outside) {
      this.#outside = new AbortController();
      const { signal } = this.#outside;
      document.addEventListener('pointerdown', (event) => this.#onPointerdown(event), { signal });
    } else if (!this.open) {
      this.#outside?.abort();
      this.#outside = null;
    }
  }

  #renderSwitch(ringer: RingerState, { key, name, means }: (typeof SWITCHES)[number]) {
    const refused = key === 'notifications' && isRefused(ringer);
    const on = ringer[key] && !refused;
    return html`
      <button class="switch" type="button" role="switch" aria-checked=${on} aria-label=${name} aria-describedby="${key}-means"
        aria-disabled=${refused} @click=${() => this.#ask(ringer, key, !on)}>
        <span class="text">${name}<span class="means" id="${key}-means">${means}</span></span>
        <span class="track" aria-hidden="true"></span>
      </button>
    `;
  }

  #renderProblem(ringer: RingerState) {
    if (!isRefused(ringer)) return nothing;
    const denied = ringer.permission === 'denied';
    return html`
      <p class="problem">${t(denied ? 'ringNotificationsDenied' : 'ringNotificationsUnsupported')}</p>
    `;
  }

  #ask(ringer: RingerState, key: keyof RingerSettings, on: boolean): void {
    if (key === 'notifications' && isRefused(ringer)) return;
    request(this, 'vc-ringer-request', { change: { [key]: on } });
  }

  #toggle(): void {
    this.open = !this.open;
  }

  #onKeydown(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || !this.open) return;
    event.stopPropagation();
    this.open = false;
    this.renderRoot.querySelector<HTMLElement>('.bell')?.focus();
  }

  #onPointerdown(event: Event): void {
    if (!event.composedPath().includes(this)) this.open = false;
  }
}

/** Whether the browser lets no notification through, whatever is switched on here. */
const isRefused = ({ permission }: RingerState): boolean =>
  permission === 'denied' || permission === 'unsupported';

definePart('vc-ringer', VcRinger);

declare global {
  interface HTMLElementTagNameMap {
    'vc-ringer': VcRinger;
  }
}
