import { createContext } from '@lit/context';
import type { ReadableStore } from './store.ts';

/**
 * A recording on this device: `recording` now; `unfinished`, left by a tab that died; `finishing`, being made into
 * one file; `ready` to be saved from `url`; `failed`, its chunks are kept.
 */
export interface RecordingItem {
  readonly id: string;
  readonly contact: string;
  /** The visitor's name. */
  readonly name: string;
  readonly startedAt: number;
  readonly status: 'recording' | 'unfinished' | 'finishing' | 'ready' | 'failed';
  /** Bytes on disk. */
  readonly size: number;
  readonly fileName: string;
  /** Object URL of the finished file. */
  readonly url: string | null;
  readonly problem: string | null;
}

export interface RecordingsState {
  readonly items: readonly RecordingItem[];
}

export const recordingsContext = createContext<ReadableStore<RecordingsState>>(Symbol('vc-recordings'));
