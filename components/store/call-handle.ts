import { createContext } from '@lit/context';
import type { CallKind, MediaState } from '../../core/contact/model.ts';
import type { DeviceHandle, DeviceState } from './device-handle.ts';
import type { ReadableStore } from './store.ts';

export type { DeviceProblem } from './device-handle.ts';

export type CallStatus = 'waiting' | 'connecting' | 'active' | 'lost' | 'ended';

/** How well the media flows, as measured every two seconds. */
export interface CallQuality {
  readonly level: 'good' | 'fair' | 'poor';
  /** What holds it back: the way between both, this device's processor, the detour through a relay. Null when good. */
  readonly cause: 'network' | 'cpu' | 'relay' | null;
  /** Round trip in milliseconds; null before it is known. */
  readonly rtt: number | null;
  /** Share of packets that are lost, 0–1: the worse of both ways. */
  readonly loss: number;
  /** Kilobits per second. */
  readonly sending: number;
  readonly receiving: number;
  /** The other side's picture as it arrives; null without one. */
  readonly picture: { readonly width: number; readonly height: number; readonly fps: number } | null;
  /** Whether a TURN server stands in between. */
  readonly relayed: boolean;
}

/** Plain data of a running or starting call, as this side sees it. */
export interface CallState extends DeviceState {
  /** `waiting` for the other side's answer, `connecting` media, `active`, `lost` (trying again), `ended`. */
  readonly status: CallStatus;
  readonly kind: CallKind;
  /** The other side's devices as it told. A picture comes while `camera` or `screen` is on; with `screen` it is the screen. */
  readonly other: MediaState;
  readonly otherName: string;
  /** Why the screen is not shared; `denied` also when the choice was cancelled. Null again with the next try. */
  readonly screenProblem: DeviceState['cameraProblem'];
  /** Whether this browser can share a screen at all. */
  readonly canShareScreen: boolean;
  /** Whether it can share this page alone, without the widget in the picture. */
  readonly canSharePage: boolean;
  /** The browser refused to play sound without a gesture. */
  readonly playBlocked: boolean;
  /** Epoch milliseconds, server clock corrected, or null before media flowed. */
  readonly activeSince: number | null;
  readonly expanded: boolean;
  /** The pictures and the bar stand in a window of their own; the page keeps their place. */
  readonly detached: boolean;
  /** Null before the first measure, and while the connection is lost. */
  readonly quality: CallQuality | null;
  /** Four words that both sides read alike when nobody stands in between; null before the connection is up. */
  readonly safety: readonly string[] | null;
  readonly recording: { readonly status: 'asking' | 'on'; readonly since: number } | null;
  /** Whether this side may start a recording (agent, allowed by the service). */
  readonly canRecord: boolean;
}

/** A call as elements use it: state to show, streams to play, verbs to ask for. Implemented in `media/`. */
export interface CallHandle extends DeviceHandle {
  readonly store: ReadableStore<CallState>;
  /**
   * The other side's picture and sound; the same object for the whole call. Tracks come and go, with `addtrack` and
   * `removetrack`: the picture is there only while the other side's camera or screen is on. A `<video>` that was given a
   * stream without tracks stays at `HAVE_NOTHING` in Chromium and plays no sound later: give it the stream again then.
   */
  readonly otherStream: MediaStream;
  setSound(on: boolean): void;
  /**
   * Shares a screen, window or tab in the camera's place; `pageOnly` this page without the widget. Off brings the camera
   * back. Must begin in a click. A refusal is `screenProblem`.
   */
  setScreen(on: boolean, options?: { readonly pageOnly?: boolean }): Promise<void>;
  setExpanded(on: boolean): void;
  /** Says that the pictures went to a window of their own, or came back. Whoever opens the window says it. */
  setDetached(on: boolean): void;
  setPlayBlocked(blocked: boolean): void;
  /** The other side's picture or screen as a PNG in its own size. @throws {Error} when there is no picture. */
  takeSnapshot(): Promise<Blob>;
  startRecording(): void;
  stopRecording(): void;
  hangUp(): void;
}

/** The call of a contact on this page, if there is one. */
export type CurrentCall = ReadableStore<{ readonly handle: CallHandle | null }>;

export const callContext = createContext<CallHandle | null>(Symbol('vc-call'));
