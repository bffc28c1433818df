import { type Config, config as schema } from './schema.ts';

/** The configuration in force. It may be replaced while the server runs. */
export interface LiveConfig {
  /** Reads as a configuration; whoever keeps it always sees the one in force. What is read from it stays as it was. */
  readonly current: Config;
  replace(config: Config): void;
}

export function createLiveConfig(first: Config): LiveConfig {
  let config = first;
  const current = {} as Config;
  for (const field of Object.keys(schema.entries) as (keyof Config)[])
    Object.defineProperty(current, field, { enumerable: true, get: () => config[field] });
  return {
    current,
    replace(next) {
      config = next;
    },
  };
}
