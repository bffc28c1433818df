import { LOG_LEVELS, type LogLevel } from './log.ts';
import { parseStoreAddress, type StoreAddress } from './store/open.ts';

/** What the environment of the process asks for. */
export interface Settings {
  readonly port: number;
  readonly store: StoreAddress;
  /** Path of the file the store is, or `:memory:` where it is none. */
  readonly storePath: string;
  /** Whether the default database of KV has to be one that outlives this process. */
  readonly attached: boolean;
  /** Null: the demo's own. */
  readonly configPath: string | null;
  /** Null: the demo makes and keeps one. */
  readonly secret: string | null;
  readonly demo: boolean;
  /** Lets in who reads the metrics; null: this machine alone. */
  readonly metricsToken: string | null;
  readonly logLevel: LogLevel;
}

/** Something the operator has to mend before the server can start. The message is one sentence for them. */
export class SettingsError extends Error {
  readonly code = 'config.environment';
  constructor(message: string) {
    super(message);
    this.name = 'SettingsError';
  }
}

type Env = (name: string) => string | undefined;

const MIN_TOKEN = 16;

/**
 * Reads `PORT`, `VC_STORE`, `VC_CONFIG`, `VC_SECRET`, `VC_DEMO`, `VC_METRICS_TOKEN`, `VC_LOG`, and from
 * `DENO_DEPLOYMENT_ID` whether this is Deno Deploy.
 * @throws {SettingsError} naming the variable and the reason
 */
export function readSettings(env: Env): Settings {
  const demo = env('VC_DEMO') === '1';
  const configPath = env('VC_CONFIG') || null;
  const secret = env('VC_SECRET') || null;
  if (!demo && !configPath)
    throw new SettingsError('Cannot start: VC_CONFIG does not name a configuration file');
  if (!demo && !secret)
    throw new SettingsError('Cannot start: VC_SECRET is not set, and there is no default outside the demo');
  const deployed = Boolean(env('DENO_DEPLOYMENT_ID'));
  const store = storeOf(env('VC_STORE') || (deployed ? 'kv:' : 'sqlite:data/vicino.sqlite'));
  if (deployed) assertLasting(store);
  if (!secret && (deployed || isShared(store)))
    throw new SettingsError(
      'Cannot start: VC_SECRET is not set, and instances that share a store need the same',
    );
  return {
    port: portOf(env('PORT')),
    store,
    storePath: pathOf(store),
    attached: deployed && store.kind === 'kv' && store.location === '',
    configPath,
    secret,
    demo,
    metricsToken: tokenOf(env('VC_METRICS_TOKEN')),
    logLevel: levelOf(env('VC_LOG')),
  };
}

function portOf(text = '8000'): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new SettingsError(`Cannot start: PORT is not a port: ${text}`);
  return port;
}

function storeOf(text: string): StoreAddress {
  const store = parseStoreAddress(text);
  if (typeof store === 'string') throw new SettingsError(`Cannot start: VC_STORE is no store: ${store}`);
  return store;
}

/** The disk of Deno Deploy goes with the instance, and nobody would notice before that. */
function assertLasting(store: StoreAddress): void {
  if (store.kind === 'nats' || (store.kind === 'kv' && !isFile(store))) return;
  throw new SettingsError(
    'Cannot start: VC_STORE is a file, and on Deno Deploy files are lost with the instance; use kv: with a database attached',
  );
}

function tokenOf(text: string | undefined): string | null {
  if (!text) return null;
  if (/^\S+$/.test(text) && text.length >= MIN_TOKEN) return text;
  throw new SettingsError(
    `Cannot start: VC_METRICS_TOKEN is shorter than ${MIN_TOKEN} characters or has spaces in it`,
  );
}

function levelOf(text: string | undefined): LogLevel {
  const level = LOG_LEVELS.find((known) => known === (text || 'info'));
  if (!level) throw new SettingsError(`Cannot start: VC_LOG is none of ${LOG_LEVELS.join(', ')}`);
  return level;
}

const isFile = ({ location }: { readonly location: string }): boolean =>
  location !== '' && !/^https?:/.test(location);

/** Whether several instances may have it open. */
const isShared = (store: StoreAddress): boolean =>
  store.kind === 'nats' || (store.kind === 'kv' && /^https?:/.test(store.location));

function pathOf(store: StoreAddress): string {
  if (store.kind === 'sqlite') return store.path;
  return store.kind === 'kv' && isFile(store) ? store.location : ':memory:';
}
