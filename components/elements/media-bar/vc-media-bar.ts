import { html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { RecordingPolicy } from '../../../core/contact/model.ts';
import type { CallHandle, CallState } from '../../store/call-handle.ts';
import { contactContext } from '../../store/contact-store.ts';
import { fetchCode } from '../../store/fetch-code.ts';
import { request } from '../events.ts';
import { EverySecond } from '../every-second.ts';
import { icon } from '../icon.ts';
import { CallPart } from '../parts/call-part.ts';
import { controls } from '../parts/controls.ts';
import { placePopover } from '../parts/place-popover.ts';
import { Select } from '../select.ts';
import { t } from '../strings/media.ts';
import { durationText } from '../time-text.ts';
import { tokens } from '../tokens.ts';
import { type CallControl, callControls } from './call-controls.ts';
import { isTroubled, progressOf } from './call-messages.ts';
import { connectCallRequests } from './call-requests.ts';
import { FollowedCall } from './followed-call.ts';
import { mediaBarStyles } from './media-bar-styles.ts';

/** More buttons than this stand in two rows where it is narrow: those for a finger are larger. */
const ROW = { mouse: 8, finger: 6 };

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
 * @fires vc-screen-request - Share a screen, or stop; `{ on }`.
 * @fires vc-snapshot-request - Keep a picture of what the other side shows; `{}`. Only agents inside their console have it.
 * @fires vc-recording-request - Begin or end a recording; `{ on }`.
 * @fires vc-expand-request - Make the stage larger or small again; `{ on }`.
 * @fires vc-detach-request - Give the call a window of its own, or bring it back; `{ on }`. Only inside widget and console.
 * @fires vc-hangup-request - End the call for both; `{}`.
 *
 * @csspart layout - Holds the other parts.
 * @csspart status - Call time, recording mark, how well the call is carried.
 * @csspart message - Where the call stands, and what is wrong with a device.
 * @csspart toolbar - The buttons.
 *
 * @cssprop --vc-radius - Corner radius of surfaces, a length; that of the controls follows it. 16px by default.
 * @cssprop --vc-font - Font family.
 */
export class VcMediaBar extends CallPart {
  static override styles = [tokens, controls, mediaBarStyles];

  /** The call to control, in place of the one in context. */
  @property({ attribute: false }) call: CallHandle | null = null;
  /** Somebody here can give the call a window of its own. */
  @property({ type: Boolean, attribute: 'can-detach' }) canDetach = false;
  /** The button that takes part in the tab order, by place. */
  @state() private tabStop = 0;
  /** The settings: closed, their code is on its way, shown, or it did not come. */
  @state() private settings: 'closed' | 'loading' | 'open' | 'failed' = 'closed';
  /** What shows how the call is carried is there: it comes when there is something to show. */
  @state() private health = false;
  /** So does what helps with a device. */
  @state() private help = false;
  @query('#settings') private panel!: HTMLElement | null;
  #side = new Select(this, contactContext, ({ own }) => own);
  #recording = new Select(this, contactContext, ({ view }) => view?.recording);
  #followed = new FollowedCall(this, () => this.call);
  #disconnected: AbortController | null = null;

  constructor() {
    super();
    new EverySecond(this, () => this.#followed.state?.activeSince ?? null);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#disconnected = new AbortController();
    const { signal } = this.#disconnected;
    connectCallRequests(this, () => this.call, signal);
    // A tablet may get a mouse.
    finger().addEventListener('change', () => this.requestUpdate(), { signal });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#disconnected?.abort();
  }

  protected override render() {
    const { handle, state } = this.#followed;
    if (!handle || !state) return nothing;
    const shown = callControls(state, {
      snapshots: this.#side.value === 'agent',
      canDetach: this.canDetach,
    });
    const tabStop = Math.min(this.tabStop, shown.length - 1);
    return html`
      <div class="layout" part="layout" @keydown=${this.#onEscape}>
        <div class="status" part="status">
          ${statusOf(state)}${this.health ? html`<vc-call-health .call=${handle}></vc-call-health>` : nothing}
        </div>
        <div class="message" part="message" role="status">${messagesOf(handle, this.#recording.value)}${this.#help(handle)}</div>
        <div class="toolbar" part="toolbar" role="toolbar" ?data-many=${shown.length > ROW[finger().matches ? 'finger' : 'mouse']} aria-label=${t('callControls')}
          @keydown=${this.#onKeydown} @focusin=${this.#onFocusin}>
          ${shown.map((control, at) => this.#button(control, at === tabStop))}
        </div>
        <div class="settings" id="settings" popover role="dialog" aria-label=${t('settings')}
          @beforetoggle=${this.#onSettings}>
          ${this.settings === 'open' ? html`<vc-call-settings .call=${handle} .visitor=${this.#side.value === 'visitor'}></vc-call-settings>` : nothing}
          ${this.settings === 'failed' ? html`<p>${t('settingsFailed')}</p>` : nothing}
        </div>
      </div>
    `;
  }

  protected override willUpdate(): void {
    const { state } = this.#followed;
    if ((state?.quality || state?.safety) && !this.health) void this.#bringHealth();
    if (state && isTroubled(state) && !this.help) void this.#bringHelp();
  }

  protected override updated(): void {
    // For whoever lays the buttons out.
    this.toggleAttribute('touch', finger().matches);
    this.toggleAttribute('many', this.renderRoot.querySelector('[data-many]') !== null);
    if (this.settings !== 'closed') void this.#place();
  }

  #button(control: CallControl, isTabStop: boolean) {
    const { request: wanted } = control;
    const settings = wanted === 'settings';
    const ask = () => {
      if (settings || control.idle) return;
      const [type, detail] = wanted;
      request(this, type, detail);
    };
    return html`
      <button class="button control" type="button" data-look=${control.look} tabindex=${isTabStop ? 0 : -1}
        aria-label=${control.label} title=${control.label} aria-disabled=${control.idle || nothing}
        popovertarget=${settings ? 'settings' : nothing} @click=${ask}>
        ${icon(control.icon)}
      </button>
    `;
  }

  /** Escape closes what is open here, and nothing around it. */
  #onEscape(event: KeyboardEvent): void {
    if (event.key === 'Escape' && this.settings !== 'closed') event.stopPropagation();
  }

  async #onSettings({ newState }: ToggleEvent): Promise<void> {
    this.settings = newState === 'open' ? 'loading' : 'closed';
    if (this.settings === 'closed') return;
    const loaded = await fetchCode(() => import('../parts/vc-call-settings.ts')).then(
      () => 'open' as const,
      () => 'failed' as const,
    );
    if (this.settings === 'loading') this.settings = loaded;
  }

  /** When it does not come, the next measure asks again. */
  async #bringHealth(): Promise<void> {
    this.health = await fetchCode(() => import('../parts/vc-call-health.ts')).then(
      () => true,
      () => false,
    );
  }

  /** When it does not come, the next change of the call asks again. */
  async #bringHelp(): Promise<void> {
    this.help = await fetchCode(() => import('../parts/vc-device-help.ts')).then(
      () => true,
      () => false,
    );
  }

  #help(call: CallHandle): TemplateResult | typeof nothing {
    if (!isTroubled(call.store.state)) return nothing;
    return this.help
      ? html`<vc-device-help .devices=${call} ?has-chat=${this.#side.value === 'visitor'}></vc-device-help>`
      : html`<p class="problem">${t('deviceTrouble')}</p>`;
  }

  async #place(): Promise<void> {
    await this.renderRoot.querySelector('vc-call-settings')?.updateComplete;
    const anchor = this.renderRoot.querySelector('.toolbar');
    if (this.panel && anchor) placePopover(this.panel, anchor);
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

const finger = (): MediaQueryList => matchMedia('(pointer: coarse)');

function statusOf({ activeSince, recording }: CallState) {
  const since = recording?.status === 'on' ? recording.since : null;
  const seconds = (from: number) => durationText((Date.now() - from) / 1000);
  const clock = html`<span role="timer" aria-label=${t('duration')}>${activeSince !== null && seconds(activeSince)}</span>`;
  const mark =
    since !== null &&
    html`<span class="recording"><i></i>${t('recording')} <span>${seconds(since)}</span></span>`;
  return [activeSince === null ? nothing : clock, mark || nothing];
}

function messagesOf(call: CallHandle, recording: RecordingPolicy | undefined) {
  const { state } = call.store;
  const progress = progressOf(state);
  return [
    progress ? html`<p class=${state.status === 'lost' ? 'problem' : ''}>${progress}</p>` : nothing,
    // Who asked has agreed by it, as who answers does.
    state.status === 'waiting' && recording === 'always' ? html`<p>${t('willRecord')}</p>` : nothing,
    // The mark is seen at once; who does not see it is told.
    state.recording?.status === 'on' ? html`<p class="visually-hidden">${t('recorded')}</p>` : nothing,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'vc-media-bar': VcMediaBar;
  }
}
