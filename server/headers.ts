import type { MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';
import type { Config } from './config/schema.ts';

/** What a page of ours may do; no inline scripts or styles at all. */
export const PAGE_POLICY = [
  "default-src 'self'",
  "style-src 'self'",
  "script-src 'self'",
  "connect-src 'self' ws: wss:",
  "media-src 'self' blob:",
  "img-src 'self' data: blob:",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'self'",
].join('; ');

const NOTHING_POLICY = "default-src 'none'; frame-ancestors 'none'";

/** Headers of every response; a handler that has set one of them keeps its own. */
export const securityHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  const { headers } = c.res;
  const set = (name: string, value: string): void => {
    if (!headers.has(name)) headers.set(name, value);
  };
  set('content-security-policy', NOTHING_POLICY);
  set('cross-origin-resource-policy', 'same-origin');
  set('referrer-policy', 'strict-origin-when-cross-origin');
  set('x-content-type-options', 'nosniff');
};

/** For what pages of other sites load from here. */
export const forAnySite: MiddlewareHandler = async (c, next) => {
  await next();
  c.res.headers.set('access-control-allow-origin', '*');
  c.res.headers.set('cross-origin-resource-policy', 'cross-origin');
};

/** For what the pages of the configuration call from their own origins. Who asks is said by a token, never by a cookie. */
export const forKnownSites = (config: Config): MiddlewareHandler =>
  cors({
    origin: (origin) => (config.origins.includes('*') || config.origins.includes(origin) ? origin : null),
    allowMethods: ['GET', 'POST', 'PUT'],
    allowHeaders: [
      'authorization',
      'content-type',
      'x-file-id',
      'x-file-name',
      'x-file-size',
      'x-recording-size',
      'x-recording-sha256',
    ],
    exposeHeaders: ['upload-offset'],
    maxAge: 600,
  });
