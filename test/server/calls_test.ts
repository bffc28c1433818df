import assert from 'node:assert/strict';
import { ask, callBy, connect, contact, linesOf, startOf } from '../support/calling.ts';
import { converse } from '../support/conversation.ts';
import { ManualTimers } from '../support/manual-timers.ts';
import { demoConfig, startServer } from '../support/server.ts';

/** What PeerJS takes for an id. */
const PEER_ID = /^[A-Za-z0-9]+(?:[ _-][A-Za-z0-9]+)*$/;

Deno.test('V1 the agent starts video: asked, accepted with video, dialled, active on both sides', async () => {
  await using server = await startServer();
  const conversation = await converse(server);
  const { visitor, agent } = conversation;
  agent.client.send({ type: 'channel.request', contact, channel: 'video' });
  const asking = await visitor.client.state((state) => state.call !== null);
  assert.deepEqual(asking.channels, {
    sharing: 'unavailable',
    chat: 'active',
    voice: 'connecting',
    video: 'connecting',
  });
  assert.deepEqual(
    [asking.call?.askedBy, asking.call?.kind, asking.call?.status],
    ['agent', 'video', 'asking'],
  );
  const call = asking.call?.id ?? '';
  visitor.client.send({ type: 'call.answer', contact, call, answer: 'video' });

  const toAgent = await startOf(agent, 1);
  const toVisitor = await startOf(visitor, 1);
  assert.deepEqual([toAgent.role, toVisitor.role], ['caller', 'answerer']);
  assert.deepEqual([toAgent.self, toAgent.remote], [toVisitor.remote, toVisitor.self]);
  assert.notEqual(toAgent.self, toAgent.remote);
  for (const { self, remote, ticket } of [toAgent, toVisitor]) {
    assert.match(self, PEER_ID);
    const verified = await server.tokens.verifyTicket(ticket);
    assert.ok(verified.ok);
    const { expiresAt, ...grant } = verified.ticket;
    assert.deepEqual(grant, { peer: self, remote, contact });
    assert.ok(expiresAt > Date.now());
  }

  agent.client.send({ type: 'call.ready', contact, call, attempt: 1, ref: 'r' });
  assert.equal((await agent.client.next('error')).code, 'frame.out-of-state', 'the caller does not wait');
  visitor.client.send({ type: 'call.ready', contact, call, attempt: 1 });
  assert.deepEqual(await agent.client.next('call.dial'), { type: 'call.dial', contact, call, attempt: 1 });
  visitor.client.send({ type: 'call.connected', contact, call, attempt: 1 });
  agent.client.send({ type: 'call.connected', contact, call, attempt: 1 });
  for (const { client } of [visitor, agent]) {
    const active = await client.state((state) => state.call?.status === 'active');
    assert.deepEqual([active.channels.voice, active.channels.video], ['active', 'active']);
    assert.equal(active.call?.media.visitor.camera, true);
  }
  assert.deepEqual(await linesOf(agent), ['call.asked', 'call.started']);
  assert.ok(!server.lines.some((line) => line.includes(toAgent.ticket)), 'no ticket in the log');
});

Deno.test('V1 accepted by voice only: the visitor sees without being seen', async () => {
  await using server = await startServer();
  const { visitor, agent } = await converse(server);
  const { id } = await ask(agent, visitor, 'video');
  visitor.client.send({ type: 'call.answer', contact, call: id, answer: 'voice' });
  const { call } = await agent.client.state((state) => state.call?.status === 'connecting');
  assert.deepEqual(
    [call?.kind, call?.media.visitor.camera, call?.media.agent.camera],
    ['video', false, true],
  );
});

Deno.test('V1 declined: the call is over, the chat goes on', async () => {
  await using server = await startServer();
  const { visitor, agent } = await converse(server);
  const { id } = await ask(agent, visitor, 'video');
  agent.client.send({ type: 'call.answer', contact, call: id, answer: 'video' });
  assert.equal((await agent.client.next('error')).code, 'frame.out-of-state', 'only the asked side answers');
  visitor.client.send({ type: 'call.answer', contact, call: id, answer: 'decline' });
  const over = await agent.client.state((state) => state.call === null);
  assert.deepEqual(
    [over.phase, over.channels.chat, over.channels.video],
    ['assigned', 'active', 'available'],
  );
  assert.deepEqual(await linesOf(agent), ['call.asked', 'call.declined']);
  visitor.client.send({ type: 'call.answer', contact, call: id, answer: 'video' });
  assert.equal((await visitor.client.next('error')).code, 'call.unknown');
});

Deno.test('V1 cancelled by who asked', async () => {
  await using server = await startServer();
  const { visitor, agent } = await converse(server);
  await ask(agent, visitor, 'voice');
  agent.client.send({ type: 'channel.drop', contact, channel: 'voice' });
  await visitor.client.state((state) => state.call === null);
  assert.deepEqual(await linesOf(visitor), ['call.asked', 'call.cancelled']);
});

Deno.test('V1 not answered: the request stops ringing by itself', async () => {
  const time = new ManualTimers();
  await using server = await startServer({ clock: time.clock, timers: time });
  const { visitor, agent } = await converse(server);
  await ask(agent, visitor, 'video');
  time.advance(44_999);
  await visitor.client.settled();
  assert.deepEqual(visitor.client.take('contact.state'), []);
  time.advance(1);
  await visitor.client.state((state) => state.call === null);
  await agent.client.state((state) => state.call === null);
  assert.deepEqual(await linesOf(agent), ['call.asked', 'call.missed']);
});

Deno.test('V1 both asking at once is a yes from both', async () => {
  await using server = await startServer();
  const { visitor, agent } = await converse(server);
  for (const { client } of [visitor, agent])
    client.send({ type: 'channel.request', contact, channel: 'video' });
  const [a, b] = [await startOf(visitor, 1), await startOf(agent, 1)];
  assert.equal(a.self, b.remote);
  assert.deepEqual([a.role, b.role].sort(), ['answerer', 'caller']);
});

Deno.test('V2 V3 a switch hides the visitor’s button and does not bind the agent', async () => {
  await using server = await startServer();
  const { visitor, agent } = await converse(server);
  agent.client.send({ type: 'agent.set', state: 'available', reason: null, voice: true, video: false });
  const hidden = await visitor.client.state((state) => state.agent?.video === false);
  assert.equal(hidden.agent?.voice, true);
  visitor.client.send({ type: 'channel.request', contact, channel: 'video' });
  assert.equal((await visitor.client.next('error')).code, 'channel.unavailable');
  await ask(visitor, agent, 'voice');
  agent.client.send({ type: 'channel.drop', contact, channel: 'voice' });
  await agent.client.state((state) => state.call === null);
  await visitor.client.state((state) => state.call === null);
  await ask(agent, visitor, 'video');
});

Deno.test('V2 a contact taken by an agent with a switch off shows it from the start', async () => {
  await using server = await startServer();
  const { client } = await server.agent('anna');
  client.send({ type: 'agent.set', state: 'available', reason: null, voice: false, video: false });
  await client.next('agent.state');
  const { visitor } = await converse(server);
  visitor.client.send({ type: 'channel.request', contact, channel: 'voice' });
  assert.equal((await visitor.client.next('error')).code, 'channel.unavailable');
});

Deno.test('V2 V20 a browser that cannot call leaves a contact with the chat alone', async () => {
  await using server = await startServer();
  const visitor = await server.visitor({ abilities: { voice: false, video: false } });
  visitor.client.send({ type: 'contact.open', contact, service: 'sales', kind: 'chat' });
  await visitor.client.entries(1);
  const agent = await server.agent('anna');
  agent.client.send({ type: 'contact.take', contact });
  const { channels } = await agent.client.state(({ phase }) => phase === 'assigned');
  assert.deepEqual(channels, {
    sharing: 'unavailable',
    chat: 'active',
    voice: 'unavailable',
    video: 'unavailable',
  });
});

Deno.test('V2 a service without video has no video from either side', async () => {
  const { services } = await demoConfig();
  const channels = { chat: true, voice: true, video: false };
  await using server = await startServer({ config: { services: services.map((s) => ({ ...s, channels })) } });
  const { visitor, agent } = await converse(server);
  for (const { client } of [visitor, agent]) {
    client.send({ type: 'channel.request', contact, channel: 'video' });
    assert.equal((await client.next('error')).code, 'channel.unavailable');
  }
});

Deno.test('V1 while it rings both sides are prepared, under ids that the answer keeps; a second window is not', async () => {
  await using server = await startServer();
  const conversation = await converse(server);
  const { visitor, agent, token } = conversation;
  const { id } = await ask(agent, visitor, 'video');
  const early = [await startOf(visitor, 1), await startOf(agent, 1)];
  assert.deepEqual([early[0]?.self, early[0]?.remote], [early[1]?.remote, early[1]?.self]);
  visitor.client.send({ type: 'call.answer', contact, call: id, answer: 'video' });
  visitor.client.send({ type: 'call.ready', contact, call: id, attempt: 1 });
  await agent.client.next('call.dial');
  for (const { client } of [visitor, agent])
    assert.deepEqual(client.take('call.start'), [], 'once is enough');
  agent.client.send({ type: 'channel.drop', contact, channel: 'video' });
  await visitor.client.state(({ call, phase }) => call === null && phase === 'assigned');

  const second = await server.visitor({ token });
  const again = await ask(agent, visitor, 'video');
  assert.notEqual((await startOf(agent, 1)).self, early[1]?.self, 'ids of another call are others');
  for (const { client } of [visitor, second]) {
    await client.settled();
    assert.deepEqual(client.take('call.start'), [], 'nobody knows which window will answer');
  }
  second.client.send({ type: 'call.answer', contact, call: again.id, answer: 'video' });
  assert.equal((await startOf({ ...second, page: '' }, 1)).call, again.id);
});

Deno.test('V5 a picture is asked for in a running voice call, and devices are shown to the other side', async () => {
  await using server = await startServer();
  const conversation = await converse(server);
  const { visitor, agent } = conversation;
  const { id } = await callBy(conversation, 'voice');
  agent.client.send({ type: 'channel.request', contact, channel: 'video' });
  const asked = await visitor.client.state((state) => state.call?.upgradeBy === 'agent');
  assert.deepEqual([asked.channels.voice, asked.channels.video], ['active', 'connecting']);
  visitor.client.send({ type: 'call.answer', contact, call: id, answer: 'video' });
  await agent.client.state((state) => state.call?.kind === 'video' && state.channels.video === 'active');
  const media = { microphone: false, camera: true, sound: true, screen: false };
  visitor.client.send({ type: 'call.media', contact, call: id, media });
  const { call } = await agent.client.state((state) => state.call?.media.visitor.microphone === false);
  assert.deepEqual(call?.media.visitor, media);
});

Deno.test('V5 a picture asked for is taken back, and the voice call goes on', async () => {
  await using server = await startServer();
  const conversation = await converse(server);
  const { visitor, agent } = conversation;
  await callBy(conversation, 'voice');
  agent.client.send({ type: 'channel.request', contact, channel: 'video' });
  const asked = await visitor.client.state((state) => state.call?.upgradeBy === 'agent');
  visitor.client.send({ type: 'channel.drop', contact, channel: 'video' });
  assert.equal((await visitor.client.next('error')).code, 'frame.out-of-state', 'only who asked takes back');
  agent.client.send({ type: 'channel.drop', contact, channel: 'video' });
  const { channels } = await visitor.client.state((state) => state.rev > asked.rev);
  assert.deepEqual([channels.voice, channels.video], ['active', 'available']);
});

Deno.test('V7 a contact entered as a video call is a call as soon as it is taken', async () => {
  await using server = await startServer();
  const conversation = await converse(server, { kind: 'video' });
  const { visitor, agent } = conversation;
  const [toVisitor, toAgent] = [await startOf(visitor, 1), await startOf(agent, 1)];
  assert.deepEqual([toVisitor.role, toAgent.role], ['caller', 'answerer']);
  const { call } = await connect(conversation, toAgent.call).then((active) => ({ call: active }));
  assert.deepEqual([call.media.visitor.camera, call.media.agent.camera], [false, true]);
});

Deno.test('V15 hanging up ends the call for both at once, and never the conversation', async () => {
  for (const by of ['visitor', 'agent'] as const) {
    await using server = await startServer();
    const conversation = await converse(server);
    const { visitor, agent } = conversation;
    await callBy(conversation, 'video');
    conversation[by].client.send({ type: 'channel.drop', contact, channel: 'video' });
    for (const { client } of [visitor, agent]) {
      const state = await client.state(({ call }) => call === null);
      assert.deepEqual(
        [state.phase, state.channels.chat, state.channels.video],
        ['assigned', 'active', 'available'],
      );
    }
    assert.deepEqual(await linesOf(agent), ['call.asked', 'call.started', 'call.ended']);
    visitor.client.send({ type: 'message.send', contact, id: 'm1', text: 'bye' });
    await agent.client.next('log.appended', ({ entry }) => entry.id === 'm1');
    visitor.client.send({ type: 'channel.drop', contact, channel: 'voice' });
    assert.equal((await visitor.client.next('error')).code, 'call.unknown');
  }
});

Deno.test('V15 the end of a call tells how long it was', async () => {
  const time = new ManualTimers();
  await using server = await startServer({ clock: time.clock, timers: time });
  const conversation = await converse(server);
  await callBy(conversation, 'voice');
  time.advance(65_000);
  const { agent } = conversation;
  agent.client.send({ type: 'channel.drop', contact, channel: 'voice' });
  const { entry } = await agent.client.next(
    'log.appended',
    ({ entry }) => entry.kind === 'event' && entry.event === 'call.ended',
  );
  assert.ok(entry.kind === 'event');
  assert.deepEqual([entry.seconds, entry.side, entry.name, entry.call], [65, 'agent', 'Anna', 'voice']);
});

Deno.test('V18 call.start carries the ICE servers of the configuration', async () => {
  const servers = [
    { urls: 'stun:stun.example:3478' },
    { urls: ['turn:turn.example:3478'], username: 'u', credential: 'c' },
  ];
  await using server = await startServer({ config: { ice: { servers } } });
  const { visitor, agent } = await converse(server, { kind: 'voice' });
  for (const party of [visitor, agent]) assert.deepEqual((await startOf(party, 1)).ice, servers);
});
