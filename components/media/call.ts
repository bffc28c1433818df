import type { MediaState } from '../../core/contact/model.ts';
import type { CallFactory, CallOptions, CallSetup, DrivenCall, ToldCall } from '../store/call-factory.ts';
import type { CallState } from '../store/call-handle.ts';
import { createStore, type ReadableStore } from '../store/store.ts';
import { Attempt, preloadPeer } from './attempt.ts';
import { initialCallState, reduceCall } from './call-state.ts';
import { type DeviceName, openDevices } from './devices.ts';
import { dropTrack, putTrack } from './live-stream.ts';
import { placeholderStream } from './placeholder.ts';

export { preloadPeer };

/**
 * Makes a call. Who asks joins at once, so the preview runs while the other side is still asked; who is asked joins with
 * the answer. A device that cannot be had is a problem in the state, never the end of the call.
 */
export const createCall: CallFactory['createCall'] = (options) => new LiveCall(options);

const KINDS = { microphone: 'audio', camera: 'video' } as const;

class LiveCall implements DrivenCall {
  readonly ownStream = new MediaStream();
  readonly otherStream = new MediaStream();
  #options: CallOptions;
  #store;
  #attempt: Attempt | null = null;
  #other: Partial<Record<string, MediaStreamTrack>> = {};
  #closing = new AbortController();
  #idle = placeholderStream(this.#closing.signal);
  /** Device changes run one after the other: a prompt may stay open for minutes. */
  #devices: Promise<void> = Promise.resolve();
  #joined = false;

  constructor(options: CallOptions) {
    const { kind, otherName, canRecord } = options;
    this.#options = options;
    this.#store = createStore(reduceCall, initialCallState({ kind, otherName, canRecord }));
    preloadPeer().catch(() => {}); // Reported by the attempt that needs it.
    // A page that goes away must be seen by the other side at once, not after seconds of silence.
    addEventListener('pagehide', () => this.close(), { signal: this.#closing.signal });
  }

  get store(): ReadableStore<CallState> {
    return this.#store;
  }

  join(camera: boolean): void {
    if (this.#joined || this.#closing.signal.aborted) return;
    this.#joined = true;
    void this.#queue(() => this.#open(camera ? ['microphone', 'camera'] : ['microphone']));
    if (this.#attempt?.isWaiting) this.#options.onReady(this.#attempt.number);
  }

  start(setup: CallSetup): void {
    if (this.#closing.signal.aborted || setup.attempt <= (this.#attempt?.number ?? 0)) return;
    this.#attempt?.close();
    if (this.#store.state.link === 'up') this.#store.dispatch({ type: 'link', link: 'lost' });
    this.#attempt = new Attempt(setup, this.ownStream, this.#idle, {
      onReady: () => {
        if (this.#joined) this.#options.onReady(setup.attempt);
      },
      onTrack: (track) => {
        this.#other[track.kind] = track;
        this.#arrangeOther();
      },
      onUp: () => {
        this.#store.dispatch({ type: 'link', link: 'up' });
        this.#options.onConnected(setup.attempt);
      },
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
    for (const track of this.ownStream.getTracks()) {
      track.stop();
      dropTrack(this.ownStream, track);
    }
    for (const track of this.otherStream.getTracks()) dropTrack(this.otherStream, track);
    this.#store.dispatch({ type: 'own', own: { microphone: false, camera: false } });
    this.#store.dispatch({ type: 'told', view: { status: 'ended' } });
  }

  setMicrophone(on: boolean): Promise<void> {
    return this.#queue(async () => {
      const [track] = this.ownStream.getAudioTracks();
      if (!track) return on ? this.#open(['microphone']) : undefined;
      track.enabled = on;
      this.#tell({ microphone: on });
    });
  }

  setCamera(on: boolean): Promise<void> {
    return this.#queue(async () => {
      const [track] = this.ownStream.getVideoTracks();
      if (Boolean(track) === on) return;
      if (!track) return this.#open(['camera']);
      track.stop();
      await this.#send({ camera: null });
    });
  }

  setSound(on: boolean): void {
    for (const track of this.otherStream.getAudioTracks()) track.enabled = on;
    this.#tell({ sound: on });
  }

  setExpanded(on: boolean): void {
    this.#store.dispatch({ type: 'expanded', on });
  }

  setPlayBlocked(on: boolean): void {
    this.#store.dispatch({ type: 'playBlocked', on });
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

  #queue(change: () => Promise<void> | undefined): Promise<void> {
    this.#devices = this.#devices.then(() => (this.#closing.signal.aborted ? undefined : change()));
    return this.#devices;
  }

  async #open(names: readonly DeviceName[]): Promise<void> {
    const { signal } = this.#closing;
    const opened = await openDevices(names, signal);
    if (signal.aborted) return;
    const tracks: Partial<Record<DeviceName, MediaStreamTrack | null>> = {};
    for (const device of names) {
      const result = opened[device];
      const track = typeof result === 'object' ? result : null;
      this.#store.dispatch({ type: 'problem', device, problem: typeof result === 'string' ? result : null });
      // Unplugged or taken away: the browser names another device, or the reason why there is none.
      track?.addEventListener('ended', () => this.#queue(() => this.#open([device])), { signal });
      tracks[device] = track;
    }
    await this.#send(tracks);
  }

  /** Puts the tracks where their devices are seen and sent, then says so once. */
  async #send(tracks: Partial<Record<DeviceName, MediaStreamTrack | null>>): Promise<void> {
    const own: Partial<MediaState> = {};
    await Promise.all(
      Object.entries(tracks).map(([device, track]) => {
        const kind = KINDS[device as DeviceName];
        for (const old of this.ownStream.getTracks()) if (old.kind === kind) dropTrack(this.ownStream, old);
        if (track) putTrack(this.ownStream, track);
        Object.assign(own, { [device]: track !== null });
        return this.#attempt?.replaceTrack(kind, track);
      }),
    );
    if (!this.#closing.signal.aborted) this.#tell(own);
  }

  #tell(own: Partial<MediaState>): void {
    this.#store.dispatch({ type: 'own', own });
    this.#options.onMedia(this.#store.state.own);
  }

  /**
   * A `<video>` whose stream has a picture track without pictures plays no sound either (Chromium waits for the first
   * one), so the track is in the stream only while the other side says that its camera is on.
   */
  #arrangeOther(): void {
    if (this.#closing.signal.aborted) return;
    const { audio, video } = this.#other;
    const { other, own } = this.#store.state;
    // Every call has both, and whoever plays them should begin once.
    if (!audio || !video) return;
    audio.enabled = own.sound;
    putTrack(this.otherStream, audio);
    if (other.camera) putTrack(this.otherStream, video);
    if (!other.camera)
      for (const track of this.otherStream.getVideoTracks()) dropTrack(this.otherStream, track);
  }
}
