import { parseStoreAddress } from '../server/store/open.ts';
import { StoreError } from '../server/store/port.ts';

/**
 * Path of the file that `VC_STORE` names, or of the one that is used without it.
 * @throws {StoreError} when the store is no file of SQLite
 */
export function sqlitePath(action: string): string {
  const store = parseStoreAddress(Deno.env.get('VC_STORE') || 'sqlite:data/vicino.sqlite');
  if (typeof store === 'object' && store.kind === 'sqlite' && store.path !== ':memory:') return store.path;
  throw new StoreError(
    'store.unavailable',
    `Cannot ${action}: VC_STORE is no file of SQLite; for the other stores see docs/operations.md`,
  );
}
