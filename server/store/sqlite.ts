import type { DatabaseSync } from 'node:sqlite';
import { Checkpointer } from './checkpointer.ts';
import { GroupCommit } from './group-commit.ts';
import { jsonText } from './json-text.ts';
import { LocalBus, logSubscriberFailure, type SubscriberFailure } from './local-bus.ts';
import type {
  Appended,
  Document,
  LogPage,
  LogRecord,
  Store,
  StoredRecord,
  Unsubscribe,
  Version,
} from './port.ts';
import { sqliteError } from './sqlite-error.ts';
import { openSqliteFile, type SqliteFile } from './sqlite-file.ts';

export interface SqliteOptions {
  /**
   * The database never grows past this many bytes (rounded down to whole pages); default: as the disk allows.
   */
  readonly maxBytes?: number;
  /** Told what a subscriber of {@link Store.subscribe} threw; default: written to the console. */
  readonly onSubscriberFailure?: SubscriberFailure;
}

/** A {@link Store} in one SQLite file, for one process: messages between instances stay within it. */
export interface SqliteStore extends Store {
  /** Transactions committed since opening. All writes of one turn of the event loop share one. */
  readonly commits: number;
}

/**
 * Opens the store in the file at `path`, which is created with its directory where missing; `:memory:` keeps
 * it in memory.
 *
 * A write resolves once it is synced to disk. When the disk fails or is full, every write of that turn
 * rejects with `store.full` or `store.unavailable`, none of them is kept, and the store goes on with the next
 * ones.
 *
 * @throws {StoreError} `store.corrupt` when the file is damaged, not one of ours or made by a newer version
 *   (it is left as it is), `store.unavailable` when the place cannot be used
 */
export async function openSqlite(path: string, options: SqliteOptions = {}): Promise<SqliteStore> {
  const file = await openSqliteFile(path, options.maxBytes);
  return new SqliteFileStore(path, file, new LocalBus(options.onSubscriberFailure ?? logSubscriberFailure));
}

class SqliteFileStore implements SqliteStore {
  readonly epoch: string;
  readonly isShared = false;
  readonly #database: DatabaseSync;
  readonly #checkpointer: Checkpointer | null;
  readonly #queue: GroupCommit;
  readonly #bus: LocalBus;
  readonly #statements: Statements;
  #closed: Promise<void> | undefined;

  constructor(path: string, file: SqliteFile, bus: LocalBus) {
    this.epoch = file.epoch;
    this.#database = file.database;
    this.#checkpointer = path === ':memory:' ? null : new Checkpointer(path);
    this.#queue = new GroupCommit(file.database, path, () => this.#checkpointer?.committed());
    this.#bus = bus;
    this.#statements = prepare(file.database);
  }

  get commits(): number {
    return this.#queue.commits;
  }

  get<T>(key: string): Promise<Document<T> | null> {
    return this.#queue.read(() => {
      const row = this.#statements.get.get(key);
      return row ? toDocument<T>(row as unknown as DocumentRow) : null;
    });
  }

  async put<T>(key: string, value: T, expected: Version | null): Promise<Version | null> {
    // Encoded before the turn ends: the caller may change the object afterwards.
    const text = jsonText(value);
    // Never used twice, so a key deleted and created again does not pass for the document once read.
    const version = crypto.randomUUID();
    const { create, replace } = this.#statements;
    const { changes } = await this.#queue.write(() =>
      expected === null ? create.run(key, text, version) : replace.run(text, version, key, expected),
    );
    return changes === 0 ? null : version;
  }

  async delete(key: string, expected: Version): Promise<boolean> {
    const { changes } = await this.#queue.write(() => this.#statements.delete.run(key, expected));
    return changes !== 0;
  }

  list<T>(prefix: string, options: { after?: string; limit?: number } = {}): Promise<Document<T>[]> {
    const { after = '', limit = 1000 } = options;
    return this.#queue.read(() => {
      const rows = this.#statements.list.all(prefix, after, prefix + HIGHEST_CHARACTER, limit);
      return rows.map((row) => toDocument<T>(row as unknown as DocumentRow));
    });
  }

  async append<R extends LogRecord>(log: string, record: R): Promise<Appended<R>> {
    const text = jsonText(record);
    const { id } = record;
    return await this.#queue.write(() => {
      const { append, find } = this.#statements;
      const appended = append.get(log, id, text) as unknown as { offset: number } | undefined;
      if (appended) return { ...toEntry<R>({ offset: appended.offset, record: text }), duplicate: false };
      return { ...toEntry<R>(find.get(log, id) as unknown as EntryRow), duplicate: true };
    });
  }

  read<R extends LogRecord>(log: string, after: number, limit = 500): Promise<LogPage<R>> {
    return this.#queue.read(() => {
      const entries = this.#statements.read.all(log, after, limit);
      const newest = this.#statements.head.get(log) as unknown as { head: number };
      return { head: newest.head, entries: entries.map((row) => toEntry<R>(row as unknown as EntryRow)) };
    });
  }

  publish(subject: string, message: unknown): Promise<void> {
    return this.#bus.publish(subject, message);
  }

  subscribe(subject: string, handler: (message: unknown) => void): Unsubscribe {
    return this.#bus.subscribe(subject, handler);
  }

  ask(subject: string, message: unknown, signal?: AbortSignal): Promise<unknown> {
    return this.#bus.ask(subject, message, signal);
  }

  answer(subject: string, handler: (message: unknown) => unknown | Promise<unknown>): Unsubscribe {
    return this.#bus.answer(subject, handler);
  }

  close(): Promise<void> {
    this.#closed ??= this.#release();
    return this.#closed;
  }

  async #release(): Promise<void> {
    this.#bus.close();
    await this.#queue.close();
    this.#checkpointer?.close();
    try {
      // Even while another process has the file open, which keeps closing from emptying the log into it.
      this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch (error) {
      throw sqliteError('empty the write-ahead log of the store', error);
    } finally {
      this.#database.close();
    }
  }
}

type Statements = ReturnType<typeof prepare>;

function prepare(database: DatabaseSync) {
  return {
    get: database.prepare('SELECT key, value, version FROM documents WHERE key = ?'),
    create: database.prepare(
      'INSERT INTO documents (key, value, version) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    ),
    replace: database.prepare('UPDATE documents SET value = ?, version = ? WHERE key = ? AND version = ?'),
    delete: database.prepare('DELETE FROM documents WHERE key = ? AND version = ?'),
    // One lower bound, so that a late page starts its search at `after` and not at the prefix.
    list: database.prepare(`
      SELECT key, value, version FROM documents
      WHERE key >= max(?1, ?2) AND key <> ?2 AND key < ?3 ORDER BY key LIMIT ?4`),
    append: database.prepare(`
      INSERT INTO entries (log, offset, id, record)
      SELECT ?1, coalesce(max(offset), 0) + 1, ?2, ?3 FROM entries WHERE log = ?1
      ON CONFLICT (log, id) DO NOTHING
      RETURNING offset`),
    find: database.prepare('SELECT offset, record FROM entries WHERE log = ? AND id = ?'),
    read: database.prepare(
      'SELECT offset, record FROM entries WHERE log = ? AND offset > ? ORDER BY offset LIMIT ?',
    ),
    head: database.prepare('SELECT coalesce(max(offset), 0) AS head FROM entries WHERE log = ?'),
  };
}

interface DocumentRow {
  readonly key: string;
  readonly value: string;
  readonly version: string;
}

interface EntryRow {
  readonly offset: number;
  readonly record: string;
}

function toDocument<T>(row: DocumentRow): Document<T> {
  return { key: row.key, value: JSON.parse(row.value) as T, version: row.version };
}

/** Offsets have no gaps here, so the one before is one less. */
function toEntry<R extends LogRecord>(row: EntryRow): StoredRecord<R> {
  return { offset: row.offset, previous: row.offset - 1, record: JSON.parse(row.record) as R };
}

/** Nothing that starts with the prefix sorts behind the prefix followed by this. */
const HIGHEST_CHARACTER = '\u{10FFFF}';
