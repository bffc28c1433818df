import type { CallState } from './call-handle.ts';
import type { ReadableStore } from './store.ts';

/** What whoever drives recordings needs of `media/recording/`, which is loaded with the desk's first look at it. */
export interface RecorderFactory {
  /** Begins to record. @throws {Error} when this browser cannot. */
  createRecorder(options: {
    readonly ownStream: MediaStream;
    readonly otherStream: MediaStream;
    readonly state: ReadableStore<CallState>;
    readonly contact: string;
    onError(error: Error): void;
  }): RunningRecorder;
  /** Makes one file of what is on disk, or null when nothing is. */
  finish(id: string): Promise<File | null>;
  /** Recordings that no window runs any more. */
  unfinished(): Promise<readonly RecordingNote[]>;
  /** Forgets what is on disk. */
  discard(id: string): Promise<void>;
}

export interface RunningRecorder {
  readonly note: RecordingNote;
  /** Resolves when the last chunk is on disk. */
  stop(): Promise<void>;
}

export interface RecordingNote {
  readonly id: string;
  readonly contact: string;
  /** Of the other side. */
  readonly name: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
}
