import assert from 'node:assert/strict';
import { callBy, contact } from '../support/calling.ts';
import { converse } from '../support/conversation.ts';
import { visitorHello } from '../support/frames.ts';
import { startServer } from '../support/server.ts';
import { silentPage } from '../support/silent-page.ts';

Deno.test('V15 a computer that is gone without a word is noticed within 5 s', async () => {
  await using server = await startServer();
  const { visitor, agent, token } = await converse(server);
  using _silent = await silentPage(server, visitorHello({ token, client: 'silent' }));
  await agent.client.settled();
  await visitor.client.close();
  const begun = Date.now();
  const { away, phase } = await agent.client.state((state) => state.away.visitor !== null);
  const took = Date.now() - begun;
  assert.ok(took > 1_000, 'the other page kept the visitor there until then');
  assert.ok(took < 5_000, `${took} ms`);
  assert.deepEqual([phase, away.agent], ['assigned', null], 'the contact stays');
});

Deno.test('V15 a browser that was killed is noticed at once, in the call too', async () => {
  await using server = await startServer();
  const conversation = await converse(server);
  const { visitor, agent } = conversation;
  const { id } = await callBy(conversation, 'video');
  const begun = Date.now();
  await visitor.client.close();
  const { call } = await agent.client.state((state) => state.away.visitor !== null);
  assert.ok(Date.now() - begun < 1_000);
  assert.equal(call?.id, id, 'the call waits for them to come back');
  agent.client.send({ type: 'message.send', contact, id: 'm1', text: 'Are you there?' });
  await agent.client.next('log.appended', ({ entry }) => entry.id === 'm1');
});
