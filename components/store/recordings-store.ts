import { createContext } from '@lit/context';
import type { ReadableStore } from './store.ts';

/**
 * A recording on this device: `recording` now; `unfinished`, left by a tab that died; `finishing`, being made into one
 * file; `sending` to the server, or `waiting` to go on with that when the server is there again; `kept` with its contact on the
 * server; `local`, a whole file on this device alone; `failed`, its chunks are kept.
 */
export type RecordingStatus =
  | 'recording'
  | 'unfinished'
  | 'finishing'
  | 'sending'
  | 'waiting'
  | 'kept'
  | 'local'
  | 'failed';

export interface RecordingItem {
  readonly id: string;
  readonly contact: string;
  /** The visitor's name. */
  readonly name: string;
  readonly startedAt: number;
  readonly status: RecordingStatus;
  /** Bytes on disk. */
  readonly size: number;
  /** How many of them the server has. */
  readonly sent: number;
  readonly fileName: string;
  /** Object URL of the finished file; null before it is one. */
  readonly url: string | null;
  /** Whether it can be saved as MP4 as well. */
  readonly mp4: boolean;
  /** Why it could not be finished, or is not on the server; a sentence. */
  readonly problem: string | null;
  /** Seconds of recording there is still room for on this device; null while there is plenty. */
  readonly room: number | null;
}

export interface RecordingsState {
  readonly items: readonly RecordingItem[];
}

export const recordingsContext = createContext<ReadableStore<RecordingsState>>(Symbol('vc-recordings'));
