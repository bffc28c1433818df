import { connectSqlite, type SqlitePlace } from './file.ts';
import { serveThread } from './thread.ts';

/** Opens a file, brings its write-ahead log into it, and closes it, as it is asked to. */
export type CheckpointQuestion =
  | { readonly open: SqlitePlace }
  | { readonly checkpoint: true }
  | { readonly close: true };

let database: ReturnType<typeof connectSqlite> | undefined;

serveThread<CheckpointQuestion, null>((question) => {
  if ('open' in question) database = connectSqlite(question.open);
  else if ('checkpoint' in question) database?.exec('PRAGMA wal_checkpoint(PASSIVE)');
  else database?.close();
  return null;
});
