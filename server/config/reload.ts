import type { Log } from '../log.ts';
import type { ReadConfig } from './read.ts';
import type { Config } from './schema.ts';

export interface ReloadDeps {
  readonly read: () => Promise<ReadConfig>;
  /** Puts a good configuration in force. */
  readonly apply: (config: Config) => void;
  readonly log: Pick<Log, 'info' | 'warn'>;
}

/**
 * Gives what reads the configuration again and puts it in force. A bad one is reported line by line and changes nothing.
 * Asked again meanwhile, it reads once more afterwards, so that the newest file is what holds in the end.
 */
export function createReload({ read, apply, log }: ReloadDeps): () => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  const reload = async (): Promise<void> => {
    const result = await read();
    if (!result.ok) {
      for (const sentence of result.sentences) log.warn('config.refused', { message: sentence });
      return;
    }
    apply(result.config);
    const { services, agents } = result.config;
    log.info('config.reloaded', { services: services.length, agents: agents.length });
  };
  return () => {
    last = last.then(reload, reload);
    return last;
  };
}
