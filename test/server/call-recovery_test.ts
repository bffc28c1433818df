import assert from 'node:assert/strict';
import { CALL_ABANDON } from '../../core/contact/call.ts';
import { openSqlite } from '../../server/store/sqlite/sqlite.ts';
import { ask, callBy, connect, contact, linesOf, startOf } from '../support/calling.ts';
import { converse } from '../support/conversation.ts';
import { newClient } from '../support/frames.ts';
import { ManualTimers } from '../support/manual-timers.ts';
import { startServer } from '../support/server.ts';

Deno.test('V7 V17 a visitor who changed the page while waiting gets the call on the new one', async () => {
  const time = new ManualTimers();
  await using server = await startServer({ clock: time.clock, timers: time });
  const first = await server.visitor();
  first.client.send({ type: 'contact.open', contact, service: 'sales', kind: 'video' });
  await first.client.entries(1);
  await first.client.close();
  const { you } = first.welcome;
  assert.ok(you.side === 'visitor');
  const client = newClient();
  const next = await server.visitor({ token: you.token, client });
  const agent = (await server.agent('anna')).client;
  agent.send({ type: 'contact.take' });
  const start = await next.client.next('call.start');
  const { call } = await agent.state((state) => state.call?.clients.visitor === client);
  assert.equal(call?.attempt, start.attempt);
  assert.equal(
    (await agent.next('call.start', ({ attempt }) => attempt === start.attempt)).remote,
    start.self,
  );
});

Deno.test('V15 a call whose page load does not come back is over, the contact stays', async () => {
  const time = new ManualTimers();
  await using server = await startServer({ clock: time.clock, timers: time });
  const conversation = await converse(server);
  const { visitor, agent } = conversation;
  await callBy(conversation, 'video');
  await visitor.client.close();
  await agent.client.state(({ away }) => away.visitor !== null);
  time.advance(CALL_ABANDON);
  const state = await agent.client.state(({ call }) => call === null);
  assert.equal(state.phase, 'assigned');
  assert.deepEqual(await linesOf(agent), ['call.asked', 'call.started', 'call.ended']);
});

Deno.test('V16 a loss both sides report starts one new attempt under new ids', async () => {
  await using server = await startServer();
  const conversation = await converse(server);
  const { visitor, agent } = conversation;
  const { id } = await ask(agent, visitor, 'video');
  visitor.client.send({ type: 'call.answer', contact, call: id, answer: 'video' });
  const first = await startOf(visitor, 1);
  await startOf(agent, 1);
  await connect(conversation, id);
  for (const { client } of [visitor, agent]) client.take('call.start');
  for (const { client } of [visitor, agent])
    client.send({ type: 'call.lost', contact, call: id, attempt: 1 });
  const [toVisitor, toAgent] = [await startOf(visitor, 2), await startOf(agent, 2)];
  assert.equal(toVisitor.self, toAgent.remote);
  assert.ok(![first.self, first.remote].includes(toVisitor.self));
  for (const { client } of [visitor, agent]) {
    await client.settled();
    assert.deepEqual(client.take('call.start'), []);
  }
  visitor.client.send({ type: 'call.ready', contact, call: id, attempt: 1 });
  await visitor.client.settled();
  await agent.client.settled();
  assert.deepEqual(agent.client.take('call.dial'), [], 'word of an older attempt is void');
  await connect(conversation, id, 2);
  assert.deepEqual(await linesOf(agent), ['call.asked', 'call.started']);
});

Deno.test('V16 a socket that drops and comes back leaves the running call alone', async () => {
  const time = new ManualTimers();
  await using server = await startServer({ clock: time.clock, timers: time });
  const conversation = await converse(server);
  const { visitor, agent, token } = conversation;
  const call = await callBy(conversation, 'video');
  time.advance(CALL_ABANDON);
  await visitor.client.close();
  await agent.client.state(({ away }) => away.visitor !== null);
  const back = await server.visitor({ token, client: visitor.page });
  assert.deepEqual(back.welcome.contacts[0]?.call, call);
  time.advance(CALL_ABANDON);
  await agent.client.settled();
  await back.client.settled();
  assert.deepEqual([...agent.client.take('call.start'), ...back.client.take('call.start')], []);
  assert.equal(agent.client.take('contact.state').at(-1)?.contact.call?.status, 'active');
});

Deno.test('V16 a page load that may have missed the start of an attempt is given another', async () => {
  const time = new ManualTimers();
  await using server = await startServer({ clock: time.clock, timers: time });
  const { visitor, agent, token } = await converse(server);
  const { id } = await ask(agent, visitor, 'video');
  visitor.client.send({ type: 'call.answer', contact, call: id, answer: 'video' });
  await startOf(agent, 1);
  await visitor.client.close();
  await agent.client.state(({ away }) => away.visitor !== null);
  const back = await server.visitor({ token, client: visitor.page });
  assert.equal((await startOf(agent, 2)).remote, (await back.client.next('call.start')).self);
});

Deno.test('V17 a running call comes over to the next page', async () => {
  const time = new ManualTimers();
  await using server = await startServer({ clock: time.clock, timers: time });
  const conversation = await converse(server);
  const { visitor, agent, token } = conversation;
  await callBy(conversation, 'video');
  time.advance(CALL_ABANDON);
  const page = newClient();
  // On a full page load the new page may be there before the old socket is gone, or after.
  const early = { ...(await server.visitor({ token, client: page })), page };
  await visitor.client.close();
  const start = await startOf(early, 2);
  assert.equal((await startOf(agent, 2)).remote, start.self);
  await early.client.close();
  await agent.client.state(({ away }) => away.visitor !== null);
  const last = newClient();
  const late = { ...(await server.visitor({ token, client: last })), page: last };
  assert.equal((await startOf(agent, 3)).remote, (await startOf(late, 3)).self);
});

Deno.test('V17 a window that only stood by does not take the call from one that reconnects', async () => {
  const time = new ManualTimers();
  await using server = await startServer({ clock: time.clock, timers: time });
  const bystander = newClient();
  const conversation = await converse(server);
  const { visitor, agent, token } = conversation;
  time.advance(CALL_ABANDON);
  const second = await server.visitor({ token, client: bystander });
  await callBy(conversation, 'video');
  await second.client.close();
  await visitor.client.close();
  await agent.client.state(({ away }) => away.visitor !== null);
  const standsBy = await server.visitor({ token, client: bystander });
  const holds = await server.visitor({ token, client: visitor.page });
  assert.equal(holds.welcome.contacts[0]?.call?.clients.visitor, visitor.page);
  for (const { client } of [standsBy, holds, agent]) {
    await client.settled();
    assert.deepEqual(client.take('call.start'), []);
  }
});

Deno.test('V17 after a restart a call waits for its own page loads', async () => {
  const time = new ManualTimers();
  const store = await openSqlite(':memory:');
  const options = { store, clock: time.clock, timers: time };
  const before = await startServer(options);
  const conversation = await converse(before);
  const { visitor, agent, token } = conversation;
  await callBy(conversation, 'video');
  await before.stop();
  await using after = await startServer(options);
  const other = await after.visitor({ token, client: newClient() });
  assert.equal(other.welcome.contacts[0]?.call?.clients.visitor, visitor.page);
  const back = await after.visitor({ token, client: visitor.page });
  const console1 = await after.agent('anna', { client: agent.page });
  time.advance(CALL_ABANDON);
  for (const { client } of [back, console1]) {
    await client.settled();
    assert.deepEqual(client.take('call.start'), []);
  }
  assert.equal(console1.welcome.contacts[0]?.call?.status, 'active');
  await after.stop();
  await store.close();
});

Deno.test('V16 only the windows that hold the call speak for it', async () => {
  await using server = await startServer();
  const conversation = await converse(server);
  const { id } = await callBy(conversation, 'voice');
  const { client } = await server.visitor({ token: conversation.token });
  const media = { microphone: true, camera: true, sound: true, screen: false };
  for (const frame of [
    { type: 'call.media', contact, call: id, media },
    { type: 'call.connected', contact, call: id, attempt: 1 },
    { type: 'call.lost', contact, call: id, attempt: 1 },
    { type: 'call.ready', contact, call: id, attempt: 1 },
  ]) {
    client.send(frame);
    assert.equal((await client.next('error')).code, 'call.not-yours');
  }
  client.send({ type: 'channel.drop', contact, channel: 'voice' });
  await conversation.agent.client.state(({ call }) => call === null);
});
