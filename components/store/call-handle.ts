import { createContext } from '@lit/context';
import type { CallKind, MediaState } from '../../core/contact/model.ts';
import type { ReadableStore } from './store.ts';

/** Why a device gives nothing, in the order of how final it is. */
export type DeviceProblem = 'denied' | 'missing' | 'busy' | 'insecure' | 'unsupported';

export type CallStatus = 'waiting' | 'connecting' | 'active' | 'lost' | 'ended';

/** Plain data of a running or starting call, as this side sees it. */
export interface CallState {
  /** `waiting` for the other side's answer, `connecting` media, `active`, `lost` (trying again), `ended`. */
  readonly status: CallStatus;
  readonly kind: CallKind;
  /** This side's devices as the real tracks report them. */
  readonly own: MediaState;
  /** The other side's devices as it told. */
  readonly other: MediaState;
  readonly otherName: string;
  readonly microphoneProblem: DeviceProblem | null;
  readonly cameraProblem: DeviceProblem | null;
  /** The browser refused to play sound without a gesture. */
  readonly playBlocked: boolean;
  /** Epoch milliseconds, server clock corrected, or null before media flowed. */
  readonly activeSince: number | null;
  readonly expanded: boolean;
  readonly recording: { readonly status: 'asking' | 'on'; readonly since: number } | null;
  /** Whether this side may start a recording (agent, allowed by the service). */
  readonly canRecord: boolean;
}

/** A call as elements use it: state to show, streams to play, verbs to ask for. Implemented in `media/`. */
export interface CallHandle {
  readonly store: ReadableStore<CallState>;
  /** This side's camera and microphone; the same object for the whole call, tracks come and go. */
  readonly ownStream: MediaStream;
  /**
   * The other side's picture and sound; the same object for the whole call. Tracks come and go, with `addtrack` and
   * `removetrack`: the picture is there only while the other side's camera is on. A `<video>` that was given a stream
   * without tracks stays at `HAVE_NOTHING` in Chromium and plays no sound later: give it the stream again then.
   */
  readonly otherStream: MediaStream;
  setMicrophone(on: boolean): Promise<void>;
  setCamera(on: boolean): Promise<void>;
  setSound(on: boolean): void;
  setExpanded(on: boolean): void;
  setPlayBlocked(blocked: boolean): void;
  startRecording(): void;
  stopRecording(): void;
  hangUp(): void;
}

/** The call of a contact on this page, if there is one. */
export type CurrentCall = ReadableStore<{ readonly handle: CallHandle | null }>;

export const callContext = createContext<CallHandle | null>(Symbol('vc-call'));
