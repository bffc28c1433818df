import type { CallState } from './call-handle.ts';
import type { ReadableStore } from './store.ts';

/** What whoever drives recordings needs of `media/recording/`, which is loaded with the desk's first look at it. */
export interface RecorderFactory {
  /**
   * Takes room on this device; the recorder gives back what it does not need. @throws {Error} when there is not enough, or
   * no sound to record.
   */
  prepare(): Promise<void>;
  /** Begins to record. @throws {Error} when this browser cannot. */
  createRecorder(options: RecorderOptions): Promise<RunningRecorder>;
  /**
   * Makes one file of what is on disk, or null when nothing is, or another window is at it. It is this window's from then on.
   * @throws {Error} when what is there makes no film.
   */
  finish(id: string): Promise<File | null>;
  /** The same as MP4. @throws {Error} when players of MP4 would not know its pictures. */
  asMp4(file: File): Promise<File>;
  /** Recordings that no window has. */
  unfinished(): Promise<readonly RecordingNote[]>;
  /** Remembers what is to become of one over the end of this window. */
  mark(id: string, stage: RecordingNote['stage']): Promise<void>;
  /** Forgets what is on disk. */
  discard(id: string): Promise<void>;
  /** Leaves it to other windows. */
  release(id: string): Promise<void>;
}

export interface RecorderOptions {
  readonly ownStream: MediaStream;
  readonly otherStream: MediaStream;
  readonly state: ReadableStore<CallState>;
  /** Id of the contact. */
  readonly contact: string;
  /** Chunks of about a second, and bytes, that are on disk; seconds of recording there is still room for. */
  onChunk?(kept: { readonly count: number; readonly size: number; readonly room: number }): void;
  /** Recording stopped by itself (the disk, or the encoder). What was kept can still be finished. */
  onError(error: Error): void;
}

export interface RunningRecorder {
  readonly note: RecordingNote;
  /** Ends the recording; resolves when the last chunk is on disk. */
  stop(): Promise<void>;
}

/** What is known of a recording besides its chunks. */
export interface RecordingNote {
  readonly id: string;
  /** The contact it belongs to. */
  readonly contact: string;
  /** Of the other side. */
  readonly name: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** Media type of the chunks, codecs included. */
  readonly type: string;
  /** `running`, or its window died; `ended`: whole, on its way to the server; `local`: whole, stays on this device. */
  readonly stage: 'running' | 'ended' | 'local';
}
