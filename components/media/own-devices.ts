import type { MediaState } from '../../core/contact/model.ts';
import type { DeviceKind, DeviceState, Meter, Resolution } from '../store/device-handle.ts';
import { type DeviceChoices, keepChoices, keptChoices } from './device-choice.ts';
import { listDevices } from './device-list.ts';
import type { DeviceAction } from './device-state.ts';
import { type DeviceName, openDevices, sizeOf } from './devices.ts';
import { dropTrack, putTrack } from './live-stream.ts';
import { createMeter } from './meter.ts';
import { type OpenScreen, openScreen } from './screen.ts';

export interface OwnDevicesOptions {
  readonly store: { readonly state: DeviceState; dispatch(action: DeviceAction): void };
  /** Sends `track` instead of what was sent of this kind; null: nothing. */
  send(kind: 'audio' | 'video', track: MediaStreamTrack | null): Promise<void> | undefined;
  /** `own` in the store changed. */
  onChange(): void;
  /** Releases every device. */
  readonly signal: AbortSignal;
}

type Tracks = Record<DeviceName, MediaStreamTrack | null>;

/** This side's microphone, camera and screen: opens them, puts one in another's place, and says what the real tracks do. */
export class OwnDevices {
  readonly stream = new MediaStream();
  readonly meter: Meter = createMeter(this.stream);
  #options: OwnDevicesOptions;
  #choices = keptChoices();
  #tracks: Tracks = { microphone: null, camera: null };
  /** Stays so when another microphone takes the place of this one. */
  #muted = false;
  #screen: OpenScreen | null = null;
  /** Changes run one after the other: a prompt may stay open for minutes. */
  #changes: Promise<void> = Promise.resolve();

  constructor(options: OwnDevicesOptions) {
    const { signal } = options;
    this.#options = options;
    navigator.mediaDevices?.addEventListener('devicechange', () => this.#look(), { signal });
    void this.#look();
    signal.addEventListener('abort', () => this.#close());
  }

  open(names: readonly DeviceName[]): Promise<void> {
    return this.#queue(() => this.#open(names));
  }

  setMicrophone(on: boolean): Promise<void> {
    this.#muted = !on;
    return this.#queue(async () => {
      const track = this.#tracks.microphone;
      if (!track) return on ? this.#open(['microphone']) : undefined;
      track.enabled = on;
      this.#tell({ microphone: on });
    });
  }

  setCamera(on: boolean): Promise<void> {
    return this.#queue(async () => {
      const track = this.#tracks.camera;
      if (Boolean(track) === on) return;
      if (!track) return this.#open(['camera']);
      track.stop();
      await this.#put({ camera: null });
    });
  }

  /** The question to the user is not queued: it must follow the click. */
  async setScreen(on: boolean, pageOnly: boolean): Promise<void> {
    const { store, signal } = this.#options;
    if (!on) return this.#queue(() => this.#putScreen(null));
    store.dispatch({ type: 'problem', device: 'screen', problem: null });
    const opened = await openScreen(pageOnly, signal);
    if (typeof opened === 'string') {
      if (!signal.aborted) store.dispatch({ type: 'problem', device: 'screen', problem: opened });
      return;
    }
    // The browser has a button of its own that stops sharing.
    const gone = () => this.#queue(() => (this.#screen === opened ? this.#putScreen(null) : undefined));
    opened.track.addEventListener('ended', gone, { signal });
    await this.#queue(() => this.#putScreen(opened));
    if (signal.aborted) opened.close();
  }

  async chooseDevice(device: DeviceKind, id: string): Promise<void> {
    this.#keep({ [device]: id });
    if (device !== 'speaker') await this.#queue(() => this.#reopen(device));
  }

  async setResolution(resolution: Resolution): Promise<void> {
    this.#keep({ resolution });
    await this.#queue(() =>
      // A camera that was given a size does not go back to its own by itself.
      resolution === 'default'
        ? this.#reopen('camera')
        : this.#tracks.camera?.applyConstraints(sizeOf(resolution)).catch(() => {}),
    );
  }

  async #reopen(device: DeviceName): Promise<void> {
    const track = this.#tracks[device];
    if (!track) return;
    // Some systems give a device to one at a time.
    track.stop();
    await this.#open([device]);
  }

  #keep(change: Partial<DeviceChoices>): void {
    this.#choices = { ...this.#choices, ...change };
    keepChoices(this.#choices);
    this.#options.store.dispatch({ type: 'devices', devices: change });
  }

  #queue(change: () => Promise<void> | undefined): Promise<void> {
    this.#changes = this.#changes.then(() => (this.#options.signal.aborted ? undefined : change()));
    return this.#changes;
  }

  async #open(names: readonly DeviceName[]): Promise<void> {
    const { store, signal } = this.#options;
    const opened = await openDevices(names, this.#choices, signal);
    if (signal.aborted) return;
    const tracks: Partial<Tracks> = {};
    for (const device of names) {
      const result = opened[device];
      const track = typeof result === 'object' ? result : null;
      store.dispatch({ type: 'problem', device, problem: typeof result === 'string' ? result : null });
      if (track && device === 'microphone') track.enabled = !this.#muted;
      track?.addEventListener('ended', () => this.#queue(() => this.#replaceGone(device, track)), { signal });
      tracks[device] = track;
    }
    await this.#put(tracks);
    // Names of devices are told only once one was granted.
    await this.#look();
  }

  /** Unplugged or taken away: the browser names another device, or the reason why there is none. */
  async #replaceGone(device: DeviceName, gone: MediaStreamTrack): Promise<void> {
    if (this.#tracks[device] !== gone) return;
    await this.#open([device]);
    const { store, signal } = this.#options;
    const denied = store.state[`${device}Problem`] === 'denied';
    if (signal.aborted || denied) return;
    const now = this.#tracks[device]?.label ?? null;
    store.dispatch({ type: 'notice', notice: { device, gone: gone.label, now } });
  }

  async #putScreen(screen: OpenScreen | null): Promise<void> {
    this.#screen?.close();
    this.#screen = screen;
    await this.#show('video');
    this.#tell({ screen: screen !== null });
  }

  /** Puts the tracks where their devices are seen and sent, then says so once. */
  async #put(tracks: Partial<Tracks>): Promise<void> {
    Object.assign(this.#tracks, tracks);
    await Promise.all([this.#show('audio'), this.#show('video')]);
    this.#tell(
      Object.fromEntries(Object.entries(tracks).map(([device, track]) => [device, track?.enabled ?? false])),
    );
  }

  #show(kind: 'audio' | 'video'): Promise<void> | undefined {
    const { microphone, camera } = this.#tracks;
    const track = kind === 'audio' ? microphone : (this.#screen?.track ?? camera);
    const shown = this.stream.getTracks().find((one) => one.kind === kind) ?? null;
    if (shown === track) return undefined;
    if (track) putTrack(this.stream, track);
    else if (shown) dropTrack(this.stream, shown);
    return this.#options.send(kind, track);
  }

  #tell(own: Partial<MediaState>): void {
    if (this.#options.signal.aborted) return;
    this.#options.store.dispatch({ type: 'own', own });
    this.#options.onChange();
  }

  async #look(): Promise<void> {
    const { store, signal } = this.#options;
    const lists = await listDevices();
    if (signal.aborted) return;
    const { microphone, camera } = this.#tracks;
    const before = store.state.devices;
    const { speaker, resolution } = this.#choices;
    const used = (track: MediaStreamTrack | null, chosen: string) => track?.getSettings().deviceId ?? chosen;
    const here = lists.speakers.some(({ id }) => id === speaker);
    store.dispatch({
      type: 'devices',
      devices: {
        ...lists,
        resolution,
        microphone: used(microphone, this.#choices.microphone),
        camera: used(camera, this.#choices.camera),
        speaker: here ? speaker : '',
      },
    });
    const gone = before.speakers.find(({ id }) => id === speaker && id === before.speaker);
    if (here || !gone) return;
    const now = lists.speakers.at(0)?.label ?? null;
    store.dispatch({ type: 'notice', notice: { device: 'speaker', gone: gone.label, now } });
  }

  #close(): void {
    this.#screen?.close();
    for (const track of Object.values(this.#tracks)) track?.stop();
    for (const track of this.stream.getTracks()) dropTrack(this.stream, track);
    this.#options.store.dispatch({ type: 'own', own: { microphone: false, camera: false, screen: false } });
  }
}
