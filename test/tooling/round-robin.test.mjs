import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { test } from 'node:test';
import { roundRobin } from '../../scripts/round-robin.mjs';

/** @param {import('node:net').Server} server */
async function listening(server) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return /** @type {import('node:net').AddressInfo} */ (server.address()).port;
}

/** Says its name and whatever it is told, until the other side ends. @param {string} name */
const named = (name) =>
  createServer((socket) => {
    socket.write(`${name} `);
    socket.on('data', (data) => socket.end(data));
    socket.on('error', () => {});
  });

/** @param {number} port */
async function ask(port) {
  const socket = connect(port, '127.0.0.1');
  socket.setEncoding('utf8').write('hello');
  let text = '';
  for await (const piece of socket) text += piece;
  return text;
}

test('S5 connections go to one instance after the other, past one that is not there', async () => {
  const [a, b] = [named('a'), named('b')];
  const gone = createServer();
  const free = await listening(gone);
  gone.close();
  const ports = [await listening(a), free, await listening(b)];
  const proxy = roundRobin(ports);
  const port = await listening(proxy);
  const answers = [];
  for (let n = 0; n < 6; n++) answers.push(await ask(port));
  assert.deepEqual(answers, ['a hello', 'b hello', 'b hello', 'a hello', 'b hello', 'b hello']);
  for (const server of [a, b]) server.close();
  await Promise.all([once(a, 'close'), once(b, 'close')]);
  assert.equal(await ask(port).catch(() => ''), '', 'nobody is there');
  proxy.close();
});
