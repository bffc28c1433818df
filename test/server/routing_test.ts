import assert from 'node:assert/strict';
import { openSqlite } from '../../server/store/sqlite/sqlite.ts';
import { converse } from '../support/conversation.ts';
import { type RawClient, wordsOf } from '../support/frames.ts';
import { ManualTimers } from '../support/manual-timers.ts';
import { demoConfig, startServer } from '../support/server.ts';

const SECOND = 1000;

const open = (client: RawClient, contact: string, service = 'sales'): void =>
  client.send({ type: 'contact.open', contact, service, kind: 'chat' });

/** What a take that was sent came to: the contact, or the error. */
async function outcomeOf(agent: RawClient): Promise<string> {
  await agent.settled();
  const [error] = agent.take('error');
  const taken = agent.take('contact.state').find(({ contact }) => contact.phase === 'assigned');
  return error ? `${error.code} ${error.message}` : `${taken?.contact.id}`;
}

Deno.test('C6 a waiting contact is offered to agents with every tag of the service alone', async () => {
  await using server = await startServer();
  const [anna, carla] = [await server.agent('anna'), await server.agent('carla')];
  const { client } = await server.visitor({ service: 'support' });
  open(client, 'c1', 'support');
  await anna.client.next('waiting.put');
  await carla.client.settled();
  assert.deepEqual(carla.client.take('waiting.put'), []);
  const { you } = (await server.agent('carla')).welcome;
  assert.deepEqual(you.side === 'agent' && you.waiting, []);
  carla.client.send({ type: 'contact.take', contact: 'c1' });
  assert.equal((await carla.client.next('error')).code, 'agent.not-eligible');
  carla.client.send({ type: 'contact.take' });
  assert.equal((await carla.client.next('error')).code, 'contact.none-waiting');
});

Deno.test('C6 a service that asks for a language is offered to who speaks it', async () => {
  const { services } = await demoConfig();
  const config = { services: services.map((service) => ({ ...service, requiredLanguage: 'de-AT' })) };
  await using server = await startServer({ config });
  const [anna, ben] = [await server.agent('anna'), await server.agent('ben')];
  const { client } = await server.visitor();
  open(client, 'c1');
  await anna.client.next('waiting.put');
  await ben.client.settled();
  assert.deepEqual(ben.client.take('waiting.put'), []);
});

Deno.test('C8 take without a name gives the contact that waited longest', async () => {
  const time = new ManualTimers();
  await using server = await startServer({ clock: time.clock, timers: time });
  const { client } = await server.visitor();
  for (const contact of ['b', 'a', 'c']) {
    open(client, contact);
    await client.state(({ id }) => id === contact);
    time.advance(SECOND);
  }
  const { client: agent, welcome } = await server.agent('anna');
  assert.deepEqual(welcome.you.side === 'agent' && welcome.you.waiting.map(({ contact }) => contact), [
    'b',
    'a',
    'c',
  ]);
  for (const contact of ['b', 'a', 'c']) {
    agent.send({ type: 'contact.take' });
    assert.equal((await agent.state(({ phase }) => phase === 'assigned')).id, contact);
    await agent.settled();
    agent.take('contact.state');
  }
  agent.send({ type: 'contact.take' });
  assert.equal((await agent.next('error')).code, 'contact.none-waiting');
});

Deno.test('C8 of two agents at once one wins and the other is told who took it, 200 times', async () => {
  const time = new ManualTimers();
  await using server = await startServer({ clock: time.clock, timers: time });
  const [anna, ben, { client: visitor }] = [
    (await server.agent('anna')).client,
    (await server.agent('ben')).client,
    await server.visitor(),
  ];
  const wins = { Anna: 0, Ben: 0 };
  for (let round = 0; round < 200; round++) {
    const contact = `c${round}`;
    open(visitor, contact);
    for (const agent of [anna, ben])
      await agent.next('waiting.put', ({ entry }) => entry.contact === contact);
    const order = round % 2 ? [anna, ben] : [ben, anna];
    for (const agent of order) agent.send({ type: 'contact.take', contact });
    const { contact: taken } = await visitor.next(
      'contact.state',
      ({ contact: { phase, id } }) => id === contact && phase === 'assigned',
    );
    const winner = taken.agent?.name;
    assert.ok(winner === 'Anna' || winner === 'Ben');
    wins[winner]++;
    const [won, lost] = winner === 'Anna' ? [anna, ben] : [ben, anna];
    assert.equal((await won.state(({ id, phase }) => id === contact && phase === 'assigned')).rev, taken.rev);
    const error = await lost.next('error');
    assert.deepEqual([error.code, error.contact], ['contact.taken', contact]);
    assert.equal(error.message, `Cannot take the contact: ${winner} took it.`);
    for (const agent of [anna, ben]) {
      const gone = await agent.next('waiting.gone', (frame) => frame.contact === contact);
      assert.deepEqual([gone.reason, gone.by], ['taken', winner]);
      assert.deepEqual(agent.take('error'), []);
    }
    visitor.send({ type: 'contact.end', contact });
    await won.state(({ id, phase }) => id === contact && phase === 'ended');
    time.advance(SECOND);
  }
  assert.ok(wins.Anna > 0 && wins.Ben > 0);
});

Deno.test('C8 two agents who want the next at once get one each, and no word of the race', async () => {
  await using server = await startServer();
  const agents = [(await server.agent('anna')).client, (await server.agent('ben')).client];
  const { client: visitor } = await server.visitor();
  for (let round = 0; round < 25; round++) {
    const pair = [`a${round}`, `b${round}`];
    for (const contact of pair) open(visitor, contact);
    for (const agent of agents) await agent.next('waiting.put', ({ entry }) => entry.contact === pair[1]);
    for (const agent of agents) agent.send({ type: 'contact.take' });
    assert.deepEqual((await Promise.all(agents.map(outcomeOf))).sort(), pair);
    for (const contact of pair) {
      visitor.send({ type: 'contact.end', contact });
      await visitor.state(({ id, phase }) => id === contact && phase === 'ended');
    }
    for (const agent of agents) {
      await agent.settled();
      for (const type of ['contact.state', 'waiting.put'] as const) agent.take(type);
    }
  }
});

Deno.test('C8 S5 agents on two instances over one store: compare-and-set lets one win', async () => {
  const time = new ManualTimers();
  const store = await openSqlite(':memory:');
  const options = { store, clock: time.clock, timers: time };
  await using here = await startServer(options);
  await using there = await startServer(options);
  const [anna, ben] = [(await here.agent('anna')).client, (await there.agent('ben')).client];
  for (let round = 0; round < 50; round++) {
    const { client: visitor } = await here.visitor();
    const contact = `c${round}`;
    open(visitor, contact);
    await visitor.state(({ id }) => id === contact);
    for (const agent of round % 2 ? [anna, ben] : [ben, anna]) agent.send({ type: 'contact.take', contact });
    const outcomes = await Promise.all([outcomeOf(anna), outcomeOf(ben)]);
    const winner = outcomes[0] === contact ? 'Anna' : 'Ben';
    const [won, lost] = winner === 'Anna' ? outcomes : outcomes.toReversed();
    assert.deepEqual([won, lost], [contact, `contact.taken Cannot take the contact: ${winner} took it.`]);
    const { value } =
      (await store.get<{ contact: { agent: { name: string } } }>(`contact/${contact}`)) ?? assert.fail();
    assert.equal(value.contact.agent.name, winner);
    const owner = winner === 'Anna' ? anna : ben;
    owner.send({ type: 'contact.end', contact });
    await owner.state(({ id, phase }) => id === contact && phase === 'ended');
    time.advance(SECOND);
  }
  await here.stop();
  await there.stop();
  await store.close();
});

Deno.test('C8 taking what one has already is no error', async () => {
  await using server = await startServer();
  const { agent } = await converse(server);
  agent.client.send({ type: 'contact.take', contact: 'c1' });
  assert.equal((await agent.client.state(() => true)).agent?.id, 'anna');
  agent.client.send({ type: 'contact.take', contact: 'nowhere' });
  assert.equal((await agent.client.next('error')).code, 'contact.unknown');
});

Deno.test('C15 an agent takes no more than their limit, from several windows too', async () => {
  await using server = await startServer();
  const windows = [(await server.agent('carla')).client, (await server.agent('carla')).client];
  const { client: visitor } = await server.visitor();
  for (let i = 0; i < 4; i++) open(visitor, `c${i}`);
  for (const agent of windows) await agent.next('waiting.put', ({ entry }) => entry.contact === 'c3');
  for (const agent of windows) for (let i = 0; i < 2; i++) agent.send({ type: 'contact.take' });
  for (const agent of windows) await agent.settled();
  const errors = windows.flatMap((agent) => agent.take('error'));
  assert.deepEqual(
    errors.map(({ code }) => code),
    ['agent.at-capacity'],
  );
  assert.equal((await server.agent('carla')).welcome.contacts.length, 3);
});

Deno.test('C7 at the end of the longest wait the contact is dissuaded; the visitor may wait again', async () => {
  const time = new ManualTimers();
  await using server = await startServer({ clock: time.clock, timers: time });
  const agent = (await server.agent('anna')).client;
  const { client } = await server.visitor();
  open(client, 'c1');
  const { entry } = await agent.next('waiting.put');
  assert.equal(entry.dissuadeAt, time.clock() + 180 * SECOND);
  time.advance(180 * SECOND - 1);
  client.send({ type: 'message.send', contact: 'c1', id: 'm1', text: 'hello?' });
  await client.entries(2);
  await client.settled();
  assert.equal((await client.state(() => true)).phase, 'waiting');
  assert.deepEqual(client.take('contact.state'), []);
  time.advance(1);
  await client.state(({ phase }) => phase === 'dissuaded');
  assert.deepEqual(await agent.next('waiting.gone'), {
    type: 'waiting.gone',
    contact: 'c1',
    reason: 'dissuaded',
    by: null,
  });
  agent.send({ type: 'contact.take', contact: 'c1' });
  assert.equal((await agent.next('error')).code, 'contact.not-waiting');
  client.send({ type: 'contact.wait', contact: 'c1' });
  await client.state(({ phase }) => phase === 'waiting');
  await agent.next('waiting.put');
  client.send({ type: 'log.read', contact: 'c1', after: 0 });
  const { entries } = await client.next('log.page');
  assert.deepEqual(entries.map(wordsOf), [
    'contact.opened',
    'hello?',
    'contact.dissuaded',
    'contact.waiting',
  ]);
});

Deno.test('C7 a wait that ends while the server is down ends with its start', async () => {
  const time = new ManualTimers();
  const store = await openSqlite(':memory:');
  const options = { store, clock: time.clock, timers: time };
  const before = await startServer(options);
  const { client, welcome } = await before.visitor();
  open(client, 'c1');
  open(client, 'c2');
  await client.entries(2);
  time.advance(100 * SECOND);
  client.send({ type: 'contact.end', contact: 'c2' });
  await client.entries(1);
  await before.stop();
  time.advance(80 * SECOND);
  await using after = await startServer(options);
  time.advance(0);
  assert.ok(welcome.you.side === 'visitor');
  const again = await after.visitor({ token: welcome.you.token });
  const [contact] = again.welcome.contacts;
  assert.equal(again.welcome.contacts.length, 1);
  if (contact?.phase !== 'dissuaded') await again.client.state(({ phase }) => phase === 'dissuaded');
  await after.stop();
  await store.close();
});

Deno.test('C16 a lost agent keeps the contact for the grace time, then it is first in line', async () => {
  const time = new ManualTimers();
  await using server = await startServer({ clock: time.clock, timers: time });
  const early = await server.visitor();
  open(early.client, 'early');
  await early.client.entries(1);
  const { visitor, agent } = await converse(server, { contact: 'late' });
  const ben = (await server.agent('ben')).client;
  await agent.client.close();
  const { away } = await visitor.client.state((contact) => contact.away.agent !== null);
  assert.equal(away.agent, time.clock());
  time.advance(30 * SECOND - 1);
  await visitor.client.settled();
  assert.deepEqual(visitor.client.take('contact.state'), []);
  time.advance(1);
  const requeued = await visitor.client.state(({ phase }) => phase === 'waiting');
  assert.equal(requeued.agent, null);
  const { entry } = await ben.next('waiting.put', ({ entry: { contact } }) => contact === 'late');
  assert.equal(entry.first, true);
  ben.send({ type: 'contact.take' });
  assert.equal((await ben.state(({ phase }) => phase === 'assigned')).id, 'late');
  const resume = [{ contact: 'late', epoch: server.store.epoch, offset: 0 }];
  assert.deepEqual((await server.agent('anna', { resume })).welcome.unknown, ['late']);
});

Deno.test('C16 an agent who comes back in time keeps the contacts', async () => {
  const time = new ManualTimers();
  await using server = await startServer({ clock: time.clock, timers: time });
  const { visitor, agent } = await converse(server);
  await agent.client.close();
  await visitor.client.state(({ away }) => away.agent !== null);
  time.advance(29 * SECOND);
  const back = await server.agent('anna');
  assert.deepEqual(
    back.welcome.contacts.map(({ id, away }) => [id, away.agent]),
    [['c1', null]],
  );
  await visitor.client.state(({ away }) => away.agent === null);
  time.advance(60 * SECOND);
  await visitor.client.settled();
  assert.deepEqual(visitor.client.take('contact.state'), []);
});

Deno.test('C16 a side is away when its last window is gone, not before', async () => {
  await using server = await startServer();
  const { visitor, agent, token } = await converse(server);
  const second = await server.visitor({ token });
  await visitor.client.close();
  await second.client.settled();
  await agent.client.settled();
  assert.deepEqual(
    agent.client.take('contact.state').filter(({ contact }) => contact.away.visitor !== null),
    [],
  );
  await second.client.close();
  await agent.client.state(({ away }) => away.visitor !== null);
  await server.visitor({ token });
  await agent.client.state(({ away }) => away.visitor === null);
});

Deno.test('C16 the grace time runs across a restart', async () => {
  const time = new ManualTimers();
  const store = await openSqlite(':memory:');
  const options = { store, clock: time.clock, timers: time };
  const before = await startServer(options);
  const { token } = await converse(before);
  await before.stop();
  const stored = await store.get<{ contact: { away: unknown } }>('contact/c1');
  assert.deepEqual(stored?.value.contact.away, { visitor: null, agent: null }, 'a stop is nobody’s absence');
  await using after = await startServer(options);
  const { client, welcome } = await after.visitor({ token });
  assert.deepEqual(
    welcome.contacts.map(({ phase, away }) => [phase, away]),
    [['assigned', { visitor: null, agent: time.clock() }]],
  );
  time.advance(30 * SECOND);
  await client.state(({ phase }) => phase === 'waiting');
  await after.stop();
  await store.close();
});

Deno.test('C16 visitors see whether anyone is there, as agents come, switch and go', async () => {
  await using server = await startServer();
  const sales = await server.visitor();
  const support = await server.visitor({ service: 'support' });
  const you = sales.welcome.you;
  assert.equal(you.side === 'visitor' && you.service.staffed, false);
  const staffed = async (client: RawClient) => (await client.next('service.state')).service.staffed;
  const carla = (await server.agent('carla')).client;
  assert.equal(await staffed(sales.client), true);
  const anna = (await server.agent('anna')).client;
  assert.equal(await staffed(support.client), true);
  await carla.close();
  anna.send({ type: 'agent.set', state: 'away', reason: null, voice: true, video: true });
  assert.equal(await staffed(sales.client), false);
  assert.equal(await staffed(support.client), false);
  anna.send({ type: 'agent.set', state: 'available', reason: null, voice: true, video: true });
  assert.equal(await staffed(sales.client), true);
  await anna.close();
  assert.equal(await staffed(sales.client), false);
});

Deno.test('C16 switches reach every window of the agent and outlast a restart', async () => {
  const store = await openSqlite(':memory:');
  const before = await startServer({ store });
  const windows = [(await before.agent('anna')).client, (await before.agent('anna')).client];
  const status = { state: 'away', reason: 'Break', voice: true, video: false } as const;
  windows[0]?.send({ type: 'agent.set', ...status });
  for (const client of windows) assert.deepEqual((await client.next('agent.state')).status, status);
  await before.stop();
  await using after = await startServer({ store });
  const { you } = (await after.agent('anna')).welcome;
  assert.deepEqual(you.side === 'agent' && you.status, status);
  await after.stop();
  await store.close();
});

Deno.test('C16 a reason is one of the configuration, and only for who is not available', async () => {
  await using server = await startServer();
  const { client: anna } = await server.agent('anna');
  const set = (state: string, reason: string | null) =>
    anna.send({ type: 'agent.set', state, reason, voice: true, video: true });
  set('away', 'Fishing');
  const error = await anna.next('error');
  assert.deepEqual(
    [error.code, error.message],
    ['frame.malformed', 'Cannot set the status: reason: it is none of those to choose from.'],
  );
  set('offline', 'Meeting');
  const { status } = await anna.next('agent.state');
  assert.deepEqual(status, { state: 'offline', reason: 'Meeting', voice: true, video: true });
  set('available', 'Meeting');
  assert.equal((await anna.next('agent.state')).status.reason, null);
});
