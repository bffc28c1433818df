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
  /** Media is up for the first time: from now on both sides can also speak without the server. Without it they do not. */
  onLine?(line: DirectLine): void;
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

/** What both sides say to each other without the server, while the call is up. */
export interface DirectLine {
  /** Whether the other side hears. */
  readonly isOpen: boolean;
  /** Who hears what the other side says; until then nothing is heard. */
  listen(listener: DirectListener): void;
  say(word: DirectWord): void;
  /**
   * Sends a file to the other side, over a loss of the connection and a new attempt too. Resolves when the other side has
   * it whole and checked.
   * @throws {Error} with one of the reasons of `media/direct-files.ts` as its message. Unless that is `cancelled` or
   * `declined`, the server's way is left.
   */
  sendFile(file: DirectFile): Promise<void>;
  /** Does not want the file that is coming. */
  declineFile(id: string): void;
}

export type DirectWord =
  /** A message under the id it has, or will have, in the log. */
  | { readonly type: 'message'; readonly id: string; readonly text: string }
  /** The message is in this browser. */
  | { readonly type: 'have'; readonly id: string }
  /** The message was thrown away before the log had it. */
  | { readonly type: 'withdraw'; readonly id: string }
  | { readonly type: 'typing'; readonly on: boolean };

export interface DirectListener {
  /** The other side hears: at first, and after every loss of the connection, for what it may have missed. */
  onOpen(): void;
  onWord(word: DirectWord): void;
  takesFile(offer: FileOffer): boolean;
  /** `bytes` of it are here. */
  onFileProgress(offer: FileOffer, bytes: number): void;
  /** It does not come any more. */
  onFileGone(id: string): void;
  /** It is here, whole and checked. The other side hears so when the promise resolves. */
  onFile(file: ReceivedFile): Promise<void>;
}

export interface FileOffer {
  readonly id: string;
  readonly name: string;
  /** Media type. */
  readonly mime: string;
  /** Bytes. */
  readonly size: number;
}

/** A file that came over the call itself, under the id its sender gave it. */
export interface ReceivedFile {
  readonly id: string;
  readonly file: File;
}

export interface DirectFile {
  readonly id: string;
  readonly mime: string;
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

/** What is on from the start. A screen is never: sharing one takes a click. */
export type JoinedMedia = Omit<MediaState, 'screen'>;

/** A call as the session drives it. */
export interface DrivenCall extends CallHandle {
  /**
   * Takes part: asks for the microphone, and the camera where it is on from the start. What is off in `media` stays off: who
   * is muted is that on the next page, too. Before that the call only prepares the way, without a device and without a word
   * to the other side.
   */
  join(media: JoinedMedia): void;
  /** Begins an attempt. A newer one replaces a running one; an older one, or the same again, is ignored. */
  start(setup: CallSetup): void;
  /** Tells the caller that the answerer of `attempt` is ready. */
  dial(attempt: number): void;
  /** Takes what the server says of the call. */
  update(told: Partial<ToldCall>): void;
  /** Ends the call on this side: devices, connection and peer are released. */
  close(): void;
}
