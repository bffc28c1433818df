import { setImmediate } from 'node:timers';
import { StoreError } from '../port.ts';
import { sqliteError } from './error.ts';
import type { Writer } from './writer.ts';
import type { Write, Written } from './writes.ts';

interface Waiting {
  readonly write: Write;
  readonly resolve: (written: Written) => void;
  readonly reject: (error: StoreError) => void;
}

/**
 * Puts the writes of one turn of the event loop, and those that come while others are under way, into one transaction, because
 * the cost of a write is its fsync.
 *
 * Nothing is executed before the turn ends, and nothing is acknowledged before it is on disk: were an uncommitted entry sent out
 * and the process killed, its offset would later name another entry. A read issued behind writes waits for their commit (and
 * sees them); with none under way it runs at once.
 */
export class GroupCommit {
  readonly #writer: Writer;
  readonly #name: string;
  #waiting: Waiting[] = [];
  /** Resolves when those that wait are committed, or refused. */
  #next = Promise.withResolvers<void>();
  /** The same for those that are under way; null: none. */
  #underWay: Promise<void> | null = null;
  #closed = false;
  #commits = 0;

  /** `name` says in errors which store it was. */
  constructor(writer: Writer, name: string) {
    this.#writer = writer;
    this.#name = name;
  }

  /** Transactions committed so far. */
  get commits(): number {
    return this.#commits;
  }

  /**
   * Resolves when the write is on disk. When any write of its transaction or the commit fails, all of them are rolled back and
   * reject with a {@link StoreError}.
   */
  write(write: Write): Promise<Written> {
    return new Promise((resolve, reject) => {
      this.#assertOpen();
      if (this.#waiting.length === 0 && !this.#underWay) setImmediate(() => this.#flush());
      this.#waiting.push({ write, resolve, reject });
    });
  }

  /** Runs `query` on what is committed, behind every write issued before it. */
  async read<T>(query: () => T | Promise<T>): Promise<T> {
    this.#assertOpen();
    if (this.#waiting.length > 0) await this.#next.promise;
    else if (this.#underWay) await this.#underWay;
    try {
      return await query();
    } catch (error) {
      throw sqliteError(`read from the store at ${this.#name}`, error);
    }
  }

  /** Commits what is under way, lets the reads behind it finish and refuses everything later. */
  async close(): Promise<void> {
    this.#closed = true;
    while (this.#underWay || this.#waiting.length > 0) {
      this.#flush();
      await this.#underWay;
    }
    await this.#writer.close();
  }

  #flush(): void {
    if (this.#underWay || this.#waiting.length === 0) return;
    const [writes, { promise, resolve }] = [this.#waiting, this.#next];
    this.#waiting = [];
    this.#next = Promise.withResolvers();
    this.#underWay = promise;
    void this.#commit(writes).then(() => {
      this.#underWay = null;
      resolve();
      // Frames that came meanwhile are read first, and their writes go with this transaction and not with the one behind it.
      if (this.#waiting.length > 0) setImmediate(() => this.#flush());
    });
  }

  async #commit(waiting: readonly Waiting[]): Promise<void> {
    try {
      const written = await this.#writer.commit(waiting.map(({ write }) => write));
      this.#commits += 1;
      for (const [n, { resolve }] of waiting.entries()) resolve(written[n] as Written);
    } catch (error) {
      const failure = sqliteError(`write to the store at ${this.#name}`, error);
      for (const { reject } of waiting) reject(failure);
    }
  }

  #assertOpen(): void {
    if (this.#closed) {
      throw new StoreError('store.closed', `Cannot use the store at ${this.#name}: it is closed`);
    }
  }
}
