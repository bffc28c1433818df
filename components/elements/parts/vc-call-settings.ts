import { html, nothing, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import type { CallState } from '../../store/call-handle.ts';
import type { DeviceHandle, DeviceKind, DeviceState, Resolution } from '../../store/device-handle.ts';
import { definePart } from '../define-part.ts';
import { request } from '../events.ts';
import { Follow } from '../follow.ts';
import { t } from '../strings/call-settings.ts';
import { CallPart } from './call-part.ts';
import { callSettingsStyles } from './call-settings-styles.ts';
import { controls } from './controls.ts';
import { playStream } from './play-stream.ts';
import { testSound } from './test-sound.ts';

const RESOLUTIONS: readonly Resolution[] = ['default', 'high', 'low'];
const CHOICES = { microphone: 'microphones', camera: 'cameras', speaker: 'speakers' } as const;

/**
 * Which devices are used and how, for a call or before one. What is chosen is used at once; what is shown is what the
 * devices report.
 *
 * @fires vc-screen-request
 */
export class VcCallSettings extends CallPart {
  static override styles = [controls, callSettingsStyles];

  @property({ attribute: false }) call: DeviceHandle | null = null;
  /** Who looks is the visitor: only their page is worth showing by itself. */
  @property({ type: Boolean }) visitor = false;
  /** The own picture, and whether devices are on, are shown by whoever stands around. */
  @property({ type: Boolean }) plain = false;
  @query('video') private video!: HTMLVideoElement;
  @query('[role=meter]') private meter!: HTMLElement;
  #followed: DeviceHandle | null = null;
  #leaving = new AbortController();

  constructor() {
    super();
    new Follow(this, () => this.call?.store ?? null);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#follow(null);
  }

  protected override render(): TemplateResult | typeof nothing {
    const state = this.call?.store.state;
    if (!state) return nothing;
    const { own, devices } = state;
    return html`
      ${this.#choice('microphone', state)}
      <div class="meter" role="meter" aria-label=${t('level')} aria-valuemin="0" aria-valuemax="100" aria-valuenow="0"><i></i></div>
      ${own.microphone || this.plain ? nothing : html`<p class="aside">${t('muted')}</p>`}
      ${devices.speakers.length ? this.#choice('speaker', state) : html`<p class="aside">${t('speakerFixed')}</p>`}
      <button class="button outline small" type="button" @click=${this.#onTest}>${t('test')}</button>
      ${this.#choice('camera', state)}
      <video class="preview" playsinline .muted=${true} ?hidden=${!own.camera || own.screen || this.plain} aria-label=${t('preview')}></video>
      ${own.camera || this.plain ? nothing : html`<p class="aside">${t('cameraOff')}</p>`}
      <label>${t('resolution')}
        <select name="resolution" @change=${this.#onResolution}>
          ${RESOLUTIONS.map((resolution) => html`<option value=${resolution}>${t(resolution)}</option>`)}
        </select>
      </label>
      ${
        this.visitor && canSharePage(state)
          ? html`<button class="button outline small" type="button" @click=${this.#onSharePage}>${t('sharePage')}</button>`
          : nothing
      }
    `;
  }

  protected override updated(): void {
    // After the options are there: before, a value that none of them has is dropped.
    for (const select of this.renderRoot.querySelectorAll('select')) {
      const { devices } = this.call?.store.state ?? {};
      select.value = devices?.[select.name as DeviceKind | 'resolution'] ?? '';
    }
    this.#follow(this.isConnected ? this.call : null);
  }

  #choice(device: DeviceKind, { devices }: DeviceState): TemplateResult {
    const all = devices[CHOICES[device]];
    const choose = ({ target }: Event) =>
      void this.call?.chooseDevice(device, (target as HTMLSelectElement).value);
    return html`
      <label>${t(device)}
        <select name=${device} ?disabled=${!all.length} @change=${choose}>
          <option value="">${all.length ? t('standard') : t('none')}</option>
          ${all
            .filter(({ id }) => id)
            .map(
              ({ id, label }, at) =>
                html`<option value=${id}>${label || t('numbered', { number: at + 1 })}</option>`,
            )}
        </select>
      </label>
    `;
  }

  #onResolution({ target }: Event): void {
    void this.call?.setResolution((target as HTMLSelectElement).value as Resolution);
  }

  #onTest(): void {
    void testSound(this.call?.store.state.devices.speaker ?? '');
  }

  #onSharePage(): void {
    request(this, 'vc-screen-request', { on: true, pageOnly: true });
  }

  /** Plays and measures what `handle` captures, for as long as this stands in the document. */
  #follow(handle: DeviceHandle | null): void {
    if (handle === this.#followed) return;
    this.#leaving.abort();
    this.#followed = handle;
    if (!handle) return;
    this.#leaving = new AbortController();
    playStream(this.video, handle.ownStream, () => {}, this.#leaving.signal);
    const stop = handle.meter.subscribe(({ level }) => this.#show(level));
    this.#leaving.signal.addEventListener('abort', stop);
  }

  #show(level: number): void {
    const percent = Math.round(level * 100);
    this.meter.style.setProperty('--_level', `${percent}%`);
    this.meter.setAttribute('aria-valuenow', String(percent));
  }
}

/** A running call that can; before one nothing is shared. */
function canSharePage(state: DeviceState): boolean {
  const { canSharePage, status, own } = state as DeviceState & Partial<CallState>;
  return Boolean(canSharePage) && status === 'active' && !own.screen;
}

definePart('vc-call-settings', VcCallSettings);

declare global {
  interface HTMLElementTagNameMap {
    'vc-call-settings': VcCallSettings;
  }
}
