import { html, nothing } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { isOnHold } from '../../../core/contact/hold.ts';
import type { CallHandle, CallState } from '../../store/call-handle.ts';
import { contactContext } from '../../store/contact-store.ts';
import * as icons from '../call-icons.ts';
import { definePart } from '../define-part.ts';
import { icon } from '../icon.ts';
import { initials } from '../initials.ts';
import { FollowedCall } from '../media-bar/followed-call.ts';
import { Select } from '../select.ts';
import { t } from '../strings/media.ts';
import { CallPart } from './call-part.ts';
import { callStageStyles } from './call-stage-styles.ts';
import { controls } from './controls.ts';
import { playStream, tryToPlay } from './play-stream.ts';
import { SelfView } from './self-view.ts';

/**
 * `compact`: a line with who is there, for a call without pictures; `preview`: the own picture, while the other side is
 * asked; `picture`: the other side; `name`: who is there, where their picture would be.
 */
export type StageLayout = 'compact' | 'preview' | 'picture' | 'name';

export function stageLayout({ kind, status, own, other, expanded }: CallState): StageLayout {
  if (kind === 'voice' && !isSeen(own) && !isSeen(other) && !expanded) return 'compact';
  if (status === 'waiting') return isSeen(own) ? 'preview' : 'name';
  return isSeen(other) && status !== 'connecting' ? 'picture' : 'name';
}

/** Whether a side sends a picture. */
const isSeen = ({ camera, screen }: CallState['own']): boolean => camera || screen;

/** The pictures and the sound of the call in context. */
export class VcCallStage extends CallPart {
  static override styles = [controls, callStageStyles];

  /** Shows the pictures alone. */
  @property({ type: Boolean }) silent = false;
  @query('[data-role="remote"]') private remote!: HTMLVideoElement;
  @query('[data-role="self"]') private self!: HTMLVideoElement;
  /** Whether the other side's picture has come; until then their name is better than black. */
  @state() private pictured = false;
  #followed = new FollowedCall(this);
  #side = new Select(this, contactContext, ({ view }) => view?.selfView);
  #selfView = new SelfView(this, () => this.#side.value ?? 'right');
  #played: CallHandle | null = null;
  #playing = new AbortController();

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#play(null);
  }

  protected override updated(): void {
    const { handle, state } = this.#followed;
    this.#play(this.isConnected ? handle : null);
    if (state) this.#playOn(state.devices.speaker);
  }

  protected override render() {
    const call = this.#followed.state;
    if (!call) return nothing;
    const { own, other } = call;
    const wanted = stageLayout(call);
    const layout = wanted === 'picture' && !this.pictured ? 'name' : wanted;
    return html`
      <div class="stage" data-layout=${layout} data-kind=${call.kind} data-status=${call.status}
        data-own-camera=${own.camera ? 'on' : 'off'} data-other-camera=${other.camera ? 'on' : 'off'}
        ?data-own-seen=${isSeen(own)} ?data-own-screen=${own.screen} ?data-other-screen=${other.screen}
        data-corner=${this.#selfView.corner} ?data-expanded=${call.expanded}>
        <video data-role="remote" autoplay playsinline .muted=${this.silent || !own.sound}
          @resize=${this.#onPicture} @emptied=${this.#onPicture}></video>
        <video data-role="self" autoplay playsinline .muted=${true}></video>
        ${layout === 'preview' ? nothing : this.#who(call)}
        ${isSeen(own) && (layout === 'picture' || layout === 'name') ? this.#selfView.render() : nothing}
      </div>
    `;
  }

  #who({ otherName, other, status, playBlocked }: CallState) {
    const known = status === 'active' || status === 'lost';
    return html`
      <div class="who">
        <span class="avatar" aria-hidden="true">${initials(otherName) || icon(icons.user)}</span>
        <span class="label">
          <span class="name">${otherName}</span>
          ${known ? marks(other) : nothing}
        </span>
        ${playBlocked ? html`<button class="button primary play" type="button" @click=${this.#onPlay}>${icon(icons.play)}${t('play')}</button>` : nothing}
      </div>
    `;
  }

  #onPicture({ target }: Event): void {
    this.pictured = (target as HTMLVideoElement).videoWidth > 0;
  }

  /** Where the browser lets a page choose; a speaker that is gone leaves the sound where it is. */
  #playOn(speaker: string): void {
    const { remote } = this;
    if (remote && (remote.sinkId ?? speaker) !== speaker) remote.setSinkId(speaker).catch(() => {});
  }

  #onPlay(): void {
    tryToPlay(this.remote, this.#onBlocked, this.#playing.signal);
  }

  #onBlocked = (blocked: boolean): void => {
    const handle = this.#played;
    if (handle && handle.store.state.playBlocked !== blocked) handle.setPlayBlocked(blocked);
  };

  /** Streams reach the videos here and not in the template: what plays must end with the element, and begin again with it. */
  #play(handle: CallHandle | null): void {
    if (handle === this.#played) return;
    this.#playing.abort();
    this.#played = handle;
    if (!handle) return;
    this.#playing = new AbortController();
    playStream(this.remote, handle.otherStream, this.#onBlocked, this.#playing.signal);
    playStream(this.self, handle.ownStream, () => {}, this.#playing.signal);
  }
}

const marks = (other: CallState['other']) =>
  isOnHold(other)
    ? html`<span class="mark">${t('otherHolds')}</span>`
    : html`
        ${other.microphone ? nothing : mark(icons.micOff, t('otherMuted'))}
        ${other.sound ? nothing : mark(icons.speakerOff, t('otherDeaf'))}
      `;

const mark = (path: string, text: string) =>
  html`<span class="mark" role="img" aria-label=${text} title=${text}>${icon(path)}</span>`;

definePart('vc-call-stage', VcCallStage);

declare global {
  interface HTMLElementTagNameMap {
    'vc-call-stage': VcCallStage;
  }
}
