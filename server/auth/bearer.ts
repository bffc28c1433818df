import type { Context } from 'hono';
import type { Side } from '../../core/contact/model.ts';
import { failure } from '../failure.ts';
import type { Tokens } from './tokens.ts';

/** Who asks, by their token. */
export interface Bearer {
  readonly side: Side;
  /** Visitor or agent. */
  readonly id: string;
}

export type BearerResult =
  | { readonly ok: true; readonly bearer: Bearer }
  | { readonly ok: false; readonly code: 'token.missing' | 'token.invalid' | 'token.expired' };

const REASONS = {
  'token.missing': 'no token came with the request',
  'token.invalid': 'the token is not valid',
  'token.expired': 'the token has expired',
} as const;

/** Reads `authorization: Bearer TOKEN` (RFC 6750), of an agent or of a visitor. */
export async function readBearer(
  header: string | undefined,
  tokens: Pick<Tokens, 'verifyAgent' | 'verifyVisitor'>,
): Promise<BearerResult> {
  const token = header?.match(/^Bearer +([^\s]+)$/i)?.[1];
  if (token === undefined) return { ok: false, code: 'token.missing' };
  const agent = await tokens.verifyAgent(token);
  if (agent.ok) return { ok: true, bearer: { side: 'agent', id: agent.agent } };
  const visitor = await tokens.verifyVisitor(token);
  if (visitor.ok) return { ok: true, bearer: { side: 'visitor', id: visitor.visitor } };
  const isExpired = agent.code === 'token.expired' || visitor.code === 'token.expired';
  return { ok: false, code: isExpired ? 'token.expired' : 'token.invalid' };
}

/** Answers a request whose token does not do. `what` is what follows "Cannot", up to the reason. */
export function unauthorized(c: Context, code: keyof typeof REASONS, what: string): Response {
  c.header('www-authenticate', 'Bearer');
  return failure(c, 401, code, `${what}: ${REASONS[code]}`);
}
