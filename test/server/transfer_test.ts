import assert from 'node:assert/strict';
import type { LogEntry } from '../../core/protocol/server-frames.ts';
import { callBy, connect, contact, startOf } from '../support/calling.ts';
import { type Conversation, converse } from '../support/conversation.ts';
import { newClient, type RawClient } from '../support/frames.ts';
import { ManualTimers } from '../support/manual-timers.ts';
import { type Guest, startServer, type TestServer } from '../support/server.ts';
import { servicesWith } from '../support/services.ts';

const SECOND = 1000;
/** How long a transfer waits in the demo. */
const PATIENCE = 60 * SECOND;

const away = { type: 'agent.set', state: 'away', reason: null, voice: true, video: true };

const offer = ({ agent }: Conversation, to: string, kind = 'agent', note = ''): void =>
  agent.client.send({ type: 'transfer.offer', contact, to: { kind, id: to }, note });

const handedOver = (client: RawClient) =>
  client.next('waiting.put', ({ entry }) => entry.contact === contact && entry.transfer !== null);

async function refusalOf(client: RawClient, frame: object): Promise<string> {
  client.send(frame);
  return (await client.next('error')).code;
}

/** What happened to the contact after it was taken, as a side reads it. */
async function linesOf(client: RawClient): Promise<string[]> {
  client.send({ type: 'log.read', contact, after: 2 });
  const { entries } = await client.next('log.page');
  return entries.map(lineOf);
}

const lineOf = (entry: LogEntry): string =>
  entry.kind === 'event' ? `${entry.event} ${entry.name} ${entry.text}` : entry.kind;

async function withBen(server: TestServer): Promise<Conversation & { ben: Guest & { page: string } }> {
  const conversation = await converse(server);
  const page = newClient();
  return { ...conversation, ben: { ...(await server.agent('ben', { client: page })), page } };
}

Deno.test('C14 a contact goes to a colleague who accepts, with a note and the whole conversation', async () => {
  await using server = await startServer();
  const conversation = await withBen(server);
  const { visitor, agent, ben } = conversation;
  visitor.client.send({ type: 'message.send', contact, id: 'm1', text: 'My lamp flickers' });
  await agent.client.entries(1);
  offer(conversation, 'ben', 'agent', ' Knows lamps ');
  const { entry } = await handedOver(ben.client);
  assert.deepEqual(entry.transfer, { from: 'Anna', note: 'Knows lamps', direct: true });
  assert.equal(entry.star, true);
  const offered = await agent.client.state(({ desk }) => desk?.transfer !== null);
  assert.equal(offered.desk?.transfer?.to, 'Ben');
  assert.equal(offered.agent?.id, 'anna', 'it stays where it is meanwhile');

  ben.client.send({ type: 'contact.take', contact });
  const taken = await ben.client.state(({ agent }) => agent?.id === 'ben');
  assert.equal(taken.desk?.transfer, null);
  assert.equal((await agent.client.next('contact.gone')).reason, 'transferred');
  assert.equal((await visitor.client.state((state) => state.agent?.id === 'ben')).desk, null);
  assert.deepEqual(await linesOf(ben.client), [
    'message',
    'transfer.offered Anna Ben',
    'contact.transferred Ben Anna',
  ]);
  assert.deepEqual(await linesOf(visitor.client), ['message', 'hidden', 'contact.transferred Ben Anna']);
});

Deno.test('C14 declined, it stays with who offered it, and can be offered again', async () => {
  await using server = await startServer();
  const conversation = await withBen(server);
  const { visitor, agent, ben } = conversation;
  offer(conversation, 'ben');
  await handedOver(ben.client);
  ben.client.send({ type: 'transfer.decline', contact });
  await ben.client.next('waiting.gone', (gone) => gone.contact === contact);
  const kept = await agent.client.state(({ desk, rev }) => desk?.transfer === null && rev > 3);
  assert.equal(kept.agent?.id, 'anna');
  assert.deepEqual(await linesOf(agent.client), ['transfer.offered Anna Ben', 'transfer.declined Ben null']);
  assert.deepEqual(await linesOf(visitor.client), ['hidden', 'hidden']);
  offer(conversation, 'ben');
  await handedOver(ben.client);
});

Deno.test('C14 withdrawn or not answered in time, it is no longer offered', async () => {
  const time = new ManualTimers();
  await using server = await startServer({ clock: time.clock, timers: time });
  const conversation = await withBen(server);
  const { agent, ben } = conversation;
  offer(conversation, 'ben');
  await handedOver(ben.client);
  agent.client.send({ type: 'transfer.withdraw', contact });
  await ben.client.next('waiting.gone', (gone) => gone.contact === contact);
  offer(conversation, 'ben');
  const { entry } = await handedOver(ben.client);
  assert.equal(entry.dissuadeAt, time.clock() + PATIENCE);
  time.advance(PATIENCE);
  await ben.client.next('waiting.gone', (gone) => gone.contact === contact);
  assert.deepEqual((await linesOf(agent.client)).slice(1), [
    'transfer.withdrawn Anna Ben',
    'transfer.offered Anna Ben',
    'transfer.expired null Ben',
  ]);
  ben.client.send({ type: 'contact.take', contact });
  const { code, message } = await ben.client.next('error');
  assert.equal(code, 'contact.taken');
  assert.match(message, /Anna/);
});

Deno.test('C14 a service takes it over with settings of its own', async () => {
  const services = await servicesWith('support', {
    channels: { chat: true, voice: true, video: false },
    recording: 'off',
  });
  await using server = await startServer({ config: { services } });
  const conversation = await withBen(server);
  const { visitor, agent, ben } = conversation;
  const carla = await server.agent('carla');
  offer(conversation, 'support', 'service', 'It is broken');
  const { entry } = await handedOver(ben.client);
  assert.deepEqual(entry.service, { id: 'support', name: 'Support' });
  assert.deepEqual(entry.transfer, { from: 'Anna', note: 'It is broken', direct: false });
  await carla.client.settled();
  assert.deepEqual(carla.client.take('waiting.put'), [], 'she does not answer support');
  assert.equal(await refusalOf(ben.client, { type: 'transfer.decline', contact }), 'contact.taken');
  agent.client.send({ type: 'contact.take', contact });
  await agent.client.settled();
  ben.client.send({ type: 'contact.take', contact });
  const view = await visitor.client.state((state) => state.agent?.id === 'ben');
  assert.deepEqual(view.service, { id: 'support', name: 'Support' });
  assert.equal(view.entry, 'sales');
  assert.equal(view.recording, 'off');
  assert.equal(view.channels.video, 'unavailable');
  assert.equal(view.channels.voice, 'available');

  // The page is still one of sales: a new load of it finds the contact.
  const again = await server.visitor({ token: conversation.token, client: visitor.page });
  assert.deepEqual(
    again.welcome.contacts.map(({ id }) => id),
    [contact],
  );
});

Deno.test('C14 a running call goes along: the next attempt begins with the new agent, and the visitor is not asked', async () => {
  await using server = await startServer();
  const conversation = await withBen(server);
  const { visitor, agent, ben } = conversation;
  const { id: call } = await callBy(conversation, 'video');
  agent.client.send({ type: 'recording.request', contact });
  await visitor.client.state((state) => state.call?.recording?.status === 'asking');
  visitor.client.send({ type: 'recording.answer', contact, allow: true });
  await agent.client.state((state) => state.call?.recording?.status === 'on');
  offer(conversation, 'ben');
  await handedOver(ben.client);
  ben.client.send({ type: 'contact.take', contact });

  const [toVisitor, toBen] = [await startOf(visitor, 2), await startOf(ben, 2)];
  assert.equal(toVisitor.call, call);
  assert.equal(toVisitor.self, toBen.remote);
  assert.equal(toVisitor.remote, toBen.self);
  assert.notEqual(toVisitor.role, toBen.role);
  const moved = await visitor.client.state((state) => state.agent?.id === 'ben');
  assert.equal(moved.call?.status, 'connecting');
  assert.equal(moved.call?.recording, null, 'the old agent has the file');
  assert.equal(moved.call?.clients.agent, ben.page);
  assert.equal(moved.call?.clients.visitor, visitor.page);
  // Who had it is out: neither told to begin nor heard.
  await agent.client.settled();
  assert.deepEqual(agent.client.take('call.start'), []);
  const lost = { type: 'call.lost', contact, call, attempt: 2 };
  assert.equal(await refusalOf(agent.client, lost), 'contact.taken');

  await connect({ visitor, agent: { ...agent, ...ben }, token: conversation.token }, call, 2);
  const events = (await linesOf(ben.client)).map((line) => line.split(' ')[0]);
  assert.deepEqual(events.slice(-3), ['transfer.offered', 'contact.transferred', 'recording.stopped']);
});

Deno.test('C14 a contact could go to connected colleagues with the tags of the service, and to other services', async () => {
  const services = await servicesWith('sales', { requiredLanguage: 'de' });
  await using server = await startServer({ config: { services } });
  const conversation = await withBen(server);
  const { agent, ben } = conversation;
  agent.client.send({ type: 'transfer.read', contact });
  const targets = await agent.client.next('transfer.targets');
  assert.deepEqual(targets.agents, [{ id: 'ben', name: 'Ben', state: 'available', free: 5 }]);
  assert.deepEqual(targets.services, [{ id: 'support', name: 'Support', staffed: true }]);
  ben.client.send({ ...away });
  await ben.client.next('agent.state');
  agent.client.send({ type: 'transfer.read', contact });
  const later = await agent.client.next('transfer.targets');
  assert.deepEqual(later.agents, [{ id: 'ben', name: 'Ben', state: 'away', free: 5 }]);
  assert.deepEqual(later.services, [{ id: 'support', name: 'Support', staffed: false }]);
});

Deno.test('C14 a transfer that cannot be is refused with the reason', async () => {
  await using server = await startServer();
  const conversation = await withBen(server);
  const { visitor, agent, ben } = conversation;
  const to = (kind: string, id: string) => ({ type: 'transfer.offer', contact, to: { kind, id }, note: '' });
  const cases: [object, RegExp][] = [
    [to('agent', 'nobody'), /nobody of this name/],
    [to('agent', 'anna'), /with this agent already/],
    [to('agent', 'carla'), /Carla is not available/],
    [to('service', 'nothing'), /no such service/],
    [to('service', 'sales'), /Sales already/],
  ];
  for (const [frame, reason] of cases) {
    agent.client.send(frame);
    const { code, message } = await agent.client.next('error');
    assert.equal(code, 'transfer.unavailable', message);
    assert.match(message, reason);
  }
  for (const type of ['transfer.withdraw', 'transfer.decline'])
    assert.equal(await refusalOf(agent.client, { type, contact }), 'transfer.out-of-state');
  offer(conversation, 'ben');
  await handedOver(ben.client);
  assert.equal(await refusalOf(agent.client, to('service', 'support')), 'transfer.out-of-state');
  assert.equal(await refusalOf(visitor.client, to('agent', 'ben')), 'frame.out-of-state');
});

Deno.test('C14 C15 a colleague who has as many contacts as they may is offered no more', async () => {
  await using server = await startServer({
    config: {
      agents: [
        { id: 'anna', name: 'Anna', tags: ['sales'], languages: ['en'], limit: 5, reports: true },
        { id: 'ben', name: 'Ben', tags: ['sales'], languages: ['en'], limit: 1, reports: true },
      ],
    },
  });
  const conversation = await withBen(server);
  const { agent, ben } = conversation;
  const other = await server.visitor();
  other.client.send({ type: 'contact.open', contact: 'c2', service: 'sales', kind: 'chat' });
  await ben.client.next('waiting.put', ({ entry }) => entry.contact === 'c2');
  ben.client.send({ type: 'contact.take', contact: 'c2' });
  await ben.client.state(({ id }) => id === 'c2');
  agent.client.send({ type: 'transfer.read', contact });
  assert.equal((await agent.client.next('transfer.targets')).agents[0]?.free, 0);
  offer(conversation, 'ben');
  assert.equal((await agent.client.next('error')).code, 'transfer.unavailable');
});

Deno.test('C14 whoever comes too late hears how the contact stands', async () => {
  await using server = await startServer();
  const conversation = await withBen(server);
  const { visitor, agent, ben } = conversation;
  agent.client.send({ type: 'message.send', contact, id: 'm1', text: 'One moment' });
  await agent.client.entries(1);
  offer(conversation, 'ben');
  await handedOver(ben.client);
  ben.client.send({ type: 'contact.take', contact });
  await agent.client.next('contact.gone');

  for (const frame of [
    { type: 'message.send', contact, id: 'm2', text: 'Still me' },
    { type: 'note.add', contact, id: 'n1', text: 'Still me' },
    { type: 'contact.end', contact },
    { type: 'contact.colour', contact, colour: 'red' },
    { type: 'contact.take', contact },
    { type: 'transfer.withdraw', contact },
    { type: 'transfer.read', contact },
    { type: 'card.read', contact },
    { type: 'link.push', contact, url: 'https://shop.example' },
    { type: 'channel.request', contact, channel: 'voice' },
    { type: 'log.read', contact, after: 0 },
  ]) {
    agent.client.send(frame);
    const { code, message } = await agent.client.next('error');
    assert.equal(code, 'contact.taken', frame.type);
    assert.match(message, /Ben/);
  }
  // What was in time is acknowledged all the same.
  agent.client.take('log.appended');
  agent.client.send({ type: 'message.send', contact, id: 'm1', text: 'One moment' });
  assert.equal((await agent.client.next('log.appended')).entry.id, 'm1');

  visitor.client.send({ type: 'contact.end', contact });
  await ben.client.state(({ phase }) => phase === 'ended');
  for (const { client } of [agent, ben])
    for (const type of ['transfer.decline', 'transfer.withdraw', 'transfer.read', 'contact.take'])
      assert.equal(await refusalOf(client, { type, contact }), 'contact.ended', type);
});

Deno.test('C14 C16 an agent who is lost while a transfer waits loses the contact to the queue', async () => {
  const time = new ManualTimers();
  await using server = await startServer({ clock: time.clock, timers: time });
  const conversation = await withBen(server);
  const { visitor, agent, ben } = conversation;
  offer(conversation, 'ben');
  await handedOver(ben.client);
  await agent.client.close();
  await visitor.client.state((state) => state.away.agent !== null);
  time.advance(30 * SECOND);
  const { entry } = await ben.client.next('waiting.put', (put) => put.entry.transfer === null);
  assert.equal(entry.first, true);
  ben.client.send({ type: 'contact.take', contact });
  await visitor.client.state((state) => state.agent?.id === 'ben');
});
