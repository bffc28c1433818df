import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { unauthorized } from '../auth/bearer.ts';
import { failure } from '../failure.ts';

const READ = 'read the metrics';
/** What a proxy adds, so that who comes through one on this machine is not taken for a local process. */
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'];

/**
 * Lets in who shows the token (`authorization: Bearer TOKEN`). Without one configured, only processes on this machine that
 * ask directly.
 */
export const mayReadMetrics =
  (token: string | null): MiddlewareHandler =>
  async (c, next) => {
    if (token === null) {
      if (!isLocal(c))
        return failure(
          c,
          403,
          'metrics.forbidden',
          `${READ}: only this machine may, as no token is configured`,
        );
      return next();
    }
    const shown = c.req.header('authorization')?.match(/^Bearer +([^\s]+)$/i)?.[1];
    if (shown === undefined) return unauthorized(c, 'token.missing', READ);
    if (!isSame(shown, token)) return unauthorized(c, 'token.invalid', READ);
    return next();
  };

/** In a time that tells nothing of where they differ. */
const isSame = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));
const digest = (text: string): Uint8Array => createHash('sha256').update(text).digest();

function isLocal(c: Context): boolean {
  const address: Partial<Deno.Addr> | undefined = c.env?.remoteAddr;
  const from = address && 'hostname' in address ? (address.hostname ?? '') : '';
  return isLoopback(from) && isLoopback(hostOf(c)) && !FORWARDED.some((name) => c.req.header(name));
}

/** What the asker calls this server. */
const hostOf = (c: Context): string => new URL(c.req.url).hostname.replace(/^\[|\]$/g, '');

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^(::ffff:)?127(\.\d{1,3}){3}$/.test(host);
