import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { routePath } from 'hono/route';
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
  /** Whether it lives and may be given visitors. */
  readonly health: Hono;
  readonly metrics: Hono;
  /** Counts an answered request. */
  readonly answered: (status: number) => void;
  readonly readAsset: ReadAsset;
  readonly tokens: Pick<Tokens, 'signAgent'>;
  readonly config: Config;
  /** Whether the demo pages and the tokens for demo agents are there. */
  readonly demo: boolean;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly log: Log;
}

const MAX_BODY = 16 * 1024;

/** What the last handler that ran is for. The address itself may name a file, or who may read it. */
const routeOf = (c: Context): string => routePath(c);

/** Every address of the server. */
export function createApp(deps: AppDeps): Hono {
  const {
    sockets,
    broker,
    files,
    recordings,
    check,
    reports,
    health,
    metrics,
    readAsset,
    config,
    demo,
    clock,
    log,
  } = deps;
  const app = new Hono();
  app.use(async (c, next) => {
    const at = clock();
    await next();
    deps.answered(c.res.status);
    const { method } = c.req;
    log.debug('request.answered', { method, route: routeOf(c), status: c.res.status, ms: clock() - at });
  });
  app.use(securityHeaders);
  app.onError((error, c) => {
    log.failed('request.failed', error, { method: c.req.method, route: routeOf(c) });
    return failure(c, 500, 'server.failed', 'answer the request: the server failed');
  });
  app.notFound((c) => failure(c, 404, 'request.unknown', 'find the address: there is none like this'));

  sockets.mount(app, '/ws');
  app.route('/peerjs', broker);
  app.route('/', health);
  app.route('/', metrics);
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
