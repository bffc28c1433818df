import type { DatabaseSync } from 'node:sqlite';
import { jsonText } from '../json-text.ts';
import { LocalBus, logSubscriberFailure, type SubscriberFailure } from '../local-bus.ts';
import type {
  Appended,
  Document,
  LogPage,
  LogRecord,
  Store,
  StoredRecord,
  Unsubscribe,
  Version,
} from '../port.ts';
import { sqliteError } from './error.ts';
import { openSqliteFile, type SqliteFile, type SqlitePlace } from './file.ts';
import { GroupCommit } from './group-commit.ts';
import { ThreadedWriter, type Writer } from './writer.ts';
import { SqliteWrites, type StoredEntry } from './writes.ts';

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
  const place = { path, ...(options.maxBytes === undefined ? {} : { maxBytes: options.maxBytes }) };
  const file = await openSqliteFile(place);
  const writer = path === ':memory:' ? inMemory(file) : await threaded(place, file);
  return new SqliteFileStore(
    path,
    file,
    writer,
    new LocalBus(options.onSubscriberFailure ?? logSubscriberFailure),
  );
}

/** Another thread would have a memory of its own. */
function inMemory({ database }: SqliteFile): Writer {
  const writes = new SqliteWrites(database);
  return {
    commit: async (batch) => writes.commit(batch),
    read: async (query) => writes.read(query),
    close: async () => {},
  };
}

async function threaded(place: SqlitePlace, { database }: SqliteFile): Promise<Writer> {
  try {
    return await ThreadedWriter.open(place);
  } catch (error) {
    database.close();
    throw sqliteError(`open the store at ${place.path}`, error);
  }
}

class SqliteFileStore implements SqliteStore {
  readonly epoch: string;
  readonly isShared = false;
  readonly #database: DatabaseSync;
  readonly #writer: Writer;
  readonly #queue: GroupCommit;
  readonly #bus: LocalBus;
  readonly #statements: Statements;
  #closed: Promise<void> | undefined;

  constructor(path: string, file: SqliteFile, writer: Writer, bus: LocalBus) {
    this.epoch = file.epoch;
    this.#database = file.database;
    this.#writer = writer;
    this.#queue = new GroupCommit(writer, path);
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
    const { changed } = await this.#queue.write({ kind: 'put', key, text, version, expected });
    return changed ? version : null;
  }

  async delete(key: string, expected: Version): Promise<boolean> {
    return (await this.#queue.write({ kind: 'delete', key, expected })).changed;
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
    const written = await this.#queue.write({ kind: 'append', log, id, text });
    const entry = { offset: written.offset, record: written.text ?? text };
    return { ...toEntry<R>(entry), duplicate: !written.changed };
  }

  read<R extends LogRecord>(log: string, after: number, limit = 500): Promise<LogPage<R>> {
    return this.#queue.read(async () => {
      const { head, entries } = await this.#writer.read({ log, after, limit });
      return { head, entries: entries.map((entry) => toEntry<R>(entry)) };
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
    // One lower bound, so that a late page starts its search at `after` and not at the prefix.
    list: database.prepare(`
      SELECT key, value, version FROM documents
      WHERE key >= max(?1, ?2) AND key <> ?2 AND key < ?3 ORDER BY key LIMIT ?4`),
  };
}

interface DocumentRow {
  readonly key: string;
  readonly value: string;
  readonly version: string;
}

function toDocument<T>(row: DocumentRow): Document<T> {
  return { key: row.key, value: JSON.parse(row.value) as T, version: row.version };
}

/** Offsets have no gaps here, so the one before is one less. */
function toEntry<R extends LogRecord>(row: StoredEntry): StoredRecord<R> {
  return { offset: row.offset, previous: row.offset - 1, record: JSON.parse(row.record) as R };
}

/** Nothing that starts with the prefix sorts behind the prefix followed by this. */
const HIGHEST_CHARACTER = '\u{10FFFF}';
