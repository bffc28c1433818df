import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** A refusal over HTTP: `{code, message}`, the message "Cannot VERB THING: REASON". `what` is what follows "Cannot". */
export function failure(c: Context, status: ContentfulStatusCode, code: string, what: string): Response {
  c.header('cache-control', 'no-store');
  return c.json({ code, message: `Cannot ${what}.` }, status);
}
