import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { ReadAsset } from './assets.ts';
import type { Config } from './config/schema.ts';
import { failure } from './failure.ts';
import { iceServersFor } from './ice.ts';
import type { Ids } from './ids.ts';
import { Meter } from './meter.ts';
import { sendPage } from './page.ts';

export interface CheckDeps {
  readonly readAsset: ReadAsset;
  readonly config: Config;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly ids: Ids;
}

/** Seconds for which the TURN server lets in whoever checks. */
const LIFE = 120;
/** Most that is sent or taken at once, in bytes. */
const MOST = 4 * 1024 * 1024;
/**
 * Who checks is nobody we know, so all of them share these: for credentials and for measurements, of which a check makes
 * one and up to eight.
 */
const CHECKS = { burst: 60, perSecond: 1 };
const MEASUREMENTS = { burst: 240, perSecond: 8 };

/** The page on which anybody sees whether a call would work from where they are, and what it asks for. */
export function createCheck({ readAsset, config, clock, ids }: CheckDeps): Hono {
  const app = new Hono();
  const checks = new Meter(CHECKS.burst, CHECKS.perSecond, clock);
  const measurements = new Meter(MEASUREMENTS.burst, MEASUREMENTS.perSecond, clock);
  // Made once: what is random cannot be made smaller on its way.
  const noise = randomBytes(MOST);

  app.get('/check', (c) => sendPage(c, readAsset, 'check'));

  app.get('/api/ice', async (c) => {
    if (checks.count() !== 'pass')
      return failure(c, 429, 'request.too-frequent', 'check: many others do, try again in a minute');
    const { servers, turn } = config.ice;
    const ice = { servers, ...(turn ? { turn: { ...turn, lifeSeconds: LIFE } } : {}) };
    c.header('cache-control', 'no-store');
    return c.json({ ice: await iceServersFor(ice, `check-${ids()}`, clock()), expiresIn: LIFE });
  });

  app.use('/api/check/bytes', async (c, next) => {
    if (measurements.count() !== 'pass')
      return failure(c, 429, 'request.too-frequent', 'measure: many others do, try again in a minute');
    c.header('cache-control', 'no-store');
    return await next();
  });
  app.get('/api/check/bytes', (c) => {
    const size = Number(c.req.query('size'));
    if (!Number.isInteger(size) || size < 1 || size > MOST)
      return failure(c, 400, 'request.malformed', `measure: size is not a number from 1 to ${MOST}`, {
        field: 'size',
      });
    c.header('content-type', 'application/octet-stream');
    return c.body(noise.subarray(0, size));
  });
  app.post(
    '/api/check/bytes',
    bodyLimit({
      maxSize: MOST,
      onError: (c) => failure(c, 413, 'request.oversized', `measure: it is larger than ${MOST} bytes`),
    }),
    async (c) => {
      let size = 0;
      for await (const piece of c.req.raw.body ?? []) size += piece.length;
      return c.json({ size });
    },
  );
  return app;
}
