import { parseStoreAddress, type StoreAddress } from './store/open.ts';

/** What the environment of the process asks for. */
export interface Settings {
  readonly port: number;
  readonly store: StoreAddress;
  /** Path of the file the store is, or `:memory:` where it is none. */
  readonly storePath: string;
  /** Null: the demo's own. */
  readonly configPath: string | null;
  /** Null: the demo makes and keeps one. */
  readonly secret: string | null;
  readonly demo: boolean;
}

/** Something the operator has to mend before the server can start. The message is one sentence for them. */
export class SettingsError extends Error {
  readonly code = 'config.environment';
  constructor(message: string) {
    super(message);
    this.name = 'SettingsError';
  }
}

/**
 * Reads `PORT`, `VC_STORE`, `VC_CONFIG`, `VC_SECRET` and `VC_DEMO`.
 * @throws {SettingsError} naming the variable and the reason
 */
export function readSettings(env: (name: string) => string | undefined): Settings {
  const demo = env('VC_DEMO') === '1';
  const configPath = env('VC_CONFIG') || null;
  const secret = env('VC_SECRET') || null;
  if (!demo && !configPath)
    throw new SettingsError('Cannot start: VC_CONFIG does not name a configuration file');
  if (!demo && !secret)
    throw new SettingsError('Cannot start: VC_SECRET is not set, and there is no default outside the demo');
  const store = storeOf(env('VC_STORE'));
  assertAttached(store, env);
  return { port: portOf(env('PORT')), store, storePath: pathOf(store), configPath, secret, demo };
}

function portOf(text = '8000'): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new SettingsError(`Cannot start: PORT is not a port: ${text}`);
  return port;
}

function storeOf(text = 'sqlite:data/vicino.sqlite'): StoreAddress {
  const store = parseStoreAddress(text);
  if (typeof store === 'string') throw new SettingsError(`Cannot start: VC_STORE is no store: ${store}`);
  return store;
}

/** On Deno Deploy an app with no database attached would without a word keep everything in memory. */
function assertAttached(store: StoreAddress, env: (name: string) => string | undefined): void {
  if (store.kind !== 'kv' || store.location !== '' || !env('DENO_DEPLOYMENT_ID')) return;
  if (env('DENO_KV_REQUIRES_DISTRIBUTED_DATABASE') === 'error') return;
  throw new SettingsError(
    'Cannot start: VC_STORE is kv: and DENO_KV_REQUIRES_DISTRIBUTED_DATABASE is not "error", so the data might be kept in memory only',
  );
}

function pathOf(store: StoreAddress): string {
  if (store.kind === 'sqlite') return store.path;
  return store.kind === 'kv' && store.location !== '' && !/^https?:/.test(store.location)
    ? store.location
    : ':memory:';
}
