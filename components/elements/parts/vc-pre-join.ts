import { ContextConsumer, ContextEvent } from '@lit/context';
import { html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { CallFactory } from '../../store/call-factory.ts';
import { type CallHandle, callContext } from '../../store/call-handle.ts';
import type { DevicePreview, DeviceState } from '../../store/device-handle.ts';
import { fetchCode } from '../../store/fetch-code.ts';
import { serverContext } from '../../store/server-context.ts';
import { VcElement } from '../base-element.ts';
import * as icons from '../call-icons.ts';
import { definePart } from '../define-part.ts';
import { request } from '../events.ts';
import { Follow } from '../follow.ts';
import { icon } from '../icon.ts';
import { video } from '../icons.ts';
import { t as media } from '../strings/media.ts';
import { t } from '../strings/pre-join.ts';
import { controls } from './controls.ts';
import { playStream } from './play-stream.ts';
import { preJoinStyles } from './pre-join-styles.ts';

/** What the visitor, or the agent, decided before the call. */
export type JoinDetail = {
  /** Whether they want to be heard; not, when they switched it off here. */
  readonly microphone: boolean;
  /** Whether they want to be seen from the beginning. */
  readonly camera: boolean;
};

/**
 * The own picture, the loudness of the microphone, a test sound, the choice of devices, and a check of the connection:
 * before a call, and never in its way. The devices are open while this is in the document, and released before `join`.
 *
 * @fires vc-preview-request
 * @fires join - Go on, with `detail.microphone` and `detail.camera` as they were left; does not bubble.
 * @fires leave - Back to where this was opened; does not bubble.
 */
export class VcPreJoin extends VcElement {
  static override styles = [controls, preJoinStyles];

  /** The camera is open from the beginning. */
  @property({ type: Boolean }) camera = false;
  /** There is nothing to join: it is opened from the settings. */
  @property({ type: Boolean }) alone = false;
  @state() private preview: DevicePreview | null = null;
  @state() private failed = false;
  @state() private checking = false;
  @query('video') private video!: HTMLVideoElement | null;
  @query('h2') private heading!: HTMLElement | null;
  #server = new ContextConsumer(this, { context: serverContext });
  #leaving = new AbortController();
  #played: DevicePreview | null = null;

  constructor() {
    super();
    new Follow(this, () => this.preview?.store ?? null);
    // Of the help below: about these devices, and nothing of a call around.
    for (const [type, set] of [
      ['vc-microphone-request', (on: boolean) => this.#setMicrophone(on)],
      ['vc-camera-request', (on: boolean) => this.preview?.setCamera(on)],
    ] as const)
      this.addEventListener(type, (event) => {
        event.stopPropagation();
        void set(event.detail.on);
      });
    this.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || event.isComposing) return;
      // Answered here: nothing around should close as well.
      event.stopPropagation();
      this.#leave();
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#leaving = new AbortController();
    this.#open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#close();
  }

  protected override firstUpdated(): void {
    this.heading?.focus({ preventScroll: true });
  }

  protected override render(): TemplateResult {
    const { preview } = this;
    return html`
      <header><h2 tabindex="-1">${t(this.alone ? 'deskTitle' : 'title')}</h2></header>
      <div class="scroll">
        ${this.failed ? this.#failure() : this.#stage(preview)}
        ${
          preview
            ? html`
              ${isTroubled(preview.store.state) ? html`<vc-device-help .devices=${preview}></vc-device-help>` : nothing}
              <vc-call-settings plain .call=${preview}></vc-call-settings>
            `
            : nothing
        }
        ${this.#connection()}
      </div>
      ${this.#foot(preview?.store.state)}
    `;
  }

  protected override updated(): void {
    const { preview, video } = this;
    if (!preview || !video || preview === this.#played) return;
    this.#played = preview;
    playStream(video, preview.ownStream, () => {}, this.#leaving.signal);
  }

  #stage(preview: DevicePreview | null): TemplateResult {
    const { own, microphoneProblem, cameraProblem } = preview?.store.state ?? {};
    const isAsking =
      !own?.microphone && !own?.camera && !microphoneProblem && !cameraProblem && !this.#isMuted;
    return html`
      <div class="stage">
        <video playsinline .muted=${true} ?hidden=${!own?.camera} aria-label=${t('yourPicture')}></video>
        ${own?.camera ? nothing : html`<p class="word" role="status">${isAsking ? html`${t('opening')} ${t('allow')}` : t(cameraProblem ? 'noCamera' : 'cameraOff')}</p>`}
        ${preview && !isAsking ? this.#switches(preview.store.state) : nothing}
      </div>
    `;
  }

  /** The microphone was switched off here: then its being off is no question that is open. */
  #isMuted = false;

  #switches({ own }: DeviceState): TemplateResult {
    return html`
      <div class="switches">
        ${flip(
          media(own.microphone ? 'muteMicrophone' : 'unmuteMicrophone'),
          own.microphone ? icons.mic : icons.micOff,
          own.microphone,
          () => void this.#setMicrophone(!own.microphone),
        )}
        ${flip(
          media(own.camera ? 'cameraOff' : 'cameraOn'),
          own.camera ? video : icons.videoOff,
          own.camera,
          () => void this.preview?.setCamera(!own.camera),
        )}
      </div>
    `;
  }

  #setMicrophone(on: boolean): Promise<void> | undefined {
    this.#isMuted = !on;
    return this.preview?.setMicrophone(on);
  }

  #connection(): TemplateResult {
    return this.checking
      ? html`<h3>${t('connection')}</h3><vc-connection-check server=${this.#server.value || location.origin}></vc-connection-check>`
      : html`<button class="button outline check" type="button" @click=${this.#check}>${t('checkConnection')}</button>`;
  }

  #failure(): TemplateResult {
    return html`
      <p class="note" role="alert">
        ${t('failed')} <button class="button outline" type="button" @click=${this.#open}>${t('tryAgain')}</button>
      </p>
    `;
  }

  #foot(state: DeviceState | undefined): TemplateResult {
    if (this.alone)
      return html`<footer><button class="button primary" type="button" @click=${this.#leave}>${t('done')}</button></footer>`;
    return html`
      <footer>
        ${state?.microphoneProblem ? html`<p>${t('joinMuted')}</p>` : nothing}
        <button class="button outline" type="button" @click=${this.#leave}>${t('back')}</button>
        <button class="button primary" type="button" @click=${this.#join}>${t('join')}</button>
      </footer>
    `;
  }

  #open(): void {
    this.failed = false;
    const { signal } = this.#leaving;
    const use = async (loading: Promise<Pick<CallFactory, 'createPreview'>>) => {
      // A call shows what is below, too.
      const parts = [
        fetchCode(() => import('./vc-call-settings.ts')),
        fetchCode(() => import('./vc-device-help.ts')),
      ];
      const factory = await Promise.all([loading, ...parts]).then(
        ([factory]) => factory,
        () => null,
      );
      if (signal.aborted) return;
      this.preview = factory?.createPreview({ camera: this.camera }) ?? null;
      this.failed = !factory;
    };
    request(this, 'vc-preview-request', { use });
  }

  #close(): void {
    this.#leaving.abort();
    this.preview?.close();
    this.preview = this.#played = null;
  }

  async #check(): Promise<void> {
    this.checking = await fetchCode(() => import('./vc-connection-check.ts')).then(
      () => true,
      () => false, // The next click asks again.
    );
    await this.updateComplete;
    this.renderRoot.querySelector('h3')?.scrollIntoView({ block: 'start' });
  }

  #join(): void {
    const { own } = this.preview?.store.state ?? {};
    // A microphone that is not open yet, or is missing now, may be there by then.
    const detail = { microphone: !this.#isMuted, camera: own?.camera ?? false };
    this.#close();
    this.dispatchEvent(new CustomEvent<JoinDetail>('join', { detail }));
  }

  #leave(): void {
    this.dispatchEvent(new Event('leave'));
  }
}

const isTroubled = ({ microphoneProblem, cameraProblem, notice }: DeviceState): boolean =>
  Boolean(microphoneProblem || cameraProblem || notice);

const flip = (label: string, path: string, on: boolean, act: () => void): TemplateResult =>
  html`<button class="button icon-button switch" type="button" ?data-off=${!on} aria-label=${label} title=${label} @click=${act}>${icon(path)}</button>`;

/**
 * Lets the next call begin with the devices as they were left before it: muted, before the microphone opens, and seen. Gives
 * what takes that back. `element` goes before the call comes; what stands around it stays as long as the contact.
 */
export function beginNextCall(element: Element, { microphone, camera }: JoinDetail): () => void {
  const { host } = element.getRootNode() as ShadowRoot;
  let takeBack = () => {};
  const begin = (handle: CallHandle | null, unsubscribe = () => {}) => {
    takeBack = unsubscribe;
    if (!handle && host.isConnected) return;
    unsubscribe();
    if (!handle || !host.isConnected) return;
    if (!microphone) void handle.setMicrophone(false);
    if (camera) void handle.setCamera(true);
  };
  host.dispatchEvent(new ContextEvent(callContext, host, begin, true));
  return () => takeBack();
}

definePart('vc-pre-join', VcPreJoin);

declare global {
  interface HTMLElementTagNameMap {
    'vc-pre-join': VcPreJoin;
  }
}
