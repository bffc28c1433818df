import { StoreError } from '../server/store/port.ts';
import { restoreSqlite } from '../server/store/sqlite/backup.ts';
import { sqlitePath } from './sqlite-path.ts';

/** `npm run restore -- FILE` puts a backup in the place of the store that `VC_STORE` names. The server must be stopped. */

const [from] = Deno.args;
try {
  const to = sqlitePath('restore');
  if (!from)
    throw new StoreError('store.unavailable', 'Cannot restore: no file is named; npm run restore -- FILE');
  const kept = await restoreSqlite(from, to, new Date());
  console.log(`Restored ${from} to ${to}${kept === null ? '' : `; what was there is kept as ${kept}`}`);
} catch (error) {
  console.error(error instanceof StoreError ? error.message : error);
  Deno.exit(1);
}
