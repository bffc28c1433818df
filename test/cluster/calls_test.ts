import assert from 'node:assert/strict';
import type { CallStart } from '../../core/protocol/server-frames.ts';
import { newClient, type RawClient } from '../support/frames.ts';
import { onShared } from '../support/instances.ts';
import { ManualTimers } from '../support/manual-timers.ts';
import type { TestServer } from '../support/server.ts';
import { Wire } from '../support/wire.ts';

const contact = 'c1';

/** Goes to the broker of an instance as a PeerJS client does. */
async function atBroker({ wsUrl }: TestServer, { self, ticket }: CallStart): Promise<Wire> {
  const address = wsUrl.replace(/\/ws$/, '/peerjs/peerjs');
  const wire = new Wire(`${address}?key=peerjs&version=1.5.5&id=${self}&token=${ticket}`);
  assert.deepEqual(await wire.next(), { type: 'OPEN' });
  return wire;
}

const offer = (dst: string, payload = {}) => ({
  type: 'OFFER',
  dst,
  payload: { connectionId: 'mc_1', sdp: 'v=0', ...payload },
});

const startOf = (client: RawClient, attempt: number) =>
  client.next('call.start', (frame) => frame.attempt === attempt);

onShared(
  'S5 V1 V2 S3 a call is set up between sides at two instances, and comes back after one moves',
  async ({ one, two }) => {
    const pages = { visitor: newClient(), agent: newClient() };
    const visitor = await one.visitor({ client: pages.visitor });
    const agent = (await two.agent('anna', { client: pages.agent })).client;
    visitor.client.send({ type: 'contact.open', contact, service: 'sales', kind: 'chat' });
    await agent.next('waiting.put');
    agent.send({ type: 'contact.take', contact });
    await visitor.client.state(({ channels }) => channels.video === 'available');

    visitor.client.send({ type: 'channel.request', contact, channel: 'video' });
    const { call } = await agent.state((state) => state.call?.status === 'asking');
    assert.ok(call);
    agent.send({ type: 'call.answer', contact, call: call.id, answer: 'video' });
    const [caller, answerer] = await Promise.all([startOf(visitor.client, 1), startOf(agent, 1)]);
    assert.deepEqual([caller.role, answerer.role], ['caller', 'answerer']);
    assert.deepEqual([caller.remote, caller.self], [answerer.self, answerer.remote]);

    // An offer before the other has come waits, wherever it comes.
    const first = await atBroker(one, caller);
    first.send(offer(caller.remote, { sdp: 'early' }));
    const second = await atBroker(two, answerer);
    assert.deepEqual(await second.next(), {
      ...offer(answerer.self, { sdp: 'early' }),
      src: caller.self,
    });
    agent.send({ type: 'call.ready', contact, call: call.id, attempt: 1 });
    await visitor.client.next('call.dial', ({ attempt }) => attempt === 1);
    for (let n = 0; n < 20; n++)
      second.send({ ...offer(answerer.remote, { sdp: `${n}` }), type: 'CANDIDATE' });
    for (let n = 0; n < 20; n++) {
      const { payload } = (await first.next()) as ReturnType<typeof offer>;
      assert.equal(payload.sdp, `${n}`);
    }
    for (const client of [visitor.client, agent])
      client.send({ type: 'call.connected', contact, call: call.id, attempt: 1 });
    await agent.state((state) => state.call?.status === 'active');

    // The visitor's sockets come back at the other instance: the call goes on, and the broker knows where they are.
    const { you } = visitor.welcome;
    assert.ok(you.side === 'visitor');
    const back = await two.visitor({ client: pages.visitor, token: you.token });
    await visitor.client.close();
    const moved = await atBroker(two, caller);
    assert.equal(await first.closed, 4409);
    second.send(offer(answerer.remote, { sdp: 'there' }));
    assert.equal(((await moved.next()) as ReturnType<typeof offer>).payload.sdp, 'there');
    back.client.send({ type: 'call.lost', contact, call: call.id, attempt: 1 });
    await Promise.all([startOf(back.client, 2), startOf(agent, 2)]);
    const wires = [second, moved];
    agent.send({ type: 'channel.drop', contact, channel: 'video' });
    await back.client.state((state) => state.call === null);
    await Promise.all(wires.map((wire) => wire.close()));
  },
);

/** Whether a page load is new can be told only some time after a start. */
let time: ManualTimers;

onShared(
  'S5 V17 a page of the same visitor that comes at the other instance takes the call over',
  async ({ one, two }) => {
    time.advance(3_600_000);
    const visitor = await one.visitor();
    const agent = (await two.agent('anna')).client;
    visitor.client.send({ type: 'contact.open', contact, service: 'sales', kind: 'chat' });
    await agent.next('waiting.put');
    agent.send({ type: 'contact.take', contact });
    await visitor.client.state(({ channels }) => channels.voice === 'available');
    agent.send({ type: 'channel.request', contact, channel: 'voice' });
    const { call } = await visitor.client.state((state) => state.call?.status === 'asking');
    assert.ok(call);
    visitor.client.send({ type: 'call.answer', contact, call: call.id, answer: 'voice' });
    await agent.state((state) => state.call?.status === 'connecting');
    for (const client of [visitor.client, agent])
      client.send({ type: 'call.connected', contact, call: call.id, attempt: 1 });
    await agent.state((state) => state.call?.status === 'active');
    const { you } = visitor.welcome;
    assert.ok(you.side === 'visitor');
    await visitor.client.close();
    const next = await two.visitor({ token: you.token });
    const start = await startOf(next.client, 2);
    assert.equal(start.role, 'answerer');
    await startOf(agent, 2);
  },
  () => {
    time = new ManualTimers();
    return { clock: time.clock, timers: time };
  },
);
