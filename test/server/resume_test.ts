import assert from 'node:assert/strict';
import { PAGE_SIZE } from '../../core/protocol/limits.ts';
import { emptyTranscript, stepTranscript, type TranscriptEvent } from '../../core/transcript/transcript.ts';
import { openSqlite } from '../../server/store/sqlite/sqlite.ts';
import { converse } from '../support/conversation.ts';
import type { RawClient } from '../support/frames.ts';
import { startServer } from '../support/server.ts';
import { TemporaryDirectory } from './fixtures/temporary-directory.ts';

const say = (client: RawClient, from: number, to: number): void => {
  for (let i = from; i <= to; i++)
    client.send({ type: 'message.send', contact: 'c1', id: `m${i}`, text: `${i}` });
};

Deno.test('M2 S6 a client that comes back is sent what it missed and nothing else', async () => {
  await using server = await startServer();
  const { visitor, agent, token } = await converse(server);
  say(agent.client, 1, 3);
  const [seen] = await visitor.client.entries(3);
  assert.ok(seen);
  await visitor.client.close();
  say(agent.client, 4, 5);
  await agent.client.entries(5);
  const { epoch } = visitor.welcome;
  const again = await server.visitor({ token, resume: [{ contact: 'c1', epoch, offset: seen.offset }] });
  assert.deepEqual(
    again.welcome.contacts.map(({ id, phase }) => [id, phase]),
    [['c1', 'assigned']],
  );
  assert.deepEqual(again.welcome.unknown, []);
  const page = await again.client.next('log.page');
  assert.deepEqual([page.recovered, page.after, page.epoch], [true, seen.offset, epoch]);
  assert.deepEqual(
    page.entries.map(({ id }) => id),
    ['m2', 'm3', 'm4', 'm5'],
  );
  assert.equal(page.entries[0]?.previous, seen.offset);
});

Deno.test('M2 a live contact comes with its log from the beginning where the client knows nothing of it', async () => {
  await using server = await startServer();
  const { visitor, agent, token } = await converse(server);
  say(visitor.client, 1, 1);
  await agent.client.entries(1);
  for (const guest of [await server.visitor({ token }), await server.agent('anna')]) {
    const page = await guest.client.next('log.page');
    assert.deepEqual([page.recovered, page.after, page.head], [false, 0, 3]);
    assert.equal(page.entries.length, 3);
  }
});

Deno.test('M2 a long log comes in pages', async () => {
  await using server = await startServer();
  const { visitor, agent, token } = await converse(server);
  say(visitor.client, 1, 60);
  say(agent.client, 61, 120);
  await agent.client.entries(120);
  const { client, welcome } = await server.visitor({ token });
  const first = await client.next('log.page');
  assert.equal(first.entries.length, PAGE_SIZE);
  assert.equal(first.head, 122);
  client.send({ type: 'log.read', contact: 'c1', after: PAGE_SIZE });
  const second = await client.next('log.page');
  assert.deepEqual([second.recovered, second.after, second.entries.length], [true, PAGE_SIZE, 22]);
  assert.equal(second.entries[0]?.previous, first.entries.at(-1)?.offset);
  assert.equal(second.epoch, welcome.epoch);
});

Deno.test('M2 a position from another log, or beyond this one, starts anew with recovered: false', async () => {
  await using server = await startServer();
  const { token, visitor } = await converse(server);
  const { epoch } = visitor.welcome;
  for (const position of [
    { contact: 'c1', epoch: 'another', offset: 1 },
    { contact: 'c1', epoch, offset: 3 },
  ]) {
    const { client } = await server.visitor({ token, resume: [position] });
    const page = await client.next('log.page');
    assert.deepEqual([page.recovered, page.after, page.entries.length], [false, 0, 2]);
  }
  const { client } = await server.visitor({ token, resume: [{ contact: 'c1', epoch, offset: 2 }] });
  const page = await client.next('log.page');
  assert.deepEqual([page.recovered, page.after, page.entries.length], [true, 2, 0]);
  client.send({ type: 'log.read', contact: 'c1', after: 99 });
  assert.equal((await client.next('log.page')).recovered, false);
});

Deno.test('M2 after the database was replaced the client learns that its contact is unknown, and opens it anew', async () => {
  await using folder = await TemporaryDirectory.create();
  const storePath = folder.file('store.sqlite');
  let resume: { contact: string; epoch: string; offset: number }[];
  let token: string;
  {
    await using server = await startServer({ storePath });
    const { visitor, token: given } = await converse(server);
    token = given;
    resume = [{ contact: 'c1', epoch: visitor.welcome.epoch, offset: 2 }];
  }
  for (const name of (await folder.contents()).keys()) await Deno.remove(folder.file(name));
  await using server = await startServer({ storePath });
  const { client, welcome } = await server.visitor({ token, resume });
  assert.notEqual(welcome.epoch, resume[0]?.epoch);
  assert.deepEqual([welcome.contacts, welcome.unknown], [[], ['c1']]);
  client.send({ type: 'contact.open', contact: 'c1', service: 'sales', kind: 'chat' });
  client.send({ type: 'message.send', contact: 'c1', id: 'm1', text: 'typed before' });
  assert.deepEqual(
    (await client.entries(2)).map(({ offset }) => offset),
    [1, 2],
  );
});

Deno.test('C17 an ended contact can still be resumed by those who were in it', async () => {
  await using server = await startServer();
  const { visitor, agent, token } = await converse(server);
  agent.client.send({ type: 'contact.end', contact: 'c1' });
  await visitor.client.state(({ phase }) => phase === 'ended');
  const resume = [{ contact: 'c1', epoch: visitor.welcome.epoch, offset: 0 }];
  for (const guest of [await server.visitor({ token, resume }), await server.agent('anna', { resume })]) {
    assert.equal(guest.welcome.contacts[0]?.phase, 'ended');
    const { entries } = await guest.client.next('log.page');
    assert.equal(entries.at(-1)?.id, 'e-3-0');
  }
  assert.deepEqual((await server.visitor({ token })).welcome.contacts, []);
  assert.deepEqual((await server.agent('ben', { resume })).welcome.unknown, ['c1']);
});

Deno.test('S6 whoever reconnects all the time ends up with the whole log, once and in order', async () => {
  const store = await openSqlite(':memory:');
  await using server = await startServer({ store });
  const { agent, token } = await converse(server);
  const MESSAGES = 100;
  let transcript = emptyTranscript;
  let written = 0;
  const apply = (event: TranscriptEvent, client: RawClient): void => {
    const step = stepTranscript(transcript, event);
    transcript = step.transcript;
    for (const { after } of step.effects) client.send({ type: 'log.read', contact: 'c1', after });
  };
  while (transcript.head < MESSAGES + 2) {
    const { epoch } = transcript;
    const resume = epoch === null ? [] : [{ contact: 'c1', epoch, offset: transcript.head }];
    // Written while the hello is under way, so that some come with the page and some live.
    const from = written + 1;
    written = Math.min(MESSAGES, written + 5);
    say(agent.client, from, written);
    const { client } = await server.visitor({ token, resume });
    apply({ ...(await client.next('log.page')), type: 'page' }, client);
    await client.settled();
    for (const page of client.take('log.page')) apply({ ...page, type: 'page' }, client);
    for (const { entry } of client.take('log.appended'))
      apply({ type: 'appended', epoch: transcript.epoch ?? '', entry }, client);
    await client.close();
  }
  const { entries } = await store.read('c1', 0);
  assert.deepEqual(
    transcript.entries.map(({ offset, id }) => [offset, id]),
    entries.map(({ offset, record }) => [offset, record.id]),
  );
  assert.equal(entries.length, MESSAGES + 2);
  await server.stop();
  await store.close();
});
