import assert from 'node:assert/strict';
import { SUBPROTOCOL } from '../../core/protocol/limits.ts';
import { callBy, contact } from '../support/calling.ts';
import { converse } from '../support/conversation.ts';
import { visitorHello } from '../support/frames.ts';
import { startServer, type TestServer } from '../support/server.ts';

/** A page whose computer is gone without a word: its socket stays open and answers nothing, not even pings. */
async function silentPage(server: TestServer, token: string): Promise<Disposable> {
  const { hostname, port } = new URL(server.url);
  const connection = await Deno.connect({ hostname, port: Number(port) });
  const request = [
    `GET /ws HTTP/1.1`,
    `Host: ${hostname}:${port}`,
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${btoa('0123456789abcdef')}`,
    `Sec-WebSocket-Protocol: ${SUBPROTOCOL}`,
    '',
    '',
  ].join('\r\n');
  await connection.write(new TextEncoder().encode(request));
  const answer = new Uint8Array(4_096);
  await connection.read(answer);
  assert.match(new TextDecoder().decode(answer), /^HTTP\/1\.1 101/);
  await connection.write(frameOf(JSON.stringify(visitorHello({ token, client: 'silent' }))));
  await connection.read(answer);
  return connection;
}

/** One text frame of a client, masked with zeros (RFC 6455, 5.2). */
function frameOf(text: string): Uint8Array {
  const payload = new TextEncoder().encode(text);
  const head = [0x81, 0x80 | 126, payload.length >> 8, payload.length & 255, 0, 0, 0, 0];
  return Uint8Array.from([...head, ...payload]);
}

Deno.test('V15 a computer that is gone without a word is noticed within 5 s', async () => {
  await using server = await startServer();
  const { visitor, agent, token } = await converse(server);
  using _silent = await silentPage(server, token);
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
