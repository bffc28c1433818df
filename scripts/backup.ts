import { StoreError } from '../server/store/port.ts';
import { backUpSqlite } from '../server/store/sqlite/backup.ts';
import { sqlitePath } from './sqlite-path.ts';

/** `npm run backup -- FILE` copies the store that `VC_STORE` names to a new file, while the server goes on. */

const [to] = Deno.args;
try {
  const from = sqlitePath('back up');
  if (!to)
    throw new StoreError('store.unavailable', 'Cannot back up: no file is named; npm run backup -- FILE');
  const bytes = await backUpSqlite(from, to);
  console.log(`Backed up ${from} to ${to}: ${bytes} bytes`);
} catch (error) {
  console.error(error instanceof StoreError ? error.message : error);
  Deno.exit(1);
}
