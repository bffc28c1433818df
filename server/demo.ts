import { Hono } from 'hono';
import * as v from 'valibot';
import { id } from '../core/protocol/schemas.ts';
import type { ReadAsset } from './assets.ts';
import type { Tokens } from './auth/tokens.ts';
import type { Config } from './config/schema.ts';
import { failure } from './failure.ts';
import { sendPage } from './page.ts';

export interface DemoDeps {
  readonly readAsset: ReadAsset;
  readonly tokens: Pick<Tokens, 'signAgent'>;
  readonly config: Config;
}

/** Seconds a demo agent stays signed in. */
const SHIFT = 12 * 60 * 60;

/** The demo: a shop with the widget on `/`, a desk on `/agent`, and tokens for whoever asks. */
export function createDemo({ readAsset, tokens, config }: DemoDeps): Hono {
  const app = new Hono();
  app.get('/', (c) => {
    const asked = config.services.find((service) => service.id === c.req.query('service'));
    const service = (asked ?? config.services[0])?.id ?? '';
    return sendPage(c, readAsset, 'shop', (html) => html.replaceAll('{{service}}', service));
  });
  app.get('/agent', (c) => sendPage(c, readAsset, 'desk'));

  const body = v.object({ agent: id });
  app.post('/api/demo/token', async (c) => {
    const parsed = v.safeParse(body, await c.req.json().catch(() => null));
    if (!parsed.success)
      return failure(c, 400, 'request.malformed', 'sign in: the body is not {"agent": ID}');
    const agent = config.agents.find((known) => known.id === parsed.output.agent);
    if (!agent) return failure(c, 404, 'agent.unknown', 'sign in: there is no such agent');
    c.header('cache-control', 'no-store');
    const token = await tokens.signAgent({ agent: agent.id, name: agent.name, expiresIn: SHIFT });
    return c.json({ token, expiresIn: SHIFT });
  });
  return app;
}
