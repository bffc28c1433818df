import { connectSqlite, type SqlitePlace } from './file.ts';
import { serveThread } from './thread.ts';
import { type LogQuery, type LogRows, SqliteWrites, type Write, type Written } from './writes.ts';

/** Opens a file, writes to it, reads a log, and closes it, as it is asked to. */
export type WriteQuestion =
  | { readonly open: SqlitePlace }
  | { readonly writes: readonly Write[] }
  | { readonly read: LogQuery }
  | { readonly checkpoint: true }
  | { readonly close: true };
export type WriteAnswer = readonly Written[] | LogRows | null;

let database: ReturnType<typeof connectSqlite> | undefined;
let writes: SqliteWrites | undefined;

serveThread<WriteQuestion, WriteAnswer>((question) => {
  if ('open' in question) {
    database = connectSqlite(question.open);
    writes = new SqliteWrites(database);
  } else if ('writes' in question) return writes?.commit(question.writes) ?? null;
  else if ('read' in question) return writes?.read(question.read) ?? null;
  else if ('checkpoint' in question) database?.exec('PRAGMA wal_checkpoint(PASSIVE)');
  else database?.close();
  return null;
});
