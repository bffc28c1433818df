import assert from 'node:assert/strict';
import { converse } from '../support/conversation.ts';
import { connect, visitorHello } from '../support/frames.ts';
import { startServer, type TestServer } from '../support/server.ts';

const SECRET_WORDS = /only between us|give it to ben|transfer\.offered|transfer\.declined/i;

/** A conversation in which the agent notes something, offers to hand over and is refused. */
async function whisper(server: TestServer) {
  const conversation = await converse(server);
  const { visitor, agent } = conversation;
  const heard: string[] = [];
  visitor.client.socket.addEventListener('message', ({ data }) => heard.push(data));
  const ben = (await server.agent('ben')).client;
  agent.client.send({ type: 'note.add', contact: 'c1', id: 'n1', text: 'Only between us' });
  const to = { kind: 'agent', id: 'ben' } as const;
  agent.client.send({ type: 'transfer.offer', contact: 'c1', to, note: 'Give it to Ben' });
  await ben.next('waiting.put');
  ben.send({ type: 'transfer.decline', contact: 'c1' });
  await agent.client.next(
    'log.appended',
    ({ entry }) => entry.kind === 'event' && entry.event === 'transfer.declined',
  );
  agent.client.send({ type: 'message.send', contact: 'c1', id: 'm1', text: 'public' });
  await agent.client.next('log.appended', ({ entry }) => entry.id === 'm1');
  await visitor.client.next('log.appended', ({ entry }) => entry.id === 'm1');
  return { ...conversation, heard };
}

Deno.test('M8 C14 no frame to a visitor holds a note or what agents arrange among themselves', async () => {
  await using server = await startServer();
  const { visitor, agent, heard } = await whisper(server);
  assert.ok(heard.length >= 6, 'states and entries came all the same');
  assert.deepEqual(
    heard.filter((text) => SECRET_WORDS.test(text)),
    [],
  );
  const hidden = visitor.client.take('log.appended').map(({ entry }) => entry);
  assert.deepEqual(
    hidden.map(({ kind, id, offset, previous }) => [kind, id, offset - previous]),
    [3, 4, 5].map((offset) => ['hidden', `h-${offset}`, 1]),
  );
  assert.ok(visitor.client.take('contact.state').every(({ contact }) => contact.desk === null));
  const seen = agent.client.take('contact.state').map(({ contact }) => contact.desk?.transfer?.note);
  assert.ok(seen.includes('Give it to Ben'));
});

Deno.test('M8 C14 over resume and paging a visitor gets the places of notes alone, an agent their words', async () => {
  await using server = await startServer();
  const { visitor, token } = await whisper(server);
  const client = await connect(server.wsUrl);
  const heard: string[] = [];
  client.socket.addEventListener('message', ({ data }) => heard.push(data));
  const resume = [{ contact: 'c1', epoch: visitor.welcome.epoch, offset: 2 }];
  client.send(visitorHello({ token, resume }));
  const resumed = await client.next('log.page');
  client.send({ type: 'log.read', contact: 'c1', after: 0 });
  const whole = await client.next('log.page');
  assert.deepEqual(
    [resumed, whole].map(({ entries }) => entries.map(({ kind }) => kind)),
    [
      ['hidden', 'hidden', 'hidden', 'message'],
      ['event', 'event', 'hidden', 'hidden', 'hidden', 'message'],
    ],
  );
  client.send({ type: 'message.send', contact: 'c1', id: 'n1', text: 'what stands there?' });
  client.send({ type: 'message.send', contact: 'c1', id: 'h-3', text: 'and there?' });
  await client.next('error');
  await client.next('error');
  assert.deepEqual(
    heard.filter((text) => SECRET_WORDS.test(text)),
    [],
  );
  const again = await server.agent('anna', { resume });
  const { entries } = await again.client.next('log.page');
  assert.deepEqual(
    entries.map((entry) => (entry.kind === 'event' ? entry.event : entry.kind)),
    ['note', 'transfer.offered', 'transfer.declined', 'message'],
  );
});
