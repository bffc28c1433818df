import { existsSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { StoreError } from '../port.ts';
import { sqliteError } from './error.ts';

/**
 * Stands in the header of the file (`PRAGMA application_id`) and tells our files from those of other
 * applications: "VCNO".
 */
const APPLICATION_ID = 0x56434e4f;
/** Stands in the header too (`PRAGMA user_version`). Files of version 1 also have an index of ids; both former ones know no arrivals. */
const SCHEMA_VERSION = 3;
/** Of pages that a connection keeps in memory as it needs them: filing begins with the last page of a log. */
const CACHE_KIB = 32 * 1024;
/** Waiting for another process holds up all writes, so it must stay short. */
const BUSY_TIMEOUT_MS = 1000;
/**
 * A full check reads the whole file; beyond this size only header, file length and schema are checked at
 * opening.
 */
const FULL_CHECK_MAX_BYTES = 64 * 1024 * 1024;

const SCHEMA = `
  CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE documents (key TEXT PRIMARY KEY, value TEXT NOT NULL, version TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE entries (
    log TEXT NOT NULL,
    offset INTEGER NOT NULL,
    id TEXT NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (log, offset)
  ) WITHOUT ROWID;
`;
/** Entries in the order in which they came, until they are put with those of their log. */
const ARRIVALS = `
  CREATE TABLE arrivals (
    number INTEGER PRIMARY KEY,
    log TEXT NOT NULL,
    offset INTEGER NOT NULL,
    id TEXT NOT NULL,
    record TEXT NOT NULL
  );
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${SCHEMA_VERSION};
`;

/** Where a store is, and how large it may grow. */
export interface SqlitePlace {
  /** `:memory:` for no file. */
  readonly path: string;
  /** The file never grows past so many bytes, rounded down to whole pages; writes that would make it do so fail with `store.full`. */
  readonly maxBytes?: number;
}

export interface SqliteFile {
  readonly database: DatabaseSync;
  readonly epoch: string;
}

/**
 * Opens the file, creating it, its schema and its directory where missing.
 *
 * @throws {StoreError} `store.corrupt` when what lies there is damaged, not ours, or from a newer version: it
 *   is then left as it is, byte for byte. `store.unavailable` when the place cannot be used.
 */
export async function openSqliteFile(place: SqlitePlace): Promise<SqliteFile> {
  const { path } = place;
  try {
    if (path !== ':memory:') {
      await mkdir(dirname(path), { recursive: true });
      await verify(path);
    }
    return openForWriting(place);
  } catch (error) {
    throw sqliteError(`open the store at ${path}`, error);
  }
}

/**
 * Looks through a connection that cannot write, because closing a writable one may already change the file. Nothing there, or
 * an empty file, is no fault.
 * @throws {StoreError} `store.corrupt` when what lies there is damaged, not ours, or from a newer version
 */
export async function verify(path: string): Promise<void> {
  const bytes = await sizeOf(path);
  if (bytes === 0) return;
  const reason = findFault(path, bytes);
  if (reason !== null) {
    throw new StoreError(
      'store.corrupt',
      `Cannot open the store at ${path}: ${reason}; the file was left untouched`,
    );
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 0;
    throw error;
  }
}

function findFault(path: string, bytes: number): string | null {
  const location = pathToFileURL(path);
  // Without a write-ahead log to read there is no need for locks, whose files would stay behind beside a
  // refused file.
  if (!existsSync(`${path}-wal`)) location.searchParams.set('immutable', '1');
  const database = new DatabaseSync(location, { readOnly: true });
  try {
    const application = pragma(database, 'application_id');
    const version = Number(pragma(database, 'user_version'));
    // A creation that was cut short before its only transaction.
    if (application === 0 && version === 0 && isEmpty(database)) return null;
    if (application !== APPLICATION_ID) return 'it is a database of another application';
    if (version > SCHEMA_VERSION) {
      return `it was made by a newer version (its schema is ${version}, the newest known is ${SCHEMA_VERSION})`;
    }
    if (bytes > FULL_CHECK_MAX_BYTES) return null;
    const verdict = pragma(database, 'quick_check(1)');
    return verdict === 'ok' ? null : `it is damaged (${String(verdict).replaceAll('\n', ' ')})`;
  } catch (error) {
    const failure = sqliteError(`open the store at ${path}`, error);
    if (failure.code !== 'store.corrupt') throw failure;
    return (error as Error).message;
  } finally {
    database.close();
  }
}

function openForWriting(place: SqlitePlace): SqliteFile {
  const database = connect(place.path, place);
  try {
    return { database, epoch: ensureSchema(database) };
  } catch (error) {
    database.close();
    throw error;
  }
}

/** One connection for one thread to a file that is there: one that was taken away meanwhile is not begun anew. */
export function connectSqlite(place: SqlitePlace): DatabaseSync {
  const location = pathToFileURL(place.path);
  location.searchParams.set('mode', 'rw');
  return connect(location, place);
}

function connect(location: string | URL, { maxBytes }: SqlitePlace): DatabaseSync {
  const database = new DatabaseSync(location, { timeout: BUSY_TIMEOUT_MS });
  try {
    // Checkpoints are made beside.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0');
    database.exec(`PRAGMA cache_size = -${CACHE_KIB}`);
    if (maxBytes !== undefined) {
      const pages = Math.floor(maxBytes / Number(pragma(database, 'page_size')));
      database.exec(`PRAGMA max_page_count = ${pages}`);
    }
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** One transaction: a kill in between leaves an empty database, which the next opening fills. */
function ensureSchema(database: DatabaseSync): string {
  database.exec('BEGIN IMMEDIATE');
  const version = Number(pragma(database, 'user_version'));
  if (version === 0) {
    database.exec(SCHEMA);
    database.prepare("INSERT INTO meta (name, value) VALUES ('epoch', ?)").run(crypto.randomUUID());
  }
  if (version < SCHEMA_VERSION) database.exec(ARRIVALS);
  const epoch = database.prepare("SELECT value FROM meta WHERE name = 'epoch'").get()?.value;
  if (typeof epoch !== 'string') {
    throw new StoreError('store.corrupt', 'Cannot open the store: it has no epoch');
  }
  database.exec('COMMIT');
  return epoch;
}

function isEmpty(database: DatabaseSync): boolean {
  return database.prepare('SELECT 1 FROM sqlite_schema').get() === undefined;
}

export function pragma(database: DatabaseSync, name: string): unknown {
  return Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
}
