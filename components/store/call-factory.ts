import type { CallKind, MediaState } from '../../core/contact/model.ts';
import type { CallHandle, CallState } from './call-handle.ts';

/** What whoever drives calls needs of `media/call.ts`, which is loaded when the first call comes. */
export interface CallFactory {
  createCall(options: CallOptions): DrivenCall;
  /** Fetches what only a connected call needs. */
  preloadPeer(): Promise<unknown>;
}

export interface CallOptions {
  readonly kind: CallKind;
  readonly otherName: string;
  readonly canRecord: boolean;
  /** This side takes part, and waits at the broker to be dialled. */
  onReady(attempt: number): void;
  onConnected(attempt: number): void;
  /** The connection is gone or never came; the call stays and waits for another `start`. */
  onLost(attempt: number): void;
  /** What the own devices do now, for the other side to see. */
  onMedia(state: MediaState): void;
  onHangUp(): void;
  onRecordRequest(): void;
  onRecordStop(): void;
}

/** Where the broker listens; `path` without a trailing slash. */
export interface Broker {
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly secure: boolean;
}

/** One try to connect both sides, as the server minted it. */
export interface CallSetup {
  /** Grows with every try of one call. */
  readonly attempt: number;
  /** The answerer opens its peer and waits; the caller dials when the server says so. */
  readonly role: 'caller' | 'answerer';
  readonly self: string;
  readonly remote: string;
  readonly ticket: string;
  readonly ice: readonly RTCIceServer[];
  readonly relayOnly?: boolean;
  readonly broker: Broker;
}

/** What the server knows of a call. */
export interface ToldCall {
  readonly status: CallState['status'];
  readonly kind: CallKind;
  readonly otherMedia: MediaState;
  readonly recording: CallState['recording'];
  readonly activeSince: number | null;
}

/** A call as the session drives it. */
export interface DrivenCall extends CallHandle {
  /**
   * Takes part: asks for the microphone, and the camera where it is on from the start. Before that the call only prepares
   * the way, without a device and without a word to the other side.
   */
  join(camera: boolean): void;
  /** Begins an attempt. A newer one replaces a running one; an older one, or the same again, is ignored. */
  start(setup: CallSetup): void;
  /** Tells the caller that the answerer of `attempt` is ready. */
  dial(attempt: number): void;
  /** Takes what the server says of the call. */
  update(told: Partial<ToldCall>): void;
  /** Ends the call on this side: devices, connection and peer are released. */
  close(): void;
}
