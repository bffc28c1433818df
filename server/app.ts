import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { type ReadAsset, serveAssets } from './assets.ts';
import type { Tokens } from './auth/tokens.ts';
import type { Config } from './config/schema.ts';
import { createDemo } from './demo.ts';
import { failure } from './failure.ts';
import { forKnownSites, securityHeaders } from './headers.ts';
import { createInvitations } from './invitations.ts';
import type { Log } from './log.ts';
import type { Sockets } from './socket.ts';

export interface AppDeps {
  readonly sockets: Pick<Sockets, 'mount'>;
  /** Routes of the broker. */
  readonly broker: Hono;
  /** Routes for sending and reading files. */
  readonly files: Hono;
  /** Routes for keeping recordings. */
  readonly recordings: Hono;
  /** The page that checks connections, and what it asks for. */
  readonly check: Hono;
  /** Routes of the reports. */
  readonly reports: Hono;
  readonly readAsset: ReadAsset;
  readonly tokens: Pick<Tokens, 'signAgent'>;
  readonly config: Config;
  /** Whether the demo pages and the tokens for demo agents are there. */
  readonly demo: boolean;
  /** Rejects when the store cannot be reached. */
  readonly probe: () => Promise<void>;
  readonly log: Log;
}

const MAX_BODY = 16 * 1024;

/** Every address of the server. */
export function createApp(deps: AppDeps): Hono {
  const { sockets, broker, files, recordings, check, reports, readAsset, config, demo, probe, log } = deps;
  const app = new Hono();
  app.use(securityHeaders);
  app.onError((error, c) => {
    log.failed('request.failed', error, { path: c.req.path });
    return failure(c, 500, 'server.failed', 'answer the request: the server failed');
  });
  app.notFound((c) => failure(c, 404, 'request.unknown', 'find the address: there is none like this'));

  sockets.mount(app, '/ws');
  app.route('/peerjs', broker);
  app.get('/healthz', (c) => c.json({ ok: true }));
  app.get('/readyz', async (c) => {
    try {
      await probe();
      return c.json({ ok: true });
    } catch (error) {
      log.failed('store.unreachable', error);
      return failure(c, 503, 'store.unavailable', 'serve: the store does not answer');
    }
  });
  for (const path of [
    '/api/contacts/*',
    '/api/services/*',
    '/api/ice',
    '/api/check/*',
    '/api/reports',
    '/api/reports.csv',
  ])
    app.use(path, forKnownSites(config));
  // Before the limit of the bodies: these have limits of their own.
  app.route('/', files);
  app.route('/', recordings);
  app.route('/', check);
  app.use(
    '/api/*',
    bodyLimit({
      maxSize: MAX_BODY,
      onError: (c) =>
        failure(c, 413, 'request.oversized', `read the request: it is larger than ${MAX_BODY} bytes`),
    }),
  );
  app.route('/', createInvitations(config));
  app.route('/', reports);
  if (demo) app.route('/', createDemo(deps));
  app.route('/', serveAssets(readAsset));
  return app;
}
