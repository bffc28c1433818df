import { Hono } from 'hono';
import type { Timers } from './broker/timers.ts';
import { failure } from './failure.ts';
import type { Log } from './log.ts';

/** Milliseconds the store has for an answer. Less than whoever asks waits, and than a store tries again by itself. */
const PATIENCE = 2_000;

export interface HealthDeps {
  /** Rejects when the store cannot be reached. */
  readonly probe: () => Promise<void>;
  readonly isStopping: () => boolean;
  readonly timers: Timers;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly log: Log;
}

/** `/healthz`: the process lives. `/readyz`: it may be given visitors. */
export function createHealth({ probe, isStopping, timers, clock, log }: HealthDeps): Hono {
  const app = new Hono();
  /** Since when the store does not answer; null: it does. */
  let lostAt: number | null = null;

  app.get('/healthz', (c) => c.json({ ok: true }));
  app.get('/readyz', async (c) => {
    if (isStopping()) return failure(c, 503, 'server.stopping', 'serve: the server is going away');
    try {
      await within(PATIENCE, timers, probe());
    } catch (error) {
      // Once, however often it is asked.
      if (lostAt === null) log.failed('store.unreachable', error);
      lostAt ??= clock();
      return failure(c, 503, 'store.unavailable', 'serve: the store does not answer');
    }
    if (lostAt !== null) log.info('store.reachable', { seconds: (clock() - lostAt) / 1000 });
    lostAt = null;
    c.header('cache-control', 'no-store');
    return c.json({ ok: true });
  });
  return app;
}

class LateError extends Error {
  override readonly name = 'LateError';
}

async function within<T>(patience: number, timers: Timers, work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const cancel = timers.after(patience, () => late.reject(new LateError()));
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    cancel();
  }
}
