import { Hono } from 'hono';
import type { Config } from './config/schema.ts';
import { failure } from './failure.ts';

/** What each service says by itself, for the widget to judge on the page. */
export function createInvitations(config: Config): Hono {
  const app = new Hono();
  app.get('/api/services/:service/invitations', (c) => {
    const service = config.services.find(({ id }) => id === c.req.param('service'));
    if (!service) return failure(c, 404, 'service.unknown', 'read the invitations: there is no such service');
    c.header('cache-control', 'public, max-age=300');
    return c.json(service.invitations);
  });
  return app;
}
