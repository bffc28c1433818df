/** What the environment of the process asks for. */
export interface Settings {
  readonly port: number;
  /** Path of the SQLite file, or `:memory:`. */
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
  return { port: portOf(env('PORT')), storePath: storePathOf(env('VC_STORE')), configPath, secret, demo };
}

function portOf(text = '8000'): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new SettingsError(`Cannot start: PORT is not a port: ${text}`);
  return port;
}

function storePathOf(text = 'sqlite:data/vicino.sqlite'): string {
  const path = text.match(/^sqlite:(.+)$/)?.[1];
  if (path === undefined)
    throw new SettingsError(`Cannot start: VC_STORE is not of the form sqlite:PATH: ${text}`);
  return path;
}
