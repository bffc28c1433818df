import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** What else a program may need to act on a refusal. */
export interface FailureDetails {
  /** The parameter that was refused. */
  readonly field?: string;
  /** The bound that was passed. */
  readonly limit?: number;
  /** From where to go on. */
  readonly offset?: number;
}

/** A refusal over HTTP: `{code, message}`, the message "Cannot VERB THING: REASON". `what` is what follows "Cannot". */
export function failure(
  c: Context,
  status: ContentfulStatusCode,
  code: string,
  what: string,
  details: FailureDetails = {},
): Response {
  c.header('cache-control', 'no-store');
  return c.json({ code, message: `Cannot ${what}.`, ...details }, status);
}
