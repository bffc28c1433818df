import type { CheckpointQuestion } from './checkpoint-thread.ts';
import type { SqlitePlace } from './file.ts';
import { Thread } from './thread.ts';
import type { WriteAnswer, WriteQuestion } from './write-thread.ts';
import type { LogQuery, LogRows, Write, Written } from './writes.ts';

/** Carries out the writes of one transaction, or none of them; reads a log behind all of them. */
export interface Writer {
  commit(writes: readonly Write[]): Promise<readonly Written[]>;
  read(query: LogQuery): Promise<LogRows>;
  close(): Promise<void>;
}

/** Commits between two checkpoints. */
const COMMITS = 100;

/**
 * Writes to a file on a thread of its own, so that the event loop never waits for the disk; and on another one, now and then,
 * brings the write-ahead log into the file, so that writes wait for the last bit of that alone.
 */
export class ThreadedWriter implements Writer {
  readonly #place: SqlitePlace;
  readonly #thread: Thread<WriteQuestion, WriteAnswer>;
  /** There once it is needed. */
  #checkpoints: Thread<CheckpointQuestion, null> | null = null;
  #checkpoint: Promise<void> | null = null;
  #commits = 0;

  private constructor(place: SqlitePlace, thread: Thread<WriteQuestion, WriteAnswer>) {
    this.#place = place;
    this.#thread = thread;
  }

  /** @throws what SQLite throws */
  static async open(place: SqlitePlace): Promise<ThreadedWriter> {
    return new ThreadedWriter(place, await openThread('write-thread.ts', place));
  }

  async commit(writes: readonly Write[]): Promise<readonly Written[]> {
    const written = (await this.#thread.ask({ writes })) as readonly Written[];
    if (++this.#commits % COMMITS === 0) this.#checkpoint ??= this.#makeCheckpoint();
    return written;
  }

  async read(query: LogQuery): Promise<LogRows> {
    return (await this.#thread.ask({ read: query })) as LogRows;
  }

  async close(): Promise<void> {
    await this.#checkpoint;
    await Promise.allSettled([this.#thread.ask({ close: true }), this.#checkpoints?.ask({ close: true })]);
    this.#thread.close();
    this.#checkpoints?.close();
  }

  async #makeCheckpoint(): Promise<void> {
    try {
      this.#checkpoints ??= await openThread('checkpoint-thread.ts', this.#place);
      await this.#checkpoints.ask({ checkpoint: true });
      // What was written meanwhile: with all of it in the file the log begins anew.
      await this.#thread.ask({ checkpoint: true });
    } catch {
      // A full disk, or a file that nobody else may open: the log grows on, and whoever writes to it is told.
    }
    this.#checkpoint = null;
  }
}

/** @throws what SQLite throws; nothing of the thread is left then */
async function openThread<Question, A>(
  program: string,
  place: SqlitePlace,
): Promise<Thread<Question | { readonly open: SqlitePlace }, A>> {
  const thread = new Thread<Question | { readonly open: SqlitePlace }, A>(
    new URL(program, import.meta.url),
    program,
  );
  try {
    await thread.ask({ open: place });
    return thread;
  } catch (error) {
    thread.close();
    throw error;
  }
}
