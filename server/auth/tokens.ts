import * as v from 'valibot';
import { type Claims, Jwt } from './jwt.ts';

const ISSUER = 'vicino';
const MIN_SECRET = 32;
const YEAR = 365 * 24 * 60 * 60;

/** What a broker ticket lets its bearer do: be `peer`, and talk to `remote` alone. */
export interface Ticket {
  readonly peer: string;
  readonly remote: string;
  /** The contact this attempt at media belongs to. */
  readonly contact: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

export type TicketResult =
  | { readonly ok: true; readonly ticket: Ticket }
  | { readonly ok: false; readonly code: 'ticket.invalid' | 'ticket.expired' };

type TokenFailure = { readonly ok: false; readonly code: 'token.invalid' | 'token.expired' };
export type VisitorResult =
  | { readonly ok: true; readonly visitor: string; readonly expiresAt: number }
  | TokenFailure;
export type AgentResult =
  | { readonly ok: true; readonly agent: string; readonly name?: string; readonly expiresAt: number }
  | TokenFailure;

/** The secret cannot protect anything. The message is fit for an operator and never shows the secret. */
export class SecretError extends Error {
  readonly code = 'config.secret';
  constructor(message: string) {
    super(message);
    this.name = 'SecretError';
  }
}

/**
 * Signs and verifies the server's own tokens: compact JWTs (HS256), safe in a URL as they are. Each purpose has its own
 * audience, so a token of one never passes for another. Verifying gives a result and does not throw.
 */
export interface Tokens {
  /** A broker ticket for one attempt at media; `expiresIn` in seconds. */
  signTicket(grant: { peer: string; remote: string; contact: string; expiresIn: number }): Promise<string>;
  /** At once, because many come back together after a restart. */
  verifyTicket(token: string): TicketResult;
  /** Lets a visitor come back as the same visitor for a year. */
  signVisitor(grant: { visitor: string }): Promise<string>;
  verifyVisitor(token: string): Promise<VisitorResult>;
  /** Signs an agent in; `expiresIn` in seconds. */
  signAgent(grant: { agent: string; name?: string; expiresIn: number }): Promise<string>;
  verifyAgent(token: string): Promise<AgentResult>;
  /**
   * The broker id that belongs to these words: always the same, 128 bits that nobody can guess without the secret, fit for
   * PeerJS.
   */
  peerId(...words: readonly string[]): Promise<string>;
}

type Purpose = 'ticket' | 'visitor' | 'agent';

const text = v.pipe(v.string(), v.minLength(1));
const claims = {
  ticket: v.object({ sub: text, remote: text, contact: text, exp: v.number() }),
  visitor: v.object({ sub: text, exp: v.number() }),
  agent: v.object({ sub: text, name: v.optional(text), exp: v.number() }),
};

/**
 * @param secret at least 32 characters, the same on every instance
 * @param clock milliseconds since the epoch
 * @throws {SecretError} when the secret is too short
 */
export function createTokens(secret: string, clock: () => number): Tokens {
  if (secret.length < MIN_SECRET) {
    throw new SecretError(`Cannot sign tokens: the secret is shorter than ${MIN_SECRET} characters`);
  }
  const jwt = new Jwt(secret);
  const seconds = (): number => Math.floor(clock() / 1000);

  function sign(purpose: Purpose, sub: string, more: Claims, expiresIn: number): string {
    const iat = seconds();
    return jwt.sign({ ...more, iss: ISSUER, aud: purpose, sub, iat, exp: iat + expiresIn });
  }

  function verify<P extends Purpose>(
    purpose: P,
    token: unknown,
  ): v.InferOutput<(typeof claims)[P]> | 'invalid' | 'expired' {
    const found = typeof token === 'string' ? jwt.read(token) : null;
    if (!found || !isFor(purpose, found) || !holdsFrom(found, seconds())) return 'invalid';
    const parsed = v.safeParse(claims[purpose], found);
    if (!parsed.success) return 'invalid';
    return parsed.output.exp <= seconds() ? 'expired' : parsed.output;
  }

  return {
    signTicket: async ({ peer, remote, contact, expiresIn }) =>
      sign('ticket', peer, { remote, contact }, expiresIn),

    verifyTicket(token) {
      const found = verify('ticket', token);
      if (typeof found === 'string') return { ok: false, code: `ticket.${found}` };
      const { sub: peer, remote, contact, exp } = found;
      return { ok: true, ticket: { peer, remote, contact, expiresAt: exp * 1000 } };
    },

    signVisitor: async ({ visitor }) => sign('visitor', visitor, {}, YEAR),

    async verifyVisitor(token) {
      const found = verify('visitor', token);
      if (typeof found === 'string') return { ok: false, code: `token.${found}` };
      return { ok: true, visitor: found.sub, expiresAt: found.exp * 1000 };
    },

    signAgent: async ({ agent, name, expiresIn }) =>
      sign('agent', agent, name === undefined ? {} : { name }, expiresIn),

    async verifyAgent(token) {
      const found = verify('agent', token);
      if (typeof found === 'string') return { ok: false, code: `token.${found}` };
      const { sub: agent, name, exp } = found;
      return { ok: true, agent, ...(name === undefined ? {} : { name }), expiresAt: exp * 1000 };
    },

    // No JWT begins with a bracket, so that this signs nothing else.
    peerId: async (...words) => jwt.mac(JSON.stringify(words)).subarray(0, 16).toHex(),
  };
}

/** The audience may be one of several. */
const isFor = (purpose: Purpose, { iss, aud }: Claims): boolean =>
  iss === ISSUER && (Array.isArray(aud) ? aud.includes(purpose) : aud === purpose);

/** A token may say from when on it holds, in seconds since the epoch. */
const holdsFrom = ({ nbf, iat }: Claims, now: number): boolean =>
  (nbf === undefined || (typeof nbf === 'number' && nbf <= now)) &&
  (iat === undefined || typeof iat === 'number');
