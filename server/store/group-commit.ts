import type { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers';
import { StoreError } from './port.ts';
import { sqliteError } from './sqlite-error.ts';

interface Write {
  /** Runs inside the transaction; gives what acknowledges the write once the transaction is on disk. */
  readonly apply: () => () => void;
  readonly reject: (error: StoreError) => void;
}

/**
 * Puts the writes of one turn of the event loop into one transaction, because the cost of a write is its
 * fsync.
 *
 * Nothing is executed before the turn ends, so a reader never sees what is not on disk yet: were an
 * uncommitted entry sent out and the process killed, its offset would later name another entry. A read issued
 * behind writes therefore waits for their commit (and sees them); with none under way it runs at once.
 */
export class GroupCommit {
  readonly #database: DatabaseSync;
  readonly #name: string;
  readonly #committed: () => void;
  #writes: Write[] = [];
  #flushed = Promise.withResolvers<void>();
  #closed = false;
  #commits = 0;

  /** `name` says in errors which store it was; `committed` is told of each transaction. */
  constructor(database: DatabaseSync, name: string, committed: () => void) {
    this.#database = database;
    this.#name = name;
    this.#committed = committed;
  }

  /** Transactions committed so far. */
  get commits(): number {
    return this.#commits;
  }

  /**
   * Runs `statement` in the transaction of this turn; resolves with its result after the commit. When any
   * statement or the commit fails, the whole batch is rolled back and each of its writes rejects with a
   * {@link StoreError}.
   */
  write<T>(statement: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#assertOpen();
      if (this.#writes.length === 0) setImmediate(() => this.#flush());
      const apply = () => {
        const result = statement();
        return () => resolve(result);
      };
      this.#writes.push({ apply, reject });
    });
  }

  /** Runs `query` on what is committed, behind every write issued before it. */
  async read<T>(query: () => T): Promise<T> {
    this.#assertOpen();
    if (this.#writes.length > 0) await this.#flushed.promise;
    try {
      return query();
    } catch (error) {
      throw sqliteError(`read from the store at ${this.#name}`, error);
    }
  }

  /** Commits what is under way, lets the reads behind it finish and refuses everything later. */
  async close(): Promise<void> {
    this.#closed = true;
    const { promise } = this.#flushed;
    this.#flush();
    await promise;
  }

  #flush(): void {
    const writes = this.#writes;
    const flushed = this.#flushed;
    this.#writes = [];
    this.#flushed = Promise.withResolvers();
    if (writes.length > 0) this.#commit(writes);
    flushed.resolve();
  }

  #commit(writes: readonly Write[]): void {
    try {
      this.#database.exec('BEGIN IMMEDIATE');
      const acknowledgements = writes.map((write) => write.apply());
      this.#database.exec('COMMIT');
      this.#commits += 1;
      this.#committed();
      for (const acknowledge of acknowledgements) acknowledge();
    } catch (error) {
      const failure = sqliteError(`write to the store at ${this.#name}`, error);
      for (const write of writes) write.reject(failure);
      // SQLite has rolled back by itself after some I/O errors, and a second ROLLBACK would throw.
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
    }
  }

  #assertOpen(): void {
    if (this.#closed) {
      throw new StoreError('store.closed', `Cannot use the store at ${this.#name}: it is closed`);
    }
  }
}
