import assert from 'node:assert/strict';
import type { StoredContact } from '../../server/desk/stored-contact.ts';
import { type Store, StoreError } from '../../server/store/port.ts';
import { openSqlite } from '../../server/store/sqlite/sqlite.ts';
import { converse } from '../support/conversation.ts';
import { startServer } from '../support/server.ts';

/** The store with some of it replaced. */
const altered = (store: Store, more: Partial<Store>): Store =>
  new Proxy(store, {
    get(target, name: keyof Store) {
      const value = more[name] ?? target[name];
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });

Deno.test('M1 a message needs no reading of its contact where no other instance writes to the store', async () => {
  const sqlite = await openSqlite(':memory:');
  const read: string[] = [];
  const store = altered(sqlite, {
    get(key) {
      read.push(key);
      return sqlite.get(key);
    },
  });
  await using server = await startServer({ store });
  const { visitor, agent } = await converse(server);
  read.length = 0;
  for (const [n, { client }] of [visitor, agent, visitor].entries()) {
    client.send({ type: 'message.send', contact: 'c1', id: `m${n}`, text: 'Hello' });
    await client.settled();
  }
  assert.equal((await visitor.client.entries(3)).length, 3);
  assert.deepEqual(read, []);
  await server.stop();
  await sqlite.close();
});

Deno.test('S5 a contact that another instance has ended takes no message, even where nobody told of the end', async () => {
  const sqlite = await openSqlite(':memory:');
  await using server = await startServer({ store: altered(sqlite, { isShared: true }) });
  const { visitor } = await converse(server);
  visitor.client.send({ type: 'message.send', contact: 'c1', id: 'm1', text: 'Hello' });
  await visitor.client.entries(1);
  const document = await sqlite.get<StoredContact>('contact/c1');
  assert.ok(document);
  const ended = { ...document.value.contact, phase: 'ended', endedAt: Date.now(), endedBy: 'agent' };
  await sqlite.put('contact/c1', { ...document.value, contact: ended }, document.version);
  visitor.client.send({ type: 'message.send', contact: 'c1', id: 'm2', text: 'Still there?' });
  const { code } = await visitor.client.next('error');
  assert.equal(code, 'contact.ended');
  await server.stop();
  await sqlite.close();
});

Deno.test('S6 a contact whose change may or may not be stored is read again before the next one', async () => {
  const sqlite = await openSqlite(':memory:');
  let isAnswerLost = false;
  const store = altered(sqlite, {
    async put(key, value, expected) {
      const version = await sqlite.put(key, value, expected);
      if (!isAnswerLost || !key.startsWith('contact/')) return version;
      isAnswerLost = false;
      throw new StoreError('store.unavailable', 'Cannot tell: the answer was lost');
    },
  });
  await using server = await startServer({ store });
  const { agent } = await converse(server);
  isAnswerLost = true;
  agent.client.send({ type: 'contact.colour', contact: 'c1', colour: 'red' });
  assert.equal((await agent.client.next('error')).code, 'server.failed');
  agent.client.send({ type: 'contact.colour', contact: 'c1', colour: 'green' });
  await agent.client.state(({ desk }) => desk?.colour === 'green');
  await server.stop();
  await sqlite.close();
});
