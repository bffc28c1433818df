import type {
  CallFactory,
  CallOptions,
  CallSetup,
  DirectLine,
  DrivenCall,
  JoinedMedia,
  ToldCall,
} from '../store/call-factory.ts';
import type { CallState } from '../store/call-handle.ts';
import type { DeviceKind, Meter, Resolution } from '../store/device-handle.ts';
import { fetchCode } from '../store/fetch-code.ts';
import { createStore, type ReadableStore } from '../store/store.ts';
import { Attempt, preloadPeer } from './attempt.ts';
import { initialCallState, reduceCall } from './call-state.ts';
import type { LiveLine } from './direct-line.ts';
import { dropTrack, putTrack } from './live-stream.ts';
import { OwnDevices } from './own-devices.ts';
import { placeholderStream } from './placeholder.ts';
import { createPreview } from './preview.ts';
import { safetyWords } from './safety.ts';
import { keepAwake } from './wake-lock.ts';

export { createPreview, preloadPeer };

/** Milliseconds that an attempt has for its connection. */
const PATIENCE = 15_000;
/**
 * The same once there was one, or so many round trips: one attempt asks a relay that is away less and less often, the next one
 * asks at once. Each that found no way leaves the next one so many times as long.
 */
const IMPATIENCE = 3_000;
const ROUND_TRIPS = 10;
const GROWTH = 1.5;

/**
 * Makes a call. Who asks joins at once, so the preview runs while the other side is still asked; who is asked joins with
 * the answer. A device that cannot be had is a problem in the state, never the end of the call.
 */
export const createCall: CallFactory['createCall'] = (options) => new LiveCall(options);

class LiveCall implements DrivenCall {
  readonly otherStream = new MediaStream();
  readonly #options: CallOptions;
  readonly #store;
  readonly #own: OwnDevices;
  #attempt: Attempt | null = null;
  #other: Partial<Record<string, MediaStreamTrack>> = {};
  #line: Promise<LiveLine> | null = null;
  #closing = new AbortController();
  #idle = placeholderStream(this.#closing.signal);
  #joined = false;
  #patience = PATIENCE;

  constructor(options: CallOptions) {
    const { kind, otherName, canRecord } = options;
    const { signal } = this.#closing;
    this.#options = options;
    this.#store = createStore(reduceCall, initialCallState({ kind, otherName, canRecord }));
    this.#own = new OwnDevices({
      store: this.#store,
      send: (kind, track) => this.#attempt?.replaceTrack(kind, track),
      onChange: () => {
        options.onMedia(this.#store.state.own);
        this.#limit();
      },
      signal,
    });
    preloadPeer().catch(() => {}); // Reported by the attempt that needs it.
    // A page that goes away must be seen by the other side at once, not after seconds of silence.
    addEventListener('pagehide', () => this.close(), { signal });
  }

  get ownStream(): MediaStream {
    return this.#own.stream;
  }

  get meter(): Meter {
    return this.#own.meter;
  }

  get store(): ReadableStore<CallState> {
    return this.#store;
  }

  join({ microphone, camera, sound }: JoinedMedia): void {
    if (this.#joined || this.#closing.signal.aborted) return;
    this.#joined = true;
    if (!microphone) void this.#own.setMicrophone(false);
    this.#store.dispatch({ type: 'own', own: { sound } });
    void this.#own.open(camera ? ['microphone', 'camera'] : ['microphone']);
    if (this.#attempt?.isWaiting) this.#options.onReady(this.#attempt.number);
  }

  start(setup: CallSetup): void {
    if (this.#closing.signal.aborted || setup.attempt <= (this.#attempt?.number ?? 0)) return;
    this.#attempt?.close();
    if (this.#store.state.link === 'up') this.#store.dispatch({ type: 'link', link: 'lost' });
    const patience = Math.max(this.#patience, ROUND_TRIPS * (this.#store.state.quality?.rtt ?? 0));
    this.#patience = Math.min(this.#patience * GROWTH, PATIENCE);
    this.#attempt = new Attempt(setup, this.ownStream, this.#idle, patience, {
      onReady: () => {
        if (this.#joined) this.#options.onReady(setup.attempt);
      },
      onTrack: (track) => {
        this.#other[track.kind] = track;
        this.#arrangeOther();
      },
      onUp: () => this.#up(setup.attempt),
      onQuality: (quality) => this.#store.dispatch({ type: 'quality', quality }),
      onShaken: () => this.#store.dispatch({ type: 'link', link: 'lost' }),
      onLost: () => {
        if (this.#store.state.told !== 'waiting') this.#lost(setup.attempt);
      },
    });
    this.#expect();
  }

  /** While it rings there is no hurry, and a way that could not be prepared is of no interest yet. */
  #expect(): void {
    const { told } = this.#store.state;
    if (told === 'waiting' || told === 'ended' || !this.#attempt) return;
    if (this.#attempt.isLost && this.#store.state.link === 'none') this.#lost(this.#attempt.number);
    else this.#attempt.expect();
  }

  #up(number: number): void {
    const attempt = this.#attempt;
    this.#patience = IMPATIENCE;
    if (this.#store.state.activeSince === null && this.#store.state.link === 'none')
      keepAwake(this.#closing.signal);
    this.#store.dispatch({ type: 'link', link: 'up' });
    this.#options.onConnected(number);
    this.#limit();
    const connection = attempt?.connection;
    if (!connection) return;
    if (this.#options.onLine) this.#line ??= this.#openLine(this.#options.onLine);
    // It did not come: what both sides say goes through the server alone.
    this.#line?.then((line) => line.attach(connection)).catch(() => {});
    safetyWords(connection).then(
      (words) => {
        if (attempt === this.#attempt) this.#store.dispatch({ type: 'safety', words });
      },
      () => {}, // The list did not come: no words are better than wrong ones.
    );
  }

  async #openLine(tell: (line: DirectLine) => void): Promise<LiveLine> {
    const { LiveLine } = await fetchCode(() => import('./direct-line.ts'));
    const line = new LiveLine(this, this.#closing.signal);
    tell(line);
    return line;
  }

  #limit(): void {
    void this.#attempt?.limit(this.#options.bitrate, this.#store.state.own.screen);
  }

  #lost(attempt: number): void {
    this.#store.dispatch({ type: 'link', link: 'lost' });
    this.#options.onLost(attempt);
  }

  dial(attempt: number): void {
    if (attempt === this.#attempt?.number) this.#attempt.dial();
  }

  update(view: Partial<ToldCall>): void {
    this.#store.dispatch({ type: 'told', view });
    this.#expect();
    this.#arrangeOther();
  }

  close(): void {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort();
    this.#attempt?.close();
    for (const track of this.otherStream.getTracks()) dropTrack(this.otherStream, track);
    this.#store.dispatch({ type: 'told', view: { status: 'ended' } });
  }

  setMicrophone(on: boolean): Promise<void> {
    return this.#own.setMicrophone(on);
  }

  setCamera(on: boolean): Promise<void> {
    return this.#own.setCamera(on);
  }

  setScreen(on: boolean, { pageOnly = false } = {}): Promise<void> {
    return this.#own.setScreen(on, pageOnly);
  }

  chooseDevice(device: DeviceKind, id: string): Promise<void> {
    return this.#own.chooseDevice(device, id);
  }

  setResolution(resolution: Resolution): Promise<void> {
    return this.#own.setResolution(resolution);
  }

  dismissNotice(): void {
    this.#store.dispatch({ type: 'notice', notice: null });
  }

  setSound(on: boolean): void {
    for (const track of this.otherStream.getAudioTracks()) track.enabled = on;
    this.#store.dispatch({ type: 'own', own: { sound: on } });
    this.#options.onMedia(this.#store.state.own);
  }

  setExpanded(on: boolean): void {
    this.#store.dispatch({ type: 'expanded', on });
  }

  setDetached(on: boolean): void {
    this.#store.dispatch({ type: 'detached', on });
  }

  setPlayBlocked(on: boolean): void {
    this.#store.dispatch({ type: 'playBlocked', on });
  }

  async takeSnapshot(): Promise<Blob> {
    const { takeSnapshot } = await fetchCode(() => import('./snapshot.ts'));
    return takeSnapshot(this.otherStream);
  }

  startRecording(): void {
    this.#options.onRecordRequest();
  }

  stopRecording(): void {
    this.#options.onRecordStop();
  }

  hangUp(): void {
    this.#options.onHangUp();
    this.close();
  }

  /**
   * A `<video>` whose stream has a picture track without pictures plays no sound either (Chromium waits for the first
   * one), so the track is in the stream only while the other side says that it has one.
   */
  #arrangeOther(): void {
    if (this.#closing.signal.aborted) return;
    const { audio, video } = this.#other;
    const { other, own } = this.#store.state;
    // Every call has both, and whoever plays them should begin once.
    if (!audio || !video) return;
    audio.enabled = own.sound;
    putTrack(this.otherStream, audio);
    const pictured = other.camera || other.screen;
    if (pictured) putTrack(this.otherStream, video);
    else for (const track of this.otherStream.getVideoTracks()) dropTrack(this.otherStream, track);
  }
}
