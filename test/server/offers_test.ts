import assert from 'node:assert/strict';
import type { ContactKind } from '../../core/contact/model.ts';
import { converse } from '../support/conversation.ts';
import type { RawClient } from '../support/frames.ts';
import { ManualTimers } from '../support/manual-timers.ts';
import { demoConfig, startServer } from '../support/server.ts';

const open = (client: RawClient, contact: string, more: object = {}): void =>
  client.send({ type: 'contact.open', contact, service: 'sales', kind: 'chat', ...more });

const set = (client: RawClient, state: 'available' | 'away' | 'offline'): void =>
  client.send({ type: 'agent.set', state, reason: null, voice: true, video: true });

const errorOf = async (client: RawClient, frame: object) => {
  client.send(frame);
  return (await client.next('error')).code;
};

/** Frames about the queue that have come, in their order. */
async function newsOf(client: RawClient): Promise<string[]> {
  await client.settled();
  return [
    ...client.take('waiting.put').map(({ entry }) => `put ${entry.contact}${entry.star ? ' star' : ''}`),
    ...client.take('waiting.gone').map(({ contact, reason, by }) => `gone ${contact} ${reason} ${by ?? '-'}`),
  ];
}

/** Agents with tags of sales alone, so many contacts at once each. */
async function agentsWith(limit: number, ...ids: string[]) {
  const { agents } = await demoConfig();
  return agents.filter(({ id }) => ids.includes(id)).map((agent) => ({ ...agent, limit }));
}

Deno.test('C5 the star goes to the only one who is free, and away with the next', async () => {
  await using server = await startServer();
  const [anna, ben] = [(await server.agent('anna')).client, (await server.agent('ben')).client];
  const { client: visitor } = await server.visitor();
  open(visitor, 'c1');
  await visitor.entries(1);
  assert.deepEqual([await newsOf(anna), await newsOf(ben)], [['put c1'], ['put c1']]);
  set(ben, 'away');
  assert.deepEqual(await newsOf(ben), ['gone c1 not-offered -']);
  assert.deepEqual(await newsOf(anna), ['put c1 star']);
  set(ben, 'available');
  assert.deepEqual(await newsOf(ben), ['put c1']);
  assert.deepEqual(await newsOf(anna), ['put c1']);
  await ben.close();
  assert.equal((await anna.next('waiting.put')).entry.star, true);
});

Deno.test('C5 C6 a contact addressed to an agent is offered to them, with a star, and to all who may answer it', async () => {
  await using server = await startServer();
  const [anna, carla] = [(await server.agent('anna')).client, (await server.agent('carla')).client];
  const { client: visitor } = await server.visitor({ service: 'support' });
  open(visitor, 'c1', { service: 'support', agent: 'carla' });
  await visitor.entries(1);
  assert.deepEqual(await newsOf(carla), ['put c1 star'], 'also where the tags are missing');
  assert.deepEqual(await newsOf(anna), ['put c1']);
  carla.send({ type: 'contact.take', contact: 'c1' });
  assert.equal((await visitor.state(({ phase }) => phase === 'assigned')).agent?.id, 'carla');
});

Deno.test('C6 who has as many contacts as they may is offered nothing until one of them ends', async () => {
  await using server = await startServer({ config: { agents: await agentsWith(1, 'anna', 'ben') } });
  const [anna, ben] = [(await server.agent('anna')).client, (await server.agent('ben')).client];
  const { client: visitor } = await server.visitor();
  for (const contact of ['c1', 'c2']) open(visitor, contact);
  await visitor.entries(2);
  assert.deepEqual(await newsOf(anna), ['put c1', 'put c2']);
  await newsOf(ben);
  anna.send({ type: 'contact.take', contact: 'c1' });
  await anna.state(({ phase }) => phase === 'assigned');
  assert.deepEqual(await newsOf(anna), ['gone c1 taken Anna', 'gone c2 not-offered -']);
  assert.deepEqual(await newsOf(ben), ['put c2 star', 'gone c1 taken Anna']);
  assert.equal(await errorOf(anna, { type: 'contact.take', contact: 'c2' }), 'agent.at-capacity');
  assert.equal(await errorOf(anna, { type: 'contact.take' }), 'agent.at-capacity');
  assert.equal(await errorOf(ben, { type: 'contact.take', contact: 'c1' }), 'contact.taken', 'its own state');
  visitor.send({ type: 'contact.end', contact: 'c1' });
  await anna.state(({ phase }) => phase === 'ended');
  assert.deepEqual(await newsOf(anna), ['put c2']);
  assert.deepEqual(await newsOf(ben), ['put c2']);
});

Deno.test('C16 who is away or offline is offered nothing and takes nothing', async () => {
  await using server = await startServer();
  const { client: visitor } = await server.visitor();
  open(visitor, 'c1');
  await visitor.entries(1);
  for (const state of ['away', 'offline'] as const) {
    const { client: anna, welcome } = await server.agent('anna');
    assert.deepEqual(
      welcome.you.side === 'agent' && welcome.you.waiting.map(({ contact }) => contact),
      state === 'away' ? ['c1'] : [],
    );
    set(anna, state);
    await anna.next('agent.state');
    assert.equal(await errorOf(anna, { type: 'contact.take', contact: 'c1' }), 'agent.not-available');
    assert.equal(await errorOf(anna, { type: 'contact.take' }), 'agent.not-available');
    await anna.close();
  }
});

Deno.test('C4 an agent is told of differences alone, and a second window of the whole queue', async () => {
  await using server = await startServer();
  const { client: anna } = await server.agent('anna');
  const { client: visitor } = await server.visitor();
  open(visitor, 'c1');
  visitor.send({ type: 'message.send', contact: 'c1', id: 'm1', text: 'hello' });
  visitor.send({ type: 'cursor.move', contact: 'c1', delivered: 2, read: 2 });
  await visitor.settled();
  assert.deepEqual(await newsOf(anna), ['put c1 star']);
  const second = await server.agent('anna');
  const { you } = second.welcome;
  assert.deepEqual(you.side === 'agent' && you.waiting.map(({ contact, star }) => [contact, star]), [
    ['c1', true],
  ]);
  assert.deepEqual([await newsOf(second.client), await newsOf(anna)], [[], []]);
  await second.client.close();
  assert.deepEqual(await newsOf(anna), [], 'the first window is still there');
  const { client: ben } = await server.agent('ben');
  assert.deepEqual([await newsOf(ben), await newsOf(anna)], [[], ['put c1']], 'the welcome has said it');
  visitor.send({ type: 'contact.end', contact: 'c1' });
  await visitor.state(({ phase }) => phase === 'ended');
  assert.deepEqual(await newsOf(anna), ['gone c1 ended -']);
});

Deno.test('C8 C1 a callback for later is offered, but its turn comes with the wished time', async () => {
  const time = new ManualTimers();
  await using server = await startServer({ clock: time.clock, timers: time });
  const { client: anna } = await server.agent('anna');
  const { client: visitor } = await server.visitor();
  const wishedAt = time.clock() + 3_600_000;
  const form = {
    kind: 'callback',
    name: '',
    number: '+493012345678',
    wishedAt,
    zone: 'Europe/Berlin',
    text: '',
  };
  open(visitor, 'later', { kind: 'callback', form });
  await visitor.entries(1);
  const { entry } = await anna.next('waiting.put');
  assert.deepEqual([entry.waitingSince, entry.dissuadeAt, entry.star], [wishedAt, null, false]);
  assert.equal(await errorOf(anna, { type: 'contact.take' }), 'contact.none-waiting');
  open(visitor, 'now');
  await visitor.entries(1);
  time.advance(3_600_000);
  await visitor.state(({ id, phase }) => id === 'now' && phase === 'dissuaded');
  anna.send({ type: 'contact.take' });
  assert.equal((await anna.state(({ phase }) => phase === 'assigned')).id, 'later');
});

Deno.test('C14 a hand-over stands in the queue of whom it is offered to alone, and leaves it when it is over', async () => {
  const time = new ManualTimers();
  await using server = await startServer({ clock: time.clock, timers: time });
  const { visitor, agent } = await converse(server);
  const [ben, carla] = [(await server.agent('ben')).client, (await server.agent('carla')).client];
  await newsOf(agent.client);
  const offer = (to: object) =>
    agent.client.send({ type: 'transfer.offer', contact: 'c1', to, note: 'knows lamps' });
  offer({ kind: 'agent', id: 'ben' });
  const { entry } = await ben.next('waiting.put');
  assert.deepEqual(entry.transfer, { from: 'Anna', note: 'knows lamps', direct: true });
  assert.deepEqual(
    [entry.star, entry.waitingSince, entry.dissuadeAt],
    [true, time.clock(), time.clock() + 60_000],
  );
  for (const client of [agent.client, carla]) assert.deepEqual(await newsOf(client), []);
  assert.equal(await errorOf(carla, { type: 'contact.take', contact: 'c1' }), 'contact.taken');
  time.advance(60_000);
  await agent.client.state(({ desk }) => desk?.transfer === null);
  assert.deepEqual(await newsOf(ben), ['gone c1 not-offered -']);
  offer({ kind: 'service', id: 'support' });
  assert.equal((await ben.next('waiting.put')).entry.service.name, 'Support');
  for (const client of [agent.client, carla]) assert.deepEqual(await newsOf(client), []);
  ben.send({ type: 'contact.take' });
  assert.equal((await visitor.client.state(({ agent }) => agent?.id === 'ben')).service.id, 'support');
  assert.deepEqual(await newsOf(ben), ['gone c1 taken Ben']);
  const gone = await agent.client.next('contact.gone');
  assert.deepEqual([gone.contact, gone.reason], ['c1', 'transferred']);
});

Deno.test('C15 where video must be alone, it is offered to who has no contact, and hidden while there are two', async () => {
  const { services } = await demoConfig();
  const config = { services: services.map((service) => ({ ...service, videoAlone: true })) };
  await using server = await startServer({ config });
  const { client: anna } = await server.agent('anna');
  const { client: visitor } = await server.visitor();
  const put = async (contact: string, kind: ContactKind) => {
    open(visitor, contact, { kind });
    await visitor.state(({ id }) => id === contact);
  };
  await put('c1', 'chat');
  anna.send({ type: 'contact.take', contact: 'c1' });
  const first = await visitor.state(({ id, phase }) => id === 'c1' && phase === 'assigned');
  assert.equal(first.channels.video, 'available');
  await put('c2', 'video');
  await put('c3', 'chat');
  assert.deepEqual(await newsOf(anna), ['put c1 star', 'put c3 star', 'gone c1 taken Anna']);
  assert.equal(await errorOf(anna, { type: 'contact.take', contact: 'c2' }), 'agent.at-capacity');
  anna.send({ type: 'contact.take' });
  const second = await visitor.state(({ id, phase }) => id === 'c3' && phase === 'assigned');
  assert.equal(second.channels.video, 'unavailable');
  await visitor.state(({ id, channels }) => id === 'c1' && channels.video === 'unavailable');
  visitor.send({ type: 'contact.end', contact: 'c3' });
  await visitor.state(({ id, channels }) => id === 'c1' && channels.video === 'available');
  visitor.send({ type: 'contact.end', contact: 'c1' });
  assert.equal((await anna.next('waiting.put', ({ entry }) => entry.contact === 'c2')).entry.star, true);
});
