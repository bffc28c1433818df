import { css, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { CallState } from '../../store/call-handle.ts';
import type { DeviceHandle, DeviceProblem } from '../../store/device-handle.ts';
import { definePart } from '../define-part.ts';
import { request } from '../events.ts';
import { Follow } from '../follow.ts';
import { icon } from '../icon.ts';
import { close } from '../icons.ts';
import { t } from '../strings/device-help.ts';
import { browserOf, stepsFor } from './browser-steps.ts';
import { CallPart } from './call-part.ts';
import { controls } from './controls.ts';

const DEVICES = ['microphone', 'camera'] as const;
type Device = (typeof DEVICES)[number];

const SCREEN = {
  denied: 'screenDenied',
  missing: 'screenMissing',
  busy: 'screenBusy',
  insecure: 'screenInsecure',
  unsupported: 'screenUnsupported',
} as const satisfies Record<DeviceProblem, string>;
const HINTS = {
  missing: 'missingHint',
  busy: 'busyHint',
  insecure: 'insecureHint',
  unsupported: 'unsupportedHint',
} as const;
/** What this page cannot change by asking once more. */
const FINAL: readonly DeviceProblem[] = ['insecure', 'unsupported'];

/**
 * What is wrong with this side's devices, what goes on without them, and how to get them back: with the steps for this
 * browser, and another try that needs no new page. A device that is allowed meanwhile is taken by itself.
 *
 * @fires vc-microphone-request
 * @fires vc-camera-request
 * @fires vc-hangup-request
 */
export class VcDeviceHelp extends CallPart {
  static override styles = [
    controls,
    css`
      :host,
      .problem {
        display: grid;
        gap: 6px;
      }
      .problem {
        max-inline-size: 420px;
        padding: 8px 12px;
        border-radius: 14px;
        background: var(--_warning-soft);
        color: var(--_warning-text);
        font-size: 13px;
      }
      p,
      ol {
        margin: 0;
      }
      ol {
        padding-inline-start: 20px;
      }
      li {
        margin-block-start: 4px;
      }
      b {
        font-weight: 650;
      }
      .notice {
        display: flex;
        align-items: center;
        gap: 4px;
      }
      .dismiss {
        display: grid;
        place-items: center;
        inline-size: 24px;
        block-size: 24px;
        margin-inline-end: -6px;
        padding: 0;
        border: 0;
        border-radius: 50%;
        background: none;
        color: inherit;
        cursor: pointer;
      }
      .dismiss svg {
        inline-size: 14px;
        block-size: 14px;
      }
      summary {
        padding-block: 6px;
        cursor: pointer;
      }
      /* Beside the buttons; open, the steps have lines of their own above them. */
      .actions {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 6px 12px;
      }
      details[open] {
        flex-basis: 100%;
      }
      .button {
        border-color: currentcolor;
      }
      @media (pointer: coarse) {
        .button,
        summary {
          min-block-size: 44px;
        }
      }
    `,
  ];

  @property({ attribute: false }) devices: DeviceHandle | null = null;
  /** There is a conversation to go on with when the call ends. */
  @property({ type: Boolean, attribute: 'has-chat' }) hasChat = false;
  #browser = browserOf(navigator.userAgent, navigator.maxTouchPoints);
  #watching = new AbortController();

  constructor() {
    super();
    new Follow(this, () => this.devices?.store ?? null);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#watching = new AbortController();
    for (const device of DEVICES) void this.#watch(device, this.#watching.signal);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#watching.abort();
  }

  protected override render() {
    const { screenProblem = null }: Partial<CallState> = this.devices?.store.state ?? {};
    return html`
      ${DEVICES.map((device) => {
        const problem = this.#problemOf(device);
        return problem ? this.#problem(device, problem) : nothing;
      })}
      ${this.#notice()}
      ${screenProblem ? html`<p class="problem">${t(SCREEN[screenProblem])}</p>` : nothing}
    `;
  }

  #problem(device: Device, problem: DeviceProblem): TemplateResult {
    // What is said of the microphone helps with both, and one thing after the other is enough.
    if (device === 'camera' && problem === this.#problemOf('microphone'))
      return html`<p class="problem" data-device=${device}><b>${t(problem, { device: t(device) })}</b></p>`;
    const says = t(problem, { device: t(device) });
    const hint = problem === 'denied' ? '' : t(HINTS[problem]);
    const isMicrophone = device === 'microphone';
    return html`
      <div class="problem" data-device=${device}>
        <p><b>${says}</b> ${hint} ${t(isMicrophone ? 'withoutMicrophone' : 'withoutCamera')}</p>
        <div class="actions">
          ${
            problem === 'denied'
              ? html`<details><summary>${t('howTo')}</summary>
                  <ol>${stepsFor(device, this.#browser).map((step) => html`<li>${step}</li>`)}</ol>
                </details>`
              : nothing
          }
          ${FINAL.includes(problem) ? nothing : button(t('tryAgain'), () => this.#retry(device))}
          ${
            isMicrophone && this.hasChat
              ? button(t('goOnInChat'), () => request(this, 'vc-hangup-request', {}))
              : nothing
          }
        </div>
      </div>
    `;
  }

  /** A device is gone, and another took its place. */
  #notice(): TemplateResult | typeof nothing {
    const notice = this.devices?.store.state.notice;
    if (!notice) return nothing;
    const device = notice.gone || t(notice.device);
    const says =
      notice.now === null
        ? t('gone', { device })
        : t('goneNow', { device, now: notice.now || t('anotherOne') });
    return html`
      <p class="problem notice">${says}<button class="dismiss" type="button" aria-label=${t('dismiss')} title=${t('dismiss')}
          @click=${() => this.devices?.dismissNotice()}>${icon(close)}</button></p>
    `;
  }

  #problemOf(device: Device): DeviceProblem | null {
    return this.devices?.store.state[`${device}Problem`] ?? null;
  }

  #retry(device: Device): void {
    const problem = this.#problemOf(device);
    for (const other of DEVICES)
      if (this.#problemOf(other) === problem) request(this, `vc-${other}-request`, { on: true });
  }

  /** @see https://www.w3.org/TR/permissions/ ; browsers that keep the answer to themselves leave the button. */
  async #watch(device: Device, signal: AbortSignal): Promise<void> {
    const status = await navigator.permissions?.query({ name: device as PermissionName }).catch(() => null);
    if (!status || signal.aborted) return;
    const look = () => {
      if (status.state === 'granted' && this.#problemOf(device) === 'denied') this.#retry(device);
    };
    status.addEventListener('change', look, { signal });
  }
}

const button = (text: string, act: () => void): TemplateResult =>
  html`<button class="button outline small" type="button" @click=${act}>${text}</button>`;

definePart('vc-device-help', VcDeviceHelp);

declare global {
  interface HTMLElementTagNameMap {
    'vc-device-help': VcDeviceHelp;
  }
}
