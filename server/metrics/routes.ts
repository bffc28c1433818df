import { Hono } from 'hono';
import { mayReadMetrics } from './access.ts';
import { EXPOSITION_TYPE, exposition } from './exposition.ts';
import type { Registry } from './registry.ts';

/** `/metrics`, for Prometheus. */
export function createMetricsRoutes(registry: Registry, token: string | null): Hono {
  const app = new Hono();
  app.get('/metrics', mayReadMetrics(token), (c) =>
    c.body(exposition(registry.families), 200, {
      'content-type': EXPOSITION_TYPE,
      'cache-control': 'no-store',
    }),
  );
  return app;
}
