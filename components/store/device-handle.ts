import type { MediaState } from '../../core/contact/model.ts';
import type { ReadableStore } from './store.ts';

/** Why a device gives nothing, in the order of how final it is. */
export type DeviceProblem = 'denied' | 'missing' | 'busy' | 'insecure' | 'unsupported';

/** What can be chosen. A speaker is only where sound goes: it is never opened. */
export type DeviceKind = 'microphone' | 'camera' | 'speaker';

/** `default`: what the camera gives; `high`: 720 lines; `low`: 360 lines. The closest one that the camera has is used. */
export type Resolution = 'default' | 'high' | 'low';

export interface DeviceChoice {
  readonly id: string;
  /** The browser's name of it; empty before any device was granted. */
  readonly label: string;
}

/** The devices of this computer and the ones in use. Changes by itself when one is plugged in or out. */
export interface Devices {
  readonly microphones: readonly DeviceChoice[];
  readonly cameras: readonly DeviceChoice[];
  /** Empty where the browser does not let a page choose. */
  readonly speakers: readonly DeviceChoice[];
  /** Ids of what is in use, or would be; empty: the browser's default. */
  readonly microphone: string;
  readonly camera: string;
  /** For `setSinkId` of whatever plays the other side. */
  readonly speaker: string;
  readonly resolution: Resolution;
}

/** A device that was in use is gone, and what took its place; null: nothing did. */
export interface DeviceNotice {
  readonly device: DeviceKind;
  /** Labels, possibly empty. */
  readonly gone: string;
  readonly now: string | null;
}

/** Plain data of this side's devices. */
export interface DeviceState {
  /** As the real tracks report them. `camera` stays on while a `screen` is sent in its place. */
  readonly own: MediaState;
  readonly microphoneProblem: DeviceProblem | null;
  readonly cameraProblem: DeviceProblem | null;
  readonly devices: Devices;
  readonly notice: DeviceNotice | null;
}

/** Loudness of the own microphone, 0–1, in about 15 steps a second. Measured only while somebody subscribes. */
export type Meter = ReadableStore<{ readonly level: number }>;

/** This side's devices, in a call or before one: a `CallHandle` is one, and so is a `DevicePreview`. */
export interface DeviceHandle {
  readonly store: ReadableStore<DeviceState>;
  /**
   * This side's picture, camera or screen, and microphone; the same object for as long as the handle lives. Tracks come
   * and go, with `addtrack` and `removetrack`.
   */
  readonly ownStream: MediaStream;
  readonly meter: Meter;
  setMicrophone(on: boolean): Promise<void>;
  setCamera(on: boolean): Promise<void>;
  /** Uses another device at once, in a running call too, and remembers it. `id` as in `devices`; empty: the default. */
  chooseDevice(device: DeviceKind, id: string): Promise<void>;
  setResolution(resolution: Resolution): Promise<void>;
  /** The notice was read. */
  dismissNotice(): void;
}

/** The devices before a call: nothing is sent. What is chosen here is what the call then uses. */
export interface DevicePreview extends DeviceHandle {
  /** Releases the devices. Before the call opens them: some systems give a camera to one at a time. */
  close(): void;
}
