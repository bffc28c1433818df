import assert from 'node:assert/strict';
import type { CallKind, Side } from '../../core/contact/model.ts';
import { ask, callBy, connect, contact, linesOf, startOf } from '../support/calling.ts';
import { type Conversation, converse, type Party } from '../support/conversation.ts';
import { newClient } from '../support/frames.ts';
import { ManualTimers } from '../support/manual-timers.ts';
import { startServer, type TestServer } from '../support/server.ts';

/** Every flow of a call, for either side, where somebody has more than one window. */

const SIDES: readonly Side[] = ['visitor', 'agent'];
const other = (side: Side): Side => (side === 'visitor' ? 'agent' : 'visitor');

/** A second window of a side, on the same device or another one. */
async function secondWindow(server: TestServer, { token }: Conversation, side: Side): Promise<Party> {
  const page = newClient();
  const guest =
    side === 'visitor'
      ? await server.visitor({ token, client: page })
      : await server.agent('anna', { client: page });
  await guest.client.next('log.page');
  return { ...guest, page };
}

for (const asker of SIDES) {
  const asked = other(asker);
  for (const answer of ['video', 'voice'] as const)
    Deno.test(`V1 V2 the ${asker} asks, one of the ${asked}’s windows answers by ${answer}: the others hear at once that it was`, async () => {
      await using server = await startServer();
      const conversation = await converse(server);
      const [first, from] = [conversation[asked], conversation[asker]];
      const second = await secondWindow(server, conversation, asked);
      const { id } = await ask(from, first, 'video');
      await second.client.state((state) => state.call?.id === id && state.call.status === 'asking');

      second.client.send({ type: 'call.answer', contact, call: id, answer });
      const { call } = await first.client.state((state) => state.call?.status === 'connecting');
      assert.equal(call?.clients[asked], second.page, 'it was answered elsewhere');
      assert.equal((await startOf(second, 1)).call, id);
      await first.client.settled();
      assert.deepEqual(first.client.take('call.start'), [], 'who did not answer begins nothing');

      first.client.send({ type: 'call.answer', contact, call: id, answer: 'video' });
      assert.equal((await first.client.next('error')).code, 'frame.out-of-state', 'too late');
      for (const type of ['call.ready', 'call.connected', 'call.lost'] as const) {
        first.client.send({ type, contact, call: id, attempt: 1 });
        assert.equal((await first.client.next('error')).code, 'call.not-yours', type);
      }
      const parties = { ...conversation, [asked]: second };
      await connect(parties, id);
      first.client.send({ type: 'channel.drop', contact, channel: 'voice' });
      await second.client.state((state) => state.call === null);
      assert.deepEqual(await linesOf(second), ['call.asked', 'call.started', 'call.ended']);
    });

  Deno.test(`V1 V2 two windows of the ${asked} answer at the same moment: one has the call`, async () => {
    await using server = await startServer();
    const conversation = await converse(server);
    const second = await secondWindow(server, conversation, asked);
    const windows = [conversation[asked], second];
    const { id } = await ask(conversation[asker], conversation[asked], 'voice');
    for (const { client } of windows)
      client.send({ type: 'call.answer', contact, call: id, answer: 'voice' });
    const { call } = await conversation[asker].client.state((state) => state.call?.status === 'connecting');
    const loser = windows.find(({ page }) => page !== call?.clients[asked]);
    assert.equal((await loser?.client.next('error'))?.code, 'frame.out-of-state');
    for (const { client } of windows) await client.settled();
    const started = windows.map(({ client }) => client.take('call.start').length);
    assert.deepEqual(started.sort(), [0, 1]);
  });

  Deno.test(`V1 V2 one window of the ${asked} declines, and it rings nowhere any more`, async () => {
    await using server = await startServer();
    const conversation = await converse(server);
    const second = await secondWindow(server, conversation, asked);
    const { id } = await ask(conversation[asker], conversation[asked], 'video');
    second.client.send({ type: 'call.answer', contact, call: id, answer: 'decline' });
    for (const { client } of [conversation[asker], conversation[asked]])
      await client.state((state) => state.call === null);
    assert.deepEqual(await linesOf(second), ['call.asked', 'call.declined']);
  });

  Deno.test(`V1 V2 the ${asker} cancels from another window: it rings nowhere any more`, async () => {
    await using server = await startServer();
    const conversation = await converse(server);
    const [mine, theirs] = [
      await secondWindow(server, conversation, asker),
      await secondWindow(server, conversation, asked),
    ];
    await ask(conversation[asker], conversation[asked], 'video');
    mine.client.send({ type: 'channel.drop', contact, channel: 'video' });
    for (const { client } of [conversation.visitor, conversation.agent, theirs])
      await client.state((state) => state.call === null);
    assert.deepEqual(await linesOf(mine), ['call.asked', 'call.cancelled']);
  });

  Deno.test(`V1 V2 nobody answers the ${asker}: after the time it rings nowhere any more`, async () => {
    const time = new ManualTimers();
    await using server = await startServer({ clock: time.clock, timers: time });
    const conversation = await converse(server);
    const second = await secondWindow(server, conversation, asked);
    const { id } = await ask(conversation[asker], conversation[asked], 'voice');
    time.advance(45_000);
    for (const { client } of [conversation.visitor, conversation.agent])
      await client.state((state) => state.call === null);
    second.client.send({ type: 'call.answer', contact, call: id, answer: 'voice' });
    assert.equal((await second.client.next('error')).code, 'call.unknown');
    assert.deepEqual(await linesOf(second), ['call.asked', 'call.missed']);
  });

  Deno.test(`V1 V2 the window in which the ${asker} asked is closed while it rings: the call goes with it in time`, async () => {
    const time = new ManualTimers();
    await using server = await startServer({ clock: time.clock, timers: time });
    const conversation = await converse(server);
    await ask(conversation[asker], conversation[asked], 'voice');
    const { client } = conversation[asked];
    await conversation[asker].client.close();
    await client.state(({ away }) => away[asker] !== null);
    time.advance(15_000);
    await client.state((state) => state.call === null);
    assert.deepEqual(await linesOf(conversation[asked]), ['call.asked', 'call.cancelled']);
  });
}

for (const [first, second] of [
  ['video', 'video'],
  ['voice', 'voice'],
  ['voice', 'video'],
  ['video', 'voice'],
] as const satisfies readonly (readonly [CallKind, CallKind])[])
  Deno.test(`V1 V2 crossing requests, ${first} by the visitor and ${second} by the agent: one call, rung for nobody`, async () => {
    await using server = await startServer();
    const conversation = await converse(server);
    const { visitor, agent } = conversation;
    visitor.client.send({ type: 'channel.request', contact, channel: first });
    agent.client.send({ type: 'channel.request', contact, channel: second });
    const [a, b] = [await startOf(visitor, 1), await startOf(agent, 1)];
    assert.deepEqual([a.call, a.self], [b.call, b.remote]);
    await connect(conversation, a.call);
    assert.deepEqual(await linesOf(agent), ['call.asked', 'call.started']);
    agent.client.send({ type: 'channel.request', contact, channel: 'voice' });
    assert.equal((await agent.client.next('error')).code, 'call.busy', 'one call per contact');
  });

Deno.test('V5 crossing requests for a picture: both have said yes', async () => {
  await using server = await startServer();
  const conversation = await converse(server);
  const { visitor, agent } = conversation;
  await callBy(conversation, 'voice');
  for (const { client } of [visitor, agent])
    client.send({ type: 'channel.request', contact, channel: 'video' });
  for (const { client } of [visitor, agent])
    await client.state(({ call }) => call?.kind === 'video' && call.upgradeBy === null);
  assert.deepEqual(await linesOf(agent), ['call.asked', 'call.started', 'call.asked']);
});
