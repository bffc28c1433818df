import type { CallKind, ContactSettings, MediaState } from '../../core/contact/model.ts';
import type { CallHandle, CallState } from './call-handle.ts';
import type { DevicePreview } from './device-handle.ts';

/** What whoever drives calls needs of `media/call.ts`, which is loaded when the first call comes. */
export interface CallFactory {
  createCall(options: CallOptions): DrivenCall;
  /** Fetches what only a connected call needs. */
  preloadPeer(): Promise<unknown>;
  /** Opens the microphone, and the camera if asked, before a call. A device that cannot be had is a problem in its state. */
  createPreview(options: { readonly camera: boolean }): DevicePreview;
}

export interface CallOptions {
  readonly kind: CallKind;
  readonly otherName: string;
  readonly canRecord: boolean;
  /** Ceiling of what this side sends. */
  readonly bitrate: ContactSettings['bitrate'];
  /** The other side sent a file directly: it is whole and checked. Without it none is taken. */
  onFile?(file: ReceivedFile): void;
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

/** A file that came over the call itself, under the id its sender gave it. */
export interface ReceivedFile {
  readonly id: string;
  readonly file: File;
}

export interface DirectFile {
  readonly id: string;
  readonly file: File;
  /** Bytes the other side has. */
  onProgress(received: number): void;
  /** Takes it back. */
  readonly signal: AbortSignal;
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
  /**
   * Sends a file to the other side without the server, over a loss of the connection and a new attempt too. Resolves when
   * the other side has it whole and checked.
   * @throws {Error} when the call ends before, or the other side does not take it: then the server's way is left.
   */
  sendFile(file: DirectFile): Promise<void>;
  /** Ends the call on this side: devices, connection and peer are released. */
  close(): void;
}
