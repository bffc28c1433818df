import { connectSqlite, type SqlitePlace } from './sqlite-file.ts';
import { SqliteWrites, type Write, type Written } from './sqlite-writes.ts';
import { serveThread } from './thread.ts';

/** Opens a file, writes to it, and closes it, as it is asked to. */
export type WriteQuestion =
  | { readonly open: SqlitePlace }
  | { readonly writes: readonly Write[] }
  | { readonly close: true };

let database: ReturnType<typeof connectSqlite> | undefined;
let writes: SqliteWrites | undefined;

serveThread<WriteQuestion, readonly Written[]>((question) => {
  if ('open' in question) {
    database = connectSqlite(question.open);
    writes = new SqliteWrites(database);
  } else if ('writes' in question) return writes?.commit(question.writes) ?? [];
  else database?.close();
  return [];
});
