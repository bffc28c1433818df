import assert from 'node:assert/strict';
import type { Permissions } from '../../core/contact/model.ts';
import { contact, startOf } from '../support/calling.ts';
import { converse } from '../support/conversation.ts';
import { startServer } from '../support/server.ts';
import { servicesWith } from '../support/services.ts';

const none = { voice: false, video: false };
const voiceOnly = { voice: true, video: false };
const all = { voice: true, video: true };

Deno.test('V8 the agent sees the visitor’s permissions from the start, and every change', async () => {
  await using server = await startServer();
  const visitor = await server.visitor();
  const permissions: Permissions = { microphone: 'prompt', camera: 'prompt' };
  visitor.client.send({ type: 'permissions.set', permissions });
  visitor.client.send({ type: 'contact.open', contact, service: 'sales', kind: 'chat' });
  await visitor.client.entries(1);
  const { client } = await server.agent('anna');
  client.send({ type: 'contact.take', contact });
  const taken = await client.state(({ phase }) => phase === 'assigned');
  assert.deepEqual(taken.desk?.permissions, permissions, 'said before there was a contact');
  for (const camera of ['granted', 'denied', 'missing', 'unsupported'] as const) {
    visitor.client.send({ type: 'permissions.set', permissions: { ...permissions, camera } });
    const { desk } = await client.state((state) => state.desk?.permissions?.camera === camera);
    assert.deepEqual(desk?.permissions, { microphone: 'prompt', camera });
  }
  for (const { contact } of visitor.client.take('contact.state')) assert.equal(contact.desk, null);
  client.send({ type: 'permissions.set', permissions });
  assert.equal((await client.next('error')).code, 'frame.out-of-state', 'an agent’s are nobody’s business');
});

for (const side of ['visitor', 'agent'] as const)
  Deno.test(`A6 what the ${side}’s browser turns out to be able to do changes the channels for both`, async () => {
    await using server = await startServer();
    const conversation = await converse(server);
    const { visitor, agent } = conversation;
    const own = conversation[side].client;
    for (const [abilities, voice, video] of [
      [voiceOnly, 'available', 'unavailable'],
      [none, 'unavailable', 'unavailable'],
      [all, 'available', 'available'],
    ] as const) {
      own.send({ type: 'abilities.set', abilities });
      for (const { client } of [visitor, agent])
        await client.state(({ channels }) => channels.voice === voice && channels.video === video);
      for (const { client } of [visitor, agent]) {
        if (video === 'available') continue;
        client.send({ type: 'channel.request', contact, channel: 'video' });
        assert.equal((await client.next('error')).code, 'channel.unavailable');
      }
    }
  });

Deno.test('A6 the agent’s hello counts: no call is offered that the desk cannot take', async () => {
  await using server = await startServer();
  const { client } = await server.agent('anna', { abilities: none });
  const visitor = await server.visitor();
  visitor.client.send({ type: 'contact.open', contact, service: 'sales', kind: 'video' });
  await client.next('waiting.put');
  client.send({ type: 'contact.take', contact });
  const { call, channels } = await visitor.client.state(({ phase }) => phase === 'assigned');
  assert.deepEqual([call, channels.voice, channels.video], [null, 'unavailable', 'unavailable']);
});

Deno.test('A6 of several windows the one that can is enough, until it is gone', async () => {
  await using server = await startServer();
  const { visitor, agent, token } = await converse(server);
  visitor.client.send({ type: 'abilities.set', abilities: none });
  await agent.client.state(({ channels }) => channels.voice === 'unavailable');
  const phone = await server.visitor({ token, abilities: all });
  await agent.client.state(({ channels }) => channels.video === 'available');
  await phone.client.close();
  await agent.client.state(({ channels }) => channels.video === 'unavailable');
});

Deno.test('V4 a service with audio first: whoever asks for video, the call begins with voice', async () => {
  await using server = await startServer({
    config: { services: await servicesWith('sales', { audioFirst: true }) },
  });
  const { visitor, agent } = await converse(server);
  visitor.client.send({ type: 'channel.request', contact, channel: 'video' });
  const { call } = await agent.client.state((state) => state.call?.status === 'asking');
  assert.equal(call?.kind, 'voice');
  agent.client.send({ type: 'call.answer', contact, call: call?.id ?? '', answer: 'video' });
  const { call: begun } = await visitor.client.state((state) => state.call?.status === 'connecting');
  assert.deepEqual(
    [begun?.kind, begun?.media.agent.camera, begun?.media.visitor.camera],
    ['voice', false, false],
  );
  for (const party of [visitor, agent]) await startOf(party, 1);
});
