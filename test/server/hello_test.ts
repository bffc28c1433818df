import assert from 'node:assert/strict';
import { CloseCode } from '../../core/protocol/codes.ts';
import { HELLO_TIMEOUT } from '../../core/protocol/limits.ts';
import { createTokens } from '../../server/auth/tokens.ts';
import { agentHello, connect, RawClient, visitorHello } from '../support/frames.ts';
import { ManualTimers } from '../support/manual-timers.ts';
import { SECRET, startServer } from '../support/server.ts';

/** The close code a first frame earns. */
async function closeOf(url: string, first: object | string | Uint8Array<ArrayBuffer>): Promise<number> {
  const client = await connect(url);
  client.send(first);
  return (await client.closed).code;
}

Deno.test('S7 a visitor without a token is made one, and comes back with it as the same visitor', async () => {
  await using server = await startServer();
  const first = await server.visitor();
  const { you } = first.welcome;
  assert.ok(you.side === 'visitor');
  assert.match(you.id, /^[A-Za-z0-9_-]{22,}$/);
  const again = await server.visitor({ token: you.token });
  assert.equal(again.welcome.you.id, you.id);
  const other = await server.visitor();
  assert.notEqual(other.welcome.you.id, you.id);
});

Deno.test('S7 the welcome of a visitor shows the service, that of an agent the own status', async () => {
  await using server = await startServer();
  const agent = await server.agent('anna');
  assert.deepEqual(agent.welcome.you, {
    side: 'agent',
    id: 'anna',
    name: 'Anna',
    status: { state: 'available', reason: null, voice: true, video: true },
    reasons: ['Break', 'Meeting', 'Wrap-up'],
    waiting: [],
    responses: agent.welcome.you.side === 'agent' && agent.welcome.you.responses,
    limit: 5,
    reports: true,
  });
  const { you, epoch } = (await server.visitor({ service: 'support' })).welcome;
  assert.ok(you.side === 'visitor');
  assert.equal(you.service.name, 'Support');
  assert.equal(you.service.staffed, true);
  assert.equal(epoch, server.store.epoch);
});

Deno.test('S7 tokens that are wrong, expired, foreign or meant for another end get their close code', async () => {
  const now = Date.now();
  await using server = await startServer({ clock: () => now });
  const { tokens, wsUrl } = server;
  const stranger = createTokens('another secret of thirty-two characters', () => now);
  const yesterday = createTokens(SECRET, () => now - 86_400_000);
  const visitorToken = await tokens.signVisitor({ visitor: 'v1' });
  const agentToken = await tokens.signAgent({ agent: 'anna', expiresIn: 60 });
  const cases: [object, number][] = [
    [agentHello('not a token'), CloseCode.badToken],
    [agentHello(await stranger.signAgent({ agent: 'anna', expiresIn: 60 })), CloseCode.badToken],
    [agentHello(visitorToken), CloseCode.badToken],
    [agentHello(await yesterday.signAgent({ agent: 'anna', expiresIn: 60 })), CloseCode.expiredToken],
    [agentHello(await tokens.signAgent({ agent: 'mallory', expiresIn: 60 })), CloseCode.foreignToken],
    [visitorHello({ token: 'not a token' }), CloseCode.badToken],
    [visitorHello({ token: agentToken }), CloseCode.badToken],
    [visitorHello({ token: await stranger.signVisitor({ visitor: 'v1' }) }), CloseCode.badToken],
  ];
  for (const [hello, code] of cases) assert.equal(await closeOf(wsUrl, hello), code);
  assert.ok(!server.lines.some((line) => line.includes('eyJ')), 'no token in the log');
});

Deno.test('S7 a first frame that is no hello closes the socket with 4400', async () => {
  await using server = await startServer();
  const firsts = [
    { type: 'ping' },
    'no JSON',
    '[]',
    new Uint8Array([1, 2]),
    { ...visitorHello(), client: '' },
  ];
  for (const first of firsts) assert.equal(await closeOf(server.wsUrl, first), CloseCode.badHello);
});

Deno.test('S7 a hello for a service that is not there says so and closes', async () => {
  await using server = await startServer();
  const client = await connect(server.wsUrl);
  client.send(visitorHello({ service: 'nothing' }));
  assert.equal((await client.next('error')).code, 'service.unknown');
  assert.equal((await client.closed).code, CloseCode.badHello);
});

Deno.test('S7 another version of the protocol closes with 4406, whatever its hello looks like', async () => {
  await using server = await startServer();
  assert.equal(await closeOf(server.wsUrl, visitorHello({ version: 2 })), CloseCode.unsupportedVersion);
  const future = { type: 'hello', version: 3, who: { is: 'it' } };
  assert.equal(await closeOf(server.wsUrl, future), CloseCode.unsupportedVersion);
});

Deno.test('S7 a socket that says nothing is closed with 4408', async () => {
  const time = new ManualTimers();
  await using server = await startServer({ clock: time.clock, timers: time });
  const silent = await connect(server.wsUrl);
  const speaking = await server.visitor();
  time.advance(HELLO_TIMEOUT);
  assert.equal((await silent.closed).code, CloseCode.helloTimeout);
  await speaking.client.settled();
});

Deno.test('S7 visitors may connect only from the pages the configuration names', async () => {
  await using server = await startServer({ config: { origins: ['https://shop.example'] } });
  const hello = async (origin: string | undefined) => {
    const headers = { ...(origin === undefined ? {} : { origin }) };
    const socket = new WebSocket(server.wsUrl, { protocols: ['vc.v1'], headers });
    const { promise, resolve } = Promise.withResolvers<unknown>();
    socket.onopen = () => socket.send(JSON.stringify(visitorHello()));
    socket.onmessage = ({ data }) => resolve(JSON.parse(data).type);
    socket.onclose = ({ code }) => resolve(code);
    const answer = await promise;
    socket.close();
    return answer;
  };
  assert.equal(await hello('https://shop.example'), 'welcome');
  assert.equal(await hello('https://evil.example'), CloseCode.foreignToken);
  assert.equal(await hello(undefined), CloseCode.foreignToken);
});

Deno.test('S2 the subprotocol is asked for and echoed', async () => {
  await using server = await startServer();
  const client = new RawClient(server.wsUrl, ['other', 'vc.v1']);
  await client.opened;
  assert.equal(client.socket.protocol, 'vc.v1');
  await assert.rejects(new RawClient(server.wsUrl, 'other').opened);
  const plain = await fetch(`${server.url}/ws`);
  assert.equal(plain.status, 426);
  assert.equal((await plain.json()).code, 'request.malformed');
  await client.close();
});
