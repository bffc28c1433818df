import assert from 'node:assert/strict';
import { converse } from '../support/conversation.ts';
import { newClient, wordsOf } from '../support/frames.ts';
import { demoConfig, startServer } from '../support/server.ts';

Deno.test('M1 a message typed before anyone is there reaches the agent who takes the contact', async () => {
  await using server = await startServer();
  const { client: visitor, welcome } = await server.visitor();
  visitor.send({ type: 'contact.open', contact: 'c1', service: 'sales', kind: 'chat' });
  visitor.send({ type: 'message.send', contact: 'c1', id: 'm1', text: 'anyone there?' });
  const { client: agent, welcome: agentWelcome } = await server.agent('anna');
  assert.ok(agentWelcome.you.side === 'agent');
  assert.deepEqual(
    agentWelcome.you.waiting.map(({ contact }) => contact),
    ['c1'],
  );
  agent.send({ type: 'contact.take', contact: 'c1' });
  const contact = await agent.state(({ phase }) => phase === 'assigned');
  assert.equal(contact.visitor.id, welcome.you.id);
  assert.equal(contact.agent?.id, 'anna');
  agent.send({ type: 'log.read', contact: 'c1', after: 0 });
  const page = await agent.next('log.page');
  assert.deepEqual(page.entries.map(wordsOf), ['contact.opened', 'anyone there?', 'contact.taken']);
  assert.deepEqual([page.after, page.head, page.recovered], [0, 3, true]);
});

Deno.test('M1 both sides hear every message, the sender as acknowledgement, with author and server time', async () => {
  await using server = await startServer();
  const { visitor, agent } = await converse(server);
  const before = Date.now();
  visitor.client.send({ type: 'message.send', contact: 'c1', id: 'm1', text: 'Hello 👋\nthere' });
  const [acknowledged] = await visitor.client.entries(1);
  const [heard] = await agent.client.entries(1);
  assert.deepEqual(heard, acknowledged);
  assert.ok(heard?.kind === 'message');
  assert.equal(heard.text, 'Hello 👋\nthere');
  assert.equal(heard.previous, heard.offset - 1);
  assert.deepEqual([heard.side, heard.author.id], ['visitor', visitor.welcome.you.id]);
  assert.ok(heard.at >= before && heard.at <= Date.now());
  agent.client.send({ type: 'message.send', contact: 'c1', id: 'm2', text: 'Hi!' });
  const [answer] = await visitor.client.entries(1);
  assert.ok(answer?.kind === 'message');
  assert.deepEqual([answer.side, answer.author], ['agent', { id: 'anna', name: 'Anna' }]);
});

Deno.test('M1 every window of both sides hears, nobody else does', async () => {
  await using server = await startServer();
  const { visitor, agent } = await converse(server);
  assert.ok(visitor.welcome.you.side === 'visitor');
  const second = await server.visitor({ token: visitor.welcome.you.token });
  const console2 = await server.agent('anna');
  const others = [await server.visitor(), await server.agent('ben')];
  visitor.client.send({ type: 'message.send', contact: 'c1', id: 'm1', text: 'x' });
  for (const { client } of [visitor, agent, second, console2])
    assert.equal((await client.entries(1))[0]?.id, 'm1');
  for (const { client } of others) {
    await client.settled();
    assert.deepEqual(client.take('log.appended'), []);
    assert.deepEqual(client.take('contact.state'), []);
  }
});

Deno.test('M1 cursors tell delivered and read, never move back and never beyond the end', async () => {
  await using server = await startServer();
  const { visitor, agent } = await converse(server);
  visitor.client.send({ type: 'message.send', contact: 'c1', id: 'm1', text: 'x' });
  const [entry] = await agent.client.entries(1);
  assert.ok(entry);
  const move = (delivered: number, read: number) =>
    agent.client.send({ type: 'cursor.move', contact: 'c1', delivered, read });
  move(entry.offset, 0);
  const delivered = await visitor.client.state(({ cursors }) => cursors.agent.delivered === entry.offset);
  assert.equal(delivered.cursors.agent.read, 0);
  move(entry.offset, entry.offset);
  await visitor.client.state(({ cursors }) => cursors.agent.read === entry.offset);
  move(0, 0);
  move(999, 999);
  await agent.client.settled();
  await visitor.client.settled();
  assert.deepEqual(visitor.client.take('contact.state'), []);
});

Deno.test('M1 an ended contact takes no more messages but can still be read', async () => {
  await using server = await startServer();
  const { visitor, agent } = await converse(server);
  visitor.client.send({ type: 'contact.end', contact: 'c1' });
  await agent.client.state(({ phase, endedBy }) => phase === 'ended' && endedBy === 'visitor');
  visitor.client.send({ type: 'message.send', contact: 'c1', id: 'm1', text: 'x', ref: 'r' });
  assert.equal((await visitor.client.next('error')).code, 'contact.ended');
  for (const { client } of [visitor, agent]) {
    client.send({ type: 'log.read', contact: 'c1', after: 0 });
    assert.equal((await client.next('log.page')).entries.at(-1)?.kind, 'event');
  }
  agent.client.send({ type: 'cursor.move', contact: 'c1', delivered: 3, read: 3 });
  await visitor.client.state(({ cursors }) => cursors.agent.read === 3);
});

Deno.test('C2 a chat dropped during a call is closed and opens again with the next message', async () => {
  await using server = await startServer();
  const { visitor, agent } = await converse(server);
  agent.client.send({ type: 'channel.request', contact: 'c1', channel: 'voice' });
  const { call } = await visitor.client.state((contact) => contact.call !== null);
  assert.ok(call);
  visitor.client.send({ type: 'call.answer', contact: 'c1', call: call.id, answer: 'voice' });
  visitor.client.send({ type: 'channel.drop', contact: 'c1', channel: 'chat' });
  await agent.client.state(({ channels, phase }) => channels.chat === 'unavailable' && phase === 'assigned');
  agent.client.send({ type: 'message.send', contact: 'c1', id: 'm1', text: 'still there?' });
  await visitor.client.state(({ channels }) => channels.chat === 'active');
});

Deno.test('C17 dropping the only channel ends the contact for both', async () => {
  await using server = await startServer();
  const { visitor, agent } = await converse(server);
  visitor.client.send({ type: 'channel.drop', contact: 'c1', channel: 'chat' });
  for (const { client } of [visitor, agent]) {
    const ended = await client.state(({ phase }) => phase === 'ended');
    assert.deepEqual([ended.endedBy, ended.channels.chat], ['visitor', 'unavailable']);
  }
  await visitor.client.settled();
  assert.deepEqual(await server.store.list('live/'), [], 'the next start has nothing to take up');
});

Deno.test('M2 S6 a message sent again is stored once and acknowledged each time', async () => {
  await using server = await startServer();
  const { visitor, agent } = await converse(server);
  for (const text of ['once', 'once', 'another text under the same id'])
    visitor.client.send({ type: 'message.send', contact: 'c1', id: 'm1', text });
  const acknowledged = await visitor.client.entries(3);
  assert.equal(new Set(acknowledged.map(({ offset }) => offset)).size, 1);
  assert.deepEqual(acknowledged.map(wordsOf), ['once', 'once', 'once']);
  await agent.client.settled();
  assert.equal(agent.client.take('log.appended').length, 1, 'the other side hears it once');
});

Deno.test('S6 a stored message sent again after the end of the contact is acknowledged, a new one refused', async () => {
  await using server = await startServer();
  const { visitor, agent } = await converse(server);
  visitor.client.send({ type: 'message.send', contact: 'c1', id: 'm1', text: 'in time' });
  const [entry] = await visitor.client.entries(1);
  agent.client.send({ type: 'contact.end', contact: 'c1' });
  await visitor.client.next('log.appended');
  visitor.client.send({ type: 'message.send', contact: 'c1', id: 'm1', text: 'in time' });
  visitor.client.send({ type: 'message.send', contact: 'c1', id: 'm2', text: 'late', ref: 'r2' });
  assert.deepEqual(await visitor.client.entries(1), [entry]);
  assert.equal((await visitor.client.next('error')).ref, 'r2');
});

Deno.test('S6 messages of both sides come to both in one order without gaps', async () => {
  await using server = await startServer();
  const { visitor, agent } = await converse(server);
  const COUNT = 40;
  for (let i = 0; i < COUNT; i++) {
    visitor.client.send({ type: 'message.send', contact: 'c1', id: `v${i}`, text: `${i}` });
    agent.client.send({ type: 'message.send', contact: 'c1', id: `a${i}`, text: `${i}` });
  }
  const heard = await visitor.client.entries(2 * COUNT);
  assert.deepEqual(await agent.client.entries(2 * COUNT), heard);
  heard.reduce((before, entry) => {
    assert.equal(entry.previous, before.offset);
    return entry;
  });
  for (const side of ['v', 'a'])
    assert.deepEqual(
      heard.filter(({ id }) => id.startsWith(side)).map(({ id }) => id),
      Array.from({ length: COUNT }, (_, i) => `${side}${i}`),
    );
});

Deno.test('M2 opening a contact twice opens it once and tells how it stands', async () => {
  await using server = await startServer();
  const { client } = await server.visitor();
  const open = { type: 'contact.open', contact: 'c1', service: 'sales', kind: 'chat' } as const;
  client.send(open);
  client.send(open);
  client.send({ ...open, kind: 'video' });
  const states = [
    await client.state(() => true),
    await client.state(() => true),
    await client.state(() => true),
  ];
  assert.deepEqual(
    states.map(({ rev, kind }) => [rev, kind]),
    [
      [1, 'chat'],
      [1, 'chat'],
      [1, 'chat'],
    ],
  );
  await client.settled();
  assert.equal(client.take('log.appended').length, 1);
});

Deno.test('C1 a contact of a kind the service does not offer is refused', async () => {
  const { services } = await demoConfig();
  const config = {
    services: services.map((service) => ({
      ...service,
      channels: { chat: true, voice: true, video: false },
    })),
  };
  await using server = await startServer({ config });
  const { client } = await server.visitor();
  client.send({ type: 'contact.open', contact: 'c1', service: 'sales', kind: 'video' });
  assert.equal((await client.next('error')).code, 'channel.unavailable');
  client.send({ type: 'contact.open', contact: 'c1', service: 'nowhere', kind: 'chat' });
  assert.equal((await client.next('error')).code, 'service.unknown');
});

Deno.test('C4 the waiting entry shows a short name, new or returning, page, language and service', async () => {
  await using server = await startServer();
  const { client: agent } = await server.agent('anna');
  const first = await server.visitor({ language: 'de-CH' });
  first.client.send({ type: 'contact.open', contact: 'c1', service: 'sales', kind: 'voice' });
  const { entry } = await agent.next('waiting.put');
  assert.match(entry.name, /^Visitor [0-9A-F]{4}$/);
  assert.deepEqual(
    [
      entry.contact,
      entry.isNew,
      entry.language,
      entry.service.name,
      entry.kind,
      entry.page.title,
      entry.first,
    ],
    ['c1', true, 'de-CH', 'Sales', 'voice', 'Bikes', false],
  );
  first.client.send({ type: 'contact.end', contact: 'c1' });
  assert.deepEqual(await agent.next('waiting.gone'), {
    type: 'waiting.gone',
    contact: 'c1',
    reason: 'ended',
    by: null,
  });
  first.client.send({ type: 'contact.open', contact: 'c2', service: 'sales', kind: 'chat' });
  assert.equal((await agent.next('waiting.put')).entry.isNew, false);
});

Deno.test('M3 typing reaches the other side alone and is not kept', async () => {
  await using server = await startServer();
  const { visitor, agent } = await converse(server);
  visitor.client.send({ type: 'typing.set', contact: 'c1', on: true });
  assert.deepEqual(await agent.client.next('typing'), {
    type: 'typing',
    contact: 'c1',
    side: 'visitor',
    on: true,
  });
  agent.client.send({ type: 'typing.set', contact: 'c1', on: false });
  assert.equal((await visitor.client.next('typing')).side, 'agent');
  await visitor.client.settled();
  assert.deepEqual(visitor.client.take('typing'), []);
  assert.equal((await server.store.read('c1', 0)).head, 2);
});

Deno.test('C11 the agent sees the visitor’s page change', async () => {
  await using server = await startServer();
  const { visitor, agent } = await converse(server);
  const { you } = visitor.welcome;
  assert.ok(you.side === 'visitor');
  const page = { url: 'https://shop.example/cart', title: 'Cart', referrer: 'https://shop.example/bikes' };
  await server.visitor({ token: you.token, client: newClient(), page });
  const moved = await agent.client.state((contact) => contact.visitor.page.title === 'Cart');
  assert.deepEqual(moved.visitor.page, page);
});
