import assert from 'node:assert/strict';
import { callBy, contact, linesOf } from '../support/calling.ts';
import { converse } from '../support/conversation.ts';
import { ManualTimers } from '../support/manual-timers.ts';
import { demoConfig, startServer } from '../support/server.ts';

Deno.test('R1 recording is asked of the visitor, and runs only with their consent', async () => {
  const time = new ManualTimers();
  await using server = await startServer({ clock: time.clock, timers: time });
  const conversation = await converse(server);
  const { visitor, agent } = conversation;
  agent.client.send({ type: 'recording.request', contact });
  assert.equal((await agent.client.next('error')).code, 'recording.out-of-state');
  await callBy(conversation, 'video');
  visitor.client.send({ type: 'recording.request', contact });
  assert.equal((await visitor.client.next('error')).code, 'recording.off');

  agent.client.send({ type: 'recording.request', contact });
  await visitor.client.state((state) => state.call?.recording?.status === 'asking');
  agent.client.send({ type: 'recording.answer', contact, allow: true });
  assert.equal(
    (await agent.client.next('error')).code,
    'recording.out-of-state',
    'only the visitor consents',
  );
  visitor.client.send({ type: 'recording.answer', contact, allow: false });
  await agent.client.state((state) => state.call?.recording === null);

  agent.client.send({ type: 'recording.request', contact });
  await visitor.client.state((state) => state.call?.recording?.status === 'asking');
  visitor.client.send({ type: 'recording.answer', contact, allow: true });
  for (const { client } of [visitor, agent]) {
    const { call } = await client.state((state) => state.call?.recording?.status === 'on');
    assert.equal(call?.recording?.since, time.clock());
  }
  time.advance(7_000);
  visitor.client.send({ type: 'recording.stop', contact });
  await agent.client.state((state) => state.call?.recording === null);
  const { entry } = await agent.client.next(
    'log.appended',
    ({ entry }) => entry.kind === 'event' && entry.event === 'recording.stopped',
  );
  assert.equal(entry.kind === 'event' && entry.seconds, 7);
  assert.deepEqual(
    (await linesOf(agent)).filter((line) => line.startsWith('recording')),
    ['recording.asked', 'recording.declined', 'recording.asked', 'recording.started', 'recording.stopped'],
  );
});

Deno.test('R1 C2 a recording ends with its call, and the log says how long it was', async () => {
  const time = new ManualTimers();
  await using server = await startServer({ clock: time.clock, timers: time });
  const conversation = await converse(server);
  const { visitor, agent } = conversation;
  await callBy(conversation, 'voice');
  agent.client.send({ type: 'recording.request', contact });
  await visitor.client.state((state) => state.call?.recording?.status === 'asking');
  visitor.client.send({ type: 'recording.answer', contact, allow: true });
  await agent.client.state((state) => state.call?.recording?.status === 'on');
  time.advance(9_000);
  visitor.client.send({ type: 'channel.drop', contact, channel: 'voice' });
  await agent.client.state((state) => state.call === null);
  const { entry } = await agent.client.next(
    'log.appended',
    ({ entry }) => entry.kind === 'event' && entry.event === 'recording.stopped',
  );
  assert.equal(entry.kind === 'event' && entry.seconds, 9);
});

Deno.test('R1 the service may allow recording always, or never', async () => {
  const { services } = await demoConfig();
  for (const recording of ['always', 'off'] as const) {
    await using server = await startServer({
      config: { services: services.map((s) => ({ ...s, recording })) },
    });
    const conversation = await converse(server);
    const { visitor, agent } = conversation;
    await callBy(conversation, 'voice');
    agent.client.send({ type: 'recording.request', contact });
    if (recording === 'off') assert.equal((await agent.client.next('error')).code, 'recording.off');
    else await visitor.client.state((state) => state.call?.recording?.status === 'on');
  }
});
