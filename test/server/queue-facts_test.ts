import assert from 'node:assert/strict';
import type { Contact } from '../../core/contact/contact.ts';
import { QueueFacts } from '../../server/desk/queue-facts.ts';
import { Hub } from '../../server/hub.ts';
import { waiting as aWaiting } from '../support/contact-machine.ts';
import type { RawClient } from '../support/frames.ts';
import { ManualTimers } from '../support/manual-timers.ts';
import { demoConfig, startServer, type TestServer } from '../support/server.ts';

const MINUTE = 60_000;

/** A new visitor who waits under the name of their contact. */
async function waiting(server: TestServer, contact: string, more: object = {}): Promise<RawClient> {
  const { client } = await server.visitor();
  client.send({ type: 'contact.open', contact, service: 'sales', kind: 'chat', ...more });
  await client.entries(1);
  return client;
}

/** Where the visitor was last told to stand. */
async function standing(client: RawClient): Promise<[position: number, expected: number | null] | null> {
  await client.settled();
  const last = client.take('queue.state').at(-1);
  return last ? [last.position, last.expected] : null;
}

/** A server with one agent who may have as many contacts as they like. */
async function setUp() {
  const time = new ManualTimers();
  const { agents } = await demoConfig();
  const server = await startServer({
    clock: time.clock,
    timers: time,
    config: { agents: agents.map((agent) => ({ ...agent, limit: 100 })) },
  });
  return { time, server };
}

Deno.test('C18 a visitor who waits is told their place, whenever it changes and after every welcome', async () => {
  const { time, server } = await setUp();
  await using _ = server;
  const clients: RawClient[] = [];
  for (const contact of ['a', 'b', 'c']) {
    clients.push(await waiting(server, contact));
    time.advance(1000);
  }
  assert.deepEqual(await Promise.all(clients.map(standing)), [
    [1, null],
    [2, null],
    [3, null],
  ]);
  const { client: agent } = await server.agent('anna');
  agent.send({ type: 'contact.take' });
  await clients[0]?.state(({ phase }) => phase === 'assigned');
  assert.deepEqual(await Promise.all(clients.map(standing)), [null, [1, null], [2, null]]);
  clients[1]?.send({ type: 'contact.end', contact: 'b' });
  await clients[1]?.state(({ phase }) => phase === 'ended');
  assert.deepEqual(await Promise.all(clients.map(standing)), [null, null, [1, null]]);
  const { welcome, client } = await server.visitor();
  assert.ok(welcome.you.side === 'visitor');
  client.send({ type: 'contact.open', contact: 'd', service: 'sales', kind: 'chat' });
  await client.entries(1);
  const again = await server.visitor({ token: welcome.you.token });
  assert.deepEqual(await again.client.next('queue.state'), {
    type: 'queue.state',
    contact: 'd',
    position: 2,
    expected: null,
  });
});

Deno.test('C18 the expected wait follows from how fast contacts were answered lately', async () => {
  const { time, server } = await setUp();
  await using _ = server;
  const { client: agent } = await server.agent('anna');
  for (const contact of ['a', 'b', 'c']) {
    const client = await waiting(server, contact);
    assert.deepEqual(await standing(client), [1, null], 'too few answers to tell');
    agent.send({ type: 'contact.take', contact });
    await client.state(({ phase }) => phase === 'assigned');
    time.advance(MINUTE);
  }
  const first = await waiting(server, 'd');
  const second = await waiting(server, 'e');
  assert.deepEqual(
    [await standing(first), await standing(second)],
    [
      [1, 60],
      [2, 120],
    ],
  );
  time.advance(31 * MINUTE);
  assert.deepEqual(await standing(await waiting(server, 'f')), [1, null], 'what was long ago says nothing');
});

Deno.test('C18 who left word has no place, and takes none from those who wait', async () => {
  const { server } = await setUp();
  await using _ = server;
  const form = { kind: 'callback', name: '', number: '+493012345678', wishedAt: null, zone: 'UTC', text: '' };
  const caller = await waiting(server, 'a', { kind: 'callback', form });
  const other = await waiting(server, 'b');
  assert.deepEqual([await standing(caller), await standing(other)], [null, [1, null]]);
  const third = await waiting(server, 'c');
  assert.deepEqual(await standing(third), [2, null]);
  other.send({ type: 'contact.convert', contact: 'b', form });
  await other.state(({ kind }) => kind === 'callback');
  assert.deepEqual([await standing(other), await standing(third)], [null, [1, null]]);
});

Deno.test('C18 S6 a crowd that waits is told together, once a second at most', () => {
  const time = new ManualTimers();
  const queue: Contact[] = [];
  const sent: number[] = [];
  const hub = new Hub();
  hub.send = (_, frame) => void (frame.type === 'queue.state' && sent.push(frame.position));
  const facts = new QueueFacts({ hub, live: { queue: () => queue }, clock: time.clock, timers: time });
  for (let n = 1; n <= 200; n++) {
    const contact = aWaiting({ id: `c${n}`, at: n });
    queue.push(contact);
    facts.contactChanged(null, contact);
  }
  assert.deepEqual(
    sent,
    Array.from({ length: 50 }, (_, n) => n + 1),
    'as long as they are few, each at once',
  );
  assert.equal(facts.of(queue[150] as Contact)?.position, 151);
  sent.length = 0;
  for (const contact of queue.splice(0, 20))
    facts.contactChanged(contact, { ...contact, phase: 'dissuaded' });
  assert.deepEqual(sent, []);
  time.advance(1_000);
  assert.deepEqual(
    sent,
    Array.from({ length: 180 }, (_, n) => n + 1),
  );
  facts.contactChanged(null, aWaiting({ id: 'c201', at: 201 }));
  facts.close();
  assert.equal(time.pending, 0);
});
