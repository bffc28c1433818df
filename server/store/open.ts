import type { SubscriberFailure } from './local-bus.ts';
import { parseNatsAddress } from './nats/address.ts';
import type { Store } from './port.ts';

export interface StoreOptions {
  /** Told what a subscriber of {@link Store.subscribe} threw; default: written to the console. */
  readonly onSubscriberFailure?: SubscriberFailure;
}

/** Which store, and where its data is. */
export type StoreAddress =
  | { readonly kind: 'sqlite'; readonly path: string }
  | { readonly kind: 'kv'; readonly location: string }
  | { readonly kind: 'nats'; readonly address: string };

const FORMS = 'sqlite:PATH, kv:, kv:PATH, kv:https://…, nats://HOST:4222[,…]';

/**
 * Reads `sqlite:PATH`, `kv:` (the default database), `kv:PATH`, `kv:https://…` or `nats://…`; `:memory:` as a
 * path keeps the data in memory.
 * @returns the reason when it is none of them
 */
export function parseStoreAddress(text: string): StoreAddress | string {
  const [, kind, rest = ''] = text.match(/^(sqlite|kv|nats):(.*)$/) ?? [];
  if (kind === 'sqlite' && rest) return { kind, path: rest };
  if (kind === 'kv') return { kind, location: rest };
  if (kind !== 'nats') return `it is none of ${FORMS}`;
  const address = parseNatsAddress(text);
  return typeof address === 'string' ? address : { kind, address: text };
}

/**
 * Opens the store; loads nothing of the others.
 * @throws {StoreError} when it cannot be had
 */
export async function openStore(store: StoreAddress, options: StoreOptions = {}): Promise<Store> {
  switch (store.kind) {
    case 'sqlite':
      return await (await import('./sqlite/sqlite.ts')).openSqlite(store.path, options);
    case 'kv':
      return await (await import('./kv/kv.ts')).openKv(store.location, options);
    case 'nats':
      return await (await import('./nats/nats.ts')).openNats(store.address, options);
  }
}
