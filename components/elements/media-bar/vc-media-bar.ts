import { html, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { CallHandle, CallState } from '../../store/call-handle.ts';
import { VcElement } from '../base-element.ts';
import { request } from '../events.ts';
import { EverySecond } from '../every-second.ts';
import { icon } from '../icon.ts';
import { controls } from '../parts/controls.ts';
import { t } from '../strings/media.ts';
import { durationText } from '../time-text.ts';
import { tokens } from '../tokens.ts';
import { type CallControl, callControls } from './call-controls.ts';
import { problemsOf, progressOf } from './call-messages.ts';
import { connectCallRequests } from './call-requests.ts';
import { FollowedCall } from './followed-call.ts';
import { mediaBarStyles } from './media-bar-styles.ts';

/**
 * The controls of a call. Inside `<vc-widget>` and `<vc-agent-console>` it finds their call by itself; alone it takes one
 * from `.call` and carries its requests out on it. Empty while there is no call. Its buttons show what the call reports, never what was
 * clicked.
 *
 * The buttons are a toolbar (https://www.w3.org/WAI/ARIA/apg/patterns/toolbar/): one tab stop, then arrow keys, Home and End.
 *
 * @tag vc-media-bar
 *
 * @fires vc-microphone-request - Switch the own microphone; `{ on }`. Cancel any request to keep it from being carried out.
 * @fires vc-camera-request - Switch the own camera; `{ on }`.
 * @fires vc-sound-request - Switch the other side's sound here; `{ on }`.
 * @fires vc-recording-request - Begin or end a recording; `{ on }`.
 * @fires vc-expand-request - Make the stage larger or small again; `{ on }`.
 * @fires vc-hangup-request - End the call for both; `{}`.
 *
 * @csspart layout - Holds the other parts.
 * @csspart status - Call time and recording mark.
 * @csspart message - Where the call stands, and what is wrong with a device.
 * @csspart toolbar - The buttons.
 *
 * @cssprop --vc-radius - Corner radius of surfaces, a length; that of the controls follows it. 16px by default.
 * @cssprop --vc-font - Font family.
 */
export class VcMediaBar extends VcElement {
  static override styles = [tokens, controls, mediaBarStyles];

  /** The call to control, in place of the one in context. */
  @property({ attribute: false }) call: CallHandle | null = null;
  /** The button that takes part in the tab order, by place. */
  @state() private tabStop = 0;
  #followed = new FollowedCall(this, () => this.call);
  #disconnected: AbortController | null = null;

  constructor() {
    super();
    new EverySecond(this, () => this.#followed.state?.activeSince ?? null);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#disconnected = new AbortController();
    connectCallRequests(this, () => this.call, this.#disconnected.signal);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#disconnected?.abort();
  }

  protected override render() {
    const { state } = this.#followed;
    if (!state) return nothing;
    const shown = callControls(state);
    const tabStop = Math.min(this.tabStop, shown.length - 1);
    return html`
      <div class="layout" part="layout">
        <div class="status" part="status">${statusOf(state)}</div>
        <div class="message" part="message" role="status">${messagesOf(state)}</div>
        <div class="toolbar" part="toolbar" role="toolbar" aria-label=${t('callControls')}
          @keydown=${this.#onKeydown} @focusin=${this.#onFocusin}>
          ${shown.map((control, at) => this.#button(control, at === tabStop))}
        </div>
      </div>
    `;
  }

  #button(control: CallControl, isTabStop: boolean) {
    const ask = () => {
      const [type, detail] = control.request;
      if (!control.idle) request(this, type, detail);
    };
    return html`
      <button class="button control" type="button" data-look=${control.look} tabindex=${isTabStop ? 0 : -1}
        aria-label=${control.label} title=${control.label} aria-disabled=${control.idle || nothing} @click=${ask}>
        ${icon(control.icon)}
      </button>
    `;
  }

  get #buttons(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('.control')];
  }

  #onFocusin(event: FocusEvent): void {
    this.tabStop = this.#buttons.indexOf(event.target as HTMLElement);
  }

  #onKeydown(event: KeyboardEvent): void {
    const buttons = this.#buttons;
    const { length } = buttons;
    const forward = getComputedStyle(this).direction === 'rtl' ? -1 : 1;
    const targets: Readonly<Record<string, number>> = {
      ArrowRight: this.tabStop + forward,
      ArrowLeft: this.tabStop - forward,
      Home: 0,
      End: length - 1,
    };
    const target = targets[event.key];
    if (target === undefined) return;
    event.preventDefault();
    buttons[(target + length) % length]?.focus();
  }
}

function statusOf({ activeSince, recording }: CallState) {
  const since = recording?.status === 'on' ? recording.since : null;
  const seconds = (from: number) => durationText((Date.now() - from) / 1000);
  const clock = html`<span role="timer" aria-label=${t('duration')}>${activeSince !== null && seconds(activeSince)}</span>`;
  const mark =
    since !== null &&
    html`<span class="recording"><i></i>${t('recording')} <span>${seconds(since)}</span></span>`;
  return [activeSince === null ? nothing : clock, mark || nothing];
}

function messagesOf(state: CallState) {
  const progress = progressOf(state);
  return [
    progress ? html`<p class=${state.status === 'lost' ? 'problem' : ''}>${progress}</p>` : nothing,
    // The mark is seen at once; who does not see it is told.
    state.recording?.status === 'on' ? html`<p class="visually-hidden">${t('recorded')}</p>` : nothing,
    ...problemsOf(state).map((problem) => html`<p class="problem">${problem}</p>`),
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'vc-media-bar': VcMediaBar;
  }
}
