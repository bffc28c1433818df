import assert from 'node:assert/strict';
import { jwtVerify, SignJWT, UnsecuredJWT } from 'jose';
import { createTokens, SecretError } from '../../server/auth/tokens.ts';

const SECRET = 'a secret of at least thirty-two characters';
const NOW = 1_700_000_000_000;
const grant = { peer: 'alice', remote: 'bob', contact: 'c1', expiresIn: 60 };

const tokensAt = (now: number, secret = SECRET) => createTokens(secret, () => now);
const tokens = tokensAt(NOW);

Deno.test('S3 a ticket gives back what it was signed with', async () => {
  const ticket = await tokens.signTicket(grant);
  assert.deepEqual(tokens.verifyTicket(ticket), {
    ok: true,
    ticket: { peer: 'alice', remote: 'bob', contact: 'c1', expiresAt: NOW + 60_000 },
  });
});

Deno.test('S3 a ticket needs no encoding in a URL', async () => {
  const ticket = await tokens.signTicket(grant);
  assert.equal(encodeURIComponent(ticket), ticket);
});

Deno.test('S3 a ticket holds until its last millisecond and expires then', async () => {
  const ticket = await tokens.signTicket(grant);
  assert.equal(tokensAt(NOW + 59_999).verifyTicket(ticket).ok, true);
  assert.deepEqual(tokensAt(NOW + 60_000).verifyTicket(ticket), { ok: false, code: 'ticket.expired' });
});

Deno.test('S7 a visitor token lasts a year', async () => {
  const token = await tokens.signVisitor({ visitor: 'v1' });
  const expiresAt = NOW + 365 * 24 * 60 * 60 * 1000;
  assert.deepEqual(await tokens.verifyVisitor(token), { ok: true, visitor: 'v1', expiresAt });
  assert.deepEqual(await tokensAt(expiresAt).verifyVisitor(token), { ok: false, code: 'token.expired' });
});

Deno.test('S7 an agent token carries the name when one was given', async () => {
  const named = await tokens.signAgent({ agent: 'anna', name: 'Anna', expiresIn: 10 });
  const nameless = await tokens.signAgent({ agent: 'ben', expiresIn: 10 });
  const expiresAt = NOW + 10_000;
  assert.deepEqual(await tokens.verifyAgent(named), { ok: true, agent: 'anna', name: 'Anna', expiresAt });
  assert.deepEqual(await tokens.verifyAgent(nameless), { ok: true, agent: 'ben', expiresAt });
});

Deno.test('S7 a token of one purpose never passes for another', async () => {
  const signed = {
    ticket: await tokens.signTicket(grant),
    visitor: await tokens.signVisitor({ visitor: 'v1' }),
    agent: await tokens.signAgent({ agent: 'anna', expiresIn: 60 }),
  };
  const passes = async (token: string) => ({
    ticket: tokens.verifyTicket(token).ok,
    visitor: (await tokens.verifyVisitor(token)).ok,
    agent: (await tokens.verifyAgent(token)).ok,
  });
  assert.deepEqual(await passes(signed.ticket), { ticket: true, visitor: false, agent: false });
  assert.deepEqual(await passes(signed.visitor), { ticket: false, visitor: true, agent: false });
  assert.deepEqual(await passes(signed.agent), { ticket: false, visitor: false, agent: true });
});

const key = new TextEncoder().encode(SECRET);
const whole = {
  iss: 'vicino',
  aud: 'ticket',
  sub: 'alice',
  remote: 'bob',
  contact: 'c1',
  exp: NOW / 1000 + 60,
};
const sign = (claims: Record<string, unknown>, alg = 'HS256', secret = key) =>
  new SignJWT(claims).setProtectedHeader({ alg }).sign(secret);
const without = (claim: keyof typeof whole) =>
  Object.fromEntries(Object.entries(whole).filter(([name]) => name !== claim));
const tampered = async () => {
  const [header, , signature] = (await sign(whole)).split('.');
  return `${header}.${btoa(JSON.stringify({ ...whole, remote: 'eve' })).replace(/=+$/, '')}.${signature}`;
};

/** The last letter stands for four bits and two that mean nothing. */
const respelled = async () => {
  const token = await sign(whole);
  const spellings = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'];
  const last = spellings.indexOf(token.at(-1) ?? '');
  return token.slice(0, -1) + spellings[last ^ 1];
};

const forgeries: Record<string, () => string | Promise<string>> = {
  'an empty string': () => '',
  'no token': () => 'not a token',
  'three empty parts': () => '..',
  'alg none': () => new UnsecuredJWT(whole).encode(),
  'another algorithm': () => sign(whole, 'HS512', new Uint8Array(64)),
  'another algorithm with our secret': () => sign(whole, 'HS384', new Uint8Array([...key, ...key])),
  'another secret': () => sign(whole, 'HS256', new TextEncoder().encode(SECRET.toUpperCase())),
  'changed claims': tampered,
  'another issuer': () => sign({ ...whole, iss: 'elsewhere' }),
  'no issuer': () => sign(without('iss')),
  'no audience': () => sign(without('aud')),
  'no expiry': () => sign(without('exp')),
  'no peer': () => sign(without('sub')),
  'no remote': () => sign(without('remote')),
  'no contact': () => sign(without('contact')),
  'a fourth part': async () => `${await sign(whole)}.`,
  'a signature in other letters': respelled,
  'a header that asks for what is not understood': () =>
    new SignJWT(whole)
      .setProtectedHeader({ alg: 'HS256', crit: ['hold'], hold: true })
      .sign(key, { crit: { hold: true } }),
  'a time that has not come': () => sign({ ...whole, nbf: NOW / 1000 + 1 }),
  'a remote that is no string': () => sign({ ...whole, remote: ['bob'] }),
};

Deno.test('S7 the forgeries below differ from a good ticket in one thing only', async () => {
  assert.equal(tokens.verifyTicket(await sign(whole)).ok, true);
});

Deno.test('S7 a backend may sign with another library: a type in the header, several audiences, a time from when on', async () => {
  const { payload } = await jwtVerify(await tokens.signTicket(grant), key, {
    algorithms: ['HS256'],
    currentDate: new Date(NOW),
  });
  const claims = { ...payload, aud: ['elsewhere', 'ticket'], nbf: NOW / 1000 };
  const foreign = await new SignJWT(claims).setProtectedHeader({ typ: 'JWT', alg: 'HS256' }).sign(key);
  assert.equal(tokens.verifyTicket(foreign).ok, true);
});

for (const [name, forge] of Object.entries(forgeries)) {
  Deno.test(`S7 a ticket is refused: ${name}`, async () => {
    assert.deepEqual(tokens.verifyTicket(await forge()), { ok: false, code: 'ticket.invalid' });
  });
}

Deno.test('S7 what is no text is refused and not thrown at', async () => {
  for (const value of [undefined, null, 7, {}]) {
    const token = value as unknown as string;
    assert.deepEqual(await tokens.verifyVisitor(token), { ok: false, code: 'token.invalid' });
  }
});

Deno.test('S7 a secret shorter than 32 characters signs nothing', () => {
  assert.throws(
    () => tokensAt(NOW, 'x'.repeat(31)),
    (error) =>
      error instanceof SecretError &&
      error.code === 'config.secret' &&
      error.message === 'Cannot sign tokens: the secret is shorter than 32 characters',
  );
  assert.doesNotThrow(() => tokensAt(NOW, 'x'.repeat(32)));
});
