import assert from 'node:assert/strict';
import { CloseCode } from '../../core/protocol/codes.ts';
import { FRAME_BURST, FRAMES_PER_SECOND, MAX_FRAME_BYTES, MAX_NOTE } from '../../core/protocol/limits.ts';
import type { Store } from '../../server/store/port.ts';
import { openSqlite } from '../../server/store/sqlite/sqlite.ts';
import { PAGE, RawClient, visitorHello } from '../support/frames.ts';
import { ManualTimers } from '../support/manual-timers.ts';
import { startServer } from '../support/server.ts';

const LEAD = { kind: 'lead', name: '', email: 'ada@example.com', number: '', text: 'Hello' };

/** Frames about a contact that only its visitor may send. */
const visitorFrames = (contact: string) => [
  { type: 'contact.convert', contact, form: LEAD },
  { type: 'contact.wait', contact },
  { type: 'contact.rate', contact, score: 5, comment: '' },
  { type: 'link.consent', contact, allow: true },
];

/** Frames about a contact that only its agent may send. */
const agentFrames = (contact: string) => [
  { type: 'contact.colour', contact, colour: 'red' },
  { type: 'note.add', contact, id: 'n1', text: 'x' },
  { type: 'link.push', contact, url: 'https://shop.example' },
  { type: 'card.read', contact },
  { type: 'transfer.read', contact },
  { type: 'transfer.offer', contact, to: { kind: 'agent', id: 'ben' }, note: '' },
  { type: 'transfer.decline', contact },
  { type: 'transfer.withdraw', contact },
];

/** The error a frame earns. */
async function errorOf(client: RawClient, frame: object | string | Uint8Array<ArrayBuffer>) {
  client.send(frame);
  const error = await client.next('error');
  assert.match(error.message, /^Cannot .+: .+\.$/s);
  return error;
}

Deno.test('S9 frames that cannot be read get a typed error, and the socket lives', async () => {
  await using server = await startServer();
  const { client } = await server.visitor();
  const cases: [object | string | Uint8Array<ArrayBuffer>, string][] = [
    ['no JSON', 'frame.malformed'],
    ['', 'frame.malformed'],
    ['null', 'frame.malformed'],
    ['[]', 'frame.malformed'],
    ['{}', 'frame.unknown'],
    [new Uint8Array([0, 255]), 'frame.malformed'],
    ['['.repeat(60_000), 'frame.malformed'],
    [{ type: 'contact.destroy' }, 'frame.unknown'],
    [{ type: '__proto__' }, 'frame.unknown'],
    [{ type: 'message.send', contact: 'c1', id: 'm1' }, 'frame.malformed'],
    [{ type: 'message.send', contact: 'c/1', id: 'm1', text: 'x' }, 'frame.malformed'],
    [{ type: 'message.send', contact: 'c1', id: 'm1', text: 'x'.repeat(4_001) }, 'frame.malformed'],
    [{ type: 'cursor.move', contact: 'c1', delivered: -1, read: 0 }, 'frame.malformed'],
    [{ type: 'cursor.move', contact: 'c1', delivered: 1e300, read: 0.5 }, 'frame.malformed'],
    ['x'.repeat(MAX_FRAME_BYTES + 1), 'frame.oversized'],
    ['é'.repeat(MAX_FRAME_BYTES / 2 + 1), 'frame.oversized'],
    [visitorHello(), 'frame.out-of-state'],
    [{ type: 'contact.take' }, 'frame.out-of-state'],
    [{ type: 'agent.set', state: 'away', reason: null, voice: true, video: true }, 'frame.out-of-state'],
    [{ type: 'contact.convert', contact: 'c1', form: { kind: 'fax', number: '1' } }, 'frame.malformed'],
    [{ type: 'contact.rate', contact: 'c1', score: 0, comment: '' }, 'frame.malformed'],
    [{ type: 'contact.rate', contact: 'c1', score: 5, comment: 'x'.repeat(MAX_NOTE + 1) }, 'frame.malformed'],
    [{ type: 'page.set', page: { url: 'x'.repeat(2_049), title: '', referrer: '' } }, 'frame.malformed'],
    [{ type: 'idle.set', on: 'yes' }, 'frame.malformed'],
    [{ type: 'link.consent', contact: 'c1', allow: 1 }, 'frame.malformed'],
    [{ type: 'typing.set', contact: 'c1', on: true, text: 'x'.repeat(4_001) }, 'frame.malformed'],
  ];
  for (const [frame, code] of cases) assert.equal((await errorOf(client, frame)).code, code);
  await client.settled();
});

Deno.test('S9 an error names the ref and the contact of the frame it answers', async () => {
  await using server = await startServer();
  const { client } = await server.visitor();
  const frame = { type: 'message.send', contact: 'nowhere', id: 'm1', text: 'x', ref: 'r1' };
  const { message: _, ...error } = await errorOf(client, frame);
  assert.deepEqual(error, { type: 'error', code: 'contact.unknown', ref: 'r1', contact: 'nowhere' });
});

Deno.test('S9 an agent cannot do what only a visitor can', async () => {
  await using server = await startServer();
  const { client } = await server.agent();
  const open = { type: 'contact.open', contact: 'c1', service: 'sales', kind: 'chat' };
  assert.equal((await errorOf(client, open)).code, 'frame.out-of-state');
  for (const frame of [
    { type: 'contact.wait', contact: 'c1' },
    { type: 'contact.convert', contact: 'c1', form: LEAD },
    { type: 'contact.rate', contact: 'c1', score: 5, comment: '' },
    { type: 'link.consent', contact: 'c1', allow: true },
    { type: 'page.set', page: PAGE },
    { type: 'page.leave' },
    { type: 'idle.set', on: true },
  ])
    assert.equal((await errorOf(client, frame)).code, 'frame.out-of-state', frame.type);
});

Deno.test('S9 a visitor cannot do what only an agent can', async () => {
  await using server = await startServer();
  const { client } = await server.visitor();
  client.send({ type: 'contact.open', contact: 'c1', service: 'sales', kind: 'chat' });
  const response = { id: 'r1', shortcut: 'hi', text: 'Hello' };
  const own = [
    { type: 'response.put', response },
    { type: 'response.delete', id: 'r1' },
  ];
  for (const frame of [...agentFrames('c1'), ...own])
    assert.equal((await errorOf(client, frame)).code, 'frame.out-of-state', frame.type);
});

Deno.test('S9 another visitor’s contact answers exactly like one that does not exist', async () => {
  await using server = await startServer();
  const owner = await server.visitor({ service: 'support' });
  owner.client.send({ type: 'contact.open', contact: 'c1', service: 'support', kind: 'chat' });
  owner.client.send({ type: 'message.send', contact: 'c1', id: 'm1', text: 'a secret' });
  await owner.client.entries(2);
  const other = await server.visitor();
  // She does not answer support.
  const agent = await server.agent('carla');
  for (const { client } of [other, agent]) {
    for (const contact of ['c1', 'none']) {
      const frames = [
        { type: 'message.send', contact, id: 'm2', text: 'x' },
        { type: 'log.read', contact, after: 0 },
        { type: 'cursor.move', contact, delivered: 1, read: 1 },
        { type: 'typing.set', contact, on: true },
        { type: 'contact.end', contact },
        { type: 'channel.request', contact, channel: 'video' },
        { type: 'channel.drop', contact, channel: 'chat' },
        { type: 'call.answer', contact, call: 'x', answer: 'decline' },
        { type: 'call.ready', contact, call: 'x', attempt: 1 },
        { type: 'call.connected', contact, call: 'x', attempt: 1 },
        { type: 'call.lost', contact, call: 'x', attempt: 1 },
        {
          type: 'call.media',
          contact,
          call: 'x',
          media: { microphone: true, camera: true, sound: true, screen: false },
        },
        { type: 'recording.request', contact },
        { type: 'recording.answer', contact, allow: true },
        { type: 'recording.stop', contact },
        ...(client === agent.client ? agentFrames(contact) : visitorFrames(contact)),
      ];
      for (const frame of frames) {
        const { code, message } = await errorOf(client, frame);
        assert.equal(code, 'contact.unknown', frame.type);
        assert.match(message, /there is no such contact/);
      }
    }
  }
  const taken = { type: 'contact.open', contact: 'c1', service: 'sales', kind: 'chat' };
  assert.equal((await errorOf(other.client, taken)).code, 'contact.unknown');
  const resume = [{ contact: 'c1', epoch: server.store.epoch, offset: 0 }];
  const nosy = await server.visitor({ resume });
  assert.deepEqual(nosy.welcome.unknown, ['c1']);
  assert.deepEqual(nosy.welcome.contacts, []);
  await nosy.client.settled();
  assert.deepEqual(nosy.client.take('log.page'), []);
});

Deno.test('S9 an agent who could answer a contact hears how it stands', async () => {
  await using server = await startServer();
  const visitor = await server.visitor();
  visitor.client.send({ type: 'contact.open', contact: 'c1', service: 'sales', kind: 'chat' });
  const [anna, ben] = [await server.agent('anna'), await server.agent('ben')];
  const frames = [...agentFrames('c1'), { type: 'message.send', contact: 'c1', id: 'm1', text: 'x' }];
  const answers = async (code: string, reason: RegExp) => {
    for (const frame of frames) {
      const error = await errorOf(ben.client, frame);
      assert.equal(error.code, code, frame.type);
      assert.match(error.message, reason);
    }
  };
  await answers('contact.not-assigned', /take it first/);
  anna.client.send({ type: 'contact.take', contact: 'c1' });
  await anna.client.state(({ phase }) => phase === 'assigned');
  await answers('contact.taken', /Anna has it/);
  visitor.client.send({ type: 'contact.end', contact: 'c1' });
  await anna.client.state(({ phase }) => phase === 'ended');
  await answers('contact.ended', /has ended/);
  for (const frame of frames) {
    // What they still may do: read whom they talked with.
    if (frame.type === 'card.read') continue;
    assert.equal((await errorOf(anna.client, frame)).code, 'contact.ended', frame.type);
  }
  for (const frame of visitorFrames('c1')) {
    if (frame.type === 'contact.rate') continue;
    assert.equal((await errorOf(visitor.client, frame)).code, 'contact.ended', frame.type);
  }
});

Deno.test('S9 too many frames are refused until the client has paused', async () => {
  const time = new ManualTimers();
  await using server = await startServer({ clock: time.clock, timers: time });
  const { client } = await server.visitor();
  for (let i = 0; i < FRAME_BURST + 9; i++) client.send({ type: 'ping', ref: `p${i}` });
  // The hello was one of the burst.
  for (let i = 0; i < 10; i++) {
    const error = await client.next('error');
    assert.equal(error.code, 'frame.too-frequent');
    assert.equal(error.ref, `p${FRAME_BURST - 1 + i}`);
  }
  assert.equal(client.take('pong').length, FRAME_BURST - 1);
  time.advance(((10 + 1) / FRAMES_PER_SECOND) * 1000);
  await client.settled();
});

Deno.test('S9 a socket that goes on in spite of refusals is closed with 4429', async () => {
  await using server = await startServer();
  const { client } = await server.visitor();
  for (let i = 0; i < 5 * FRAME_BURST; i++) client.send({ type: 'ping' });
  assert.equal((await client.closed).code, CloseCode.flood);
  assert.ok(client.take('pong').length < 2 * FRAME_BURST);
});

Deno.test('S9 a visitor may have only so many contacts at once', async () => {
  await using server = await startServer();
  const { client } = await server.visitor();
  for (let i = 1; i <= 6; i++)
    client.send({ type: 'contact.open', contact: `c${i}`, service: 'sales', kind: 'chat', ref: `${i}` });
  const error = await client.next('error');
  assert.equal(error.code, 'frame.too-frequent');
  assert.equal(error.ref, '6');
  client.send({ type: 'contact.open', contact: 'c5', service: 'sales', kind: 'chat' });
  await client.settled();
  assert.deepEqual(client.take('error'), [], 'one that is there already may be named again');
  client.send({ type: 'contact.end', contact: 'c1' });
  client.send({ type: 'contact.open', contact: 'c7', service: 'sales', kind: 'chat' });
  await client.state(({ id }) => id === 'c7');
});

Deno.test('S9 a message cannot take the place of an event line', async () => {
  await using server = await startServer();
  const { client } = await server.visitor();
  client.send({ type: 'contact.open', contact: 'c1', service: 'sales', kind: 'chat' });
  const forged = { type: 'message.send', contact: 'c1', id: 'e-2-0', text: 'x' };
  assert.equal((await errorOf(client, forged)).code, 'frame.malformed');
  client.send({ type: 'contact.end', contact: 'c1' });
  const entries = await client.entries(2);
  assert.deepEqual(
    entries.map((entry) => entry.kind === 'event' && entry.event),
    ['contact.opened', 'contact.ended'],
  );
});

Deno.test('S9 a failure of the server is answered and logged without text, and everything goes on', async () => {
  const sqlite = await openSqlite(':memory:');
  let broken = false;
  const store = new Proxy<Store>(sqlite, {
    get(target, name: keyof Store) {
      if (broken && name === 'append') {
        return (_: string, record: object) => Promise.reject(new TypeError(JSON.stringify(record)));
      }
      const value = target[name];
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  await using server = await startServer({ store });
  const { client, welcome } = await server.visitor();
  client.send({ type: 'contact.open', contact: 'c1', service: 'sales', kind: 'chat' });
  await client.entries(1);
  broken = true;
  const error = await errorOf(client, {
    type: 'message.send',
    contact: 'c1',
    id: 'm1',
    text: 'a secret',
    ref: 'r1',
  });
  assert.equal(error.code, 'server.failed');
  assert.equal(error.ref, 'r1');
  const line = server.lines.find((text) => text.includes('socket.failed'));
  assert.match(line ?? '', /TypeError/);
  assert.ok(!server.lines.some((text) => text.includes('a secret')));
  assert.equal((await client.closed).code, CloseCode.failed);
  broken = false;
  const token = welcome.you.side === 'visitor' ? welcome.you.token : '';
  const again = (await server.visitor({ token })).client;
  again.send({ type: 'message.send', contact: 'c1', id: 'm1', text: 'a secret' });
  assert.equal((await again.entries(1))[0]?.id, 'm1');
  await server.stop();
  await sqlite.close();
});

Deno.test('S9 a hello the server fails on closes with 1011, and the next one is welcome', async () => {
  const sqlite = await openSqlite(':memory:');
  let broken = false;
  const store = new Proxy<Store>(sqlite, {
    get(target, name: keyof Store) {
      if (broken && name === 'get') return () => Promise.reject(new Error('disk on fire'));
      const value = target[name];
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  await using server = await startServer({ store });
  broken = true;
  const client = new RawClient(server.wsUrl);
  await client.opened;
  client.send(visitorHello({ resume: [{ contact: 'c1', epoch: 'e', offset: 1 }] }));
  assert.equal((await client.next('error')).code, 'server.failed');
  assert.equal((await client.closed).code, CloseCode.failed);
  broken = false;
  await server.visitor();
  await server.stop();
  await sqlite.close();
});
