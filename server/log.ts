import { StoreError } from './store/port.ts';

export type Fields = Readonly<Record<string, string | number | boolean | null>>;

/** From the most to the least that is said. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/**
 * Structured log: one JSON object per line. Never given tokens, tickets, addresses of pages or files, or anything people
 * wrote: an operator reads ids, codes and durations.
 */
export interface Log {
  /** What happens all the time: requests, sockets. */
  debug(event: string, fields?: Fields): void;
  info(event: string, fields?: Fields): void;
  warn(event: string, fields?: Fields): void;
  /** `error` is logged by kind and place; its message only where it is known to be written for operators. */
  failed(event: string, error: unknown, fields?: Fields): void;
}

/**
 * @param clock milliseconds since the epoch
 * @param least what is below is not written
 */
export function createLog(write: (line: string) => void, clock: () => number, least: LogLevel = 'info'): Log {
  const line = (level: LogLevel, event: string, fields: Fields = {}): void => {
    if (LOG_LEVELS.indexOf(level) < LOG_LEVELS.indexOf(least)) return;
    write(JSON.stringify({ at: new Date(clock()).toISOString(), level, event, ...fields }));
  };
  return {
    debug: (event, fields) => line('debug', event, fields),
    info: (event, fields) => line('info', event, fields),
    warn: (event, fields) => line('warn', event, fields),
    failed: (event, error, fields) => line('error', event, { ...describe(error), ...fields }),
  };
}

/** The message of an arbitrary error may quote what it choked on, so only the frames of its stack are kept. */
function describe(error: unknown): Fields {
  if (error instanceof StoreError) return { error: error.code, message: error.message };
  if (!(error instanceof Error)) return { error: typeof error };
  const frames = error.stack?.split('\n').filter((text) => /^\s+at /.test(text)) ?? [];
  return { error: error.name, stack: frames.map((text) => text.trim()).join(' | ') };
}
