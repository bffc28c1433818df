import assert from 'node:assert/strict';
import { CloseCode } from '../../core/protocol/codes.ts';
import type { StoredContact } from '../../server/desk/stored-contact.ts';
import { type Store, StoreError } from '../../server/store/port.ts';
import { openSqlite } from '../../server/store/sqlite/sqlite.ts';
import { converse } from '../support/conversation.ts';
import { agentHello, connect, newClient, type RawClient, visitorHello, wordsOf } from '../support/frames.ts';
import { type ServerProcess, spawnServer, startServer } from '../support/server.ts';
import { TemporaryDirectory } from './fixtures/temporary-directory.ts';

async function hello(server: ServerProcess, frame: object) {
  const client = await connect(server.wsUrl);
  client.send(frame);
  return { client, welcome: await client.next('welcome') };
}

async function agentToken(server: ServerProcess): Promise<string> {
  const response = await fetch(`${server.url}/api/demo/token`, { method: 'POST', body: '{"agent":"anna"}' });
  return (await response.json()).token;
}

/** All that the first version stored of a contact. */
const FORMER_FIELDS = [
  'id',
  'rev',
  'service',
  'kind',
  'visitor',
  'phase',
  'openedAt',
  'waitingSince',
  'first',
  'dissuadeAt',
  'takenAt',
  'endedAt',
  'endedBy',
  'away',
  'chatClosed',
  'call',
  'openedIn',
  'cursors',
];

const textsOf = async (client: RawClient): Promise<string[]> =>
  (await client.next('log.page')).entries.map(wordsOf);

Deno.test('S1 S6 a contact stored by an earlier version goes on', async () => {
  await using folder = await TemporaryDirectory.create();
  const storePath = folder.file('store.sqlite');
  const before = await startServer({ storePath });
  const { token } = await converse(before);
  await before.stop();
  const store = await openSqlite(storePath);
  const stored = await store.get<StoredContact>('contact/c1');
  assert.ok(stored);
  const { settings, agent: assigned } = stored.value.contact;
  const { audioFirst: _a, bitrate: _b, files: _f, selfView: _s, transfer: _t, ...formerSettings } = settings;
  const former = Object.fromEntries(
    Object.entries(stored.value.contact).filter(([field]) => FORMER_FIELDS.includes(field)),
  );
  const { id, name, voice, video } = assigned ?? { id: '', name: '', voice: true, video: true };
  const contact = { ...former, settings: formerSettings, agent: { id, name, voice, video } };
  await store.put('contact/c1', { contact, owed: [] }, stored.version);
  await store.put('agent/anna', { available: true, voice: true, video: false }, null);
  await store.close();

  await using after = await startServer({ storePath });
  const visitor = await after.visitor({ token });
  const anna = await after.agent('anna');
  assert.equal(anna.welcome.you.side === 'agent' && anna.welcome.you.status.state, 'available');
  const view = visitor.welcome.contacts[0];
  assert.deepEqual([view?.entry, view?.rating, view?.channels.chat], ['sales', null, 'active']);
  anna.client.send({ type: 'contact.end', contact: 'c1' });
  await visitor.client.state(({ phase }) => phase === 'ended');
});

Deno.test('S1 S6 a server stopped and started on the same file goes on where it was', async () => {
  await using folder = await TemporaryDirectory.create();
  const storePath = folder.file('store.sqlite');
  const before = await startServer({ storePath });
  const { visitor, agent, token } = await converse(before);
  visitor.client.send({ type: 'message.send', contact: 'c1', id: 'm1', text: 'before' });
  const [entry] = await agent.client.entries(1);
  assert.ok(entry);
  await before.stop();
  for (const { client } of [visitor, agent]) assert.equal((await client.closed).code, CloseCode.restart);
  await using after = await startServer({ storePath });
  const resume = [{ contact: 'c1', epoch: visitor.welcome.epoch, offset: entry.offset }];
  const again = await after.visitor({ token, resume });
  assert.equal(again.welcome.epoch, visitor.welcome.epoch);
  const page = await again.client.next('log.page');
  assert.deepEqual([page.recovered, page.entries], [true, []]);
  const console1 = await after.agent('anna', { resume });
  assert.deepEqual(
    console1.welcome.contacts.map(({ id, phase }) => [id, phase]),
    [['c1', 'assigned']],
  );
  again.client.send({ type: 'message.send', contact: 'c1', id: 'm1', text: 'before' });
  again.client.send({ type: 'message.send', contact: 'c1', id: 'm2', text: 'after' });
  assert.deepEqual(
    (await again.client.entries(2)).map(({ id, offset }) => [id, offset]),
    [
      ['m1', entry.offset],
      ['m2', entry.offset + 1],
    ],
  );
  assert.equal((await console1.client.entries(1))[0]?.id, 'm2');
});

Deno.test('S6 what was acknowledged is there after kill -9, once and in order, for both sides', async () => {
  await using folder = await TemporaryDirectory.create();
  const env = { VC_STORE: `sqlite:${folder.file('store.sqlite')}` };
  const pages = { visitor: newClient(), agent: newClient() };
  let server = await spawnServer(env);
  let visitor = await hello(server, visitorHello({ client: pages.visitor }));
  const { you } = visitor.welcome;
  assert.ok(you.side === 'visitor');
  let agent = await hello(server, agentHello(await agentToken(server), { client: pages.agent }));
  visitor.client.send({ type: 'contact.open', contact: 'c1', service: 'sales', kind: 'chat' });
  await agent.client.next('waiting.put');
  agent.client.send({ type: 'contact.take', contact: 'c1' });
  await visitor.client.state(({ phase }) => phase === 'assigned');
  const acknowledged: string[] = [];
  for (let life = 0; life < 3; life++) {
    for (let i = 0; i < 20; i++)
      visitor.client.send({ type: 'message.send', contact: 'c1', id: `m${life}-${i}`, text: `${life}-${i}` });
    // Some are acknowledged, some are on their way: those are sent again, as a client must.
    for (let i = 0; i < 10; i++) {
      const { entry } = await visitor.client.next('log.appended', ({ entry }) => entry.kind === 'message');
      acknowledged.push(entry.id);
    }
    await server.kill('SIGKILL');
    server = await spawnServer(env);
    visitor = await hello(server, visitorHello({ client: pages.visitor, token: you.token }));
    const texts = await textsOf(visitor.client);
    const stored = texts.filter((text) => text.startsWith(`${life}-`));
    assert.ok(stored.length >= 10);
    assert.deepEqual(
      stored,
      Array.from({ length: stored.length }, (_, i) => `${life}-${i}`),
    );
    for (let i = 0; i < 20; i++)
      visitor.client.send({ type: 'message.send', contact: 'c1', id: `m${life}-${i}`, text: `${life}-${i}` });
    for (let i = 0; i < 20; i++)
      await visitor.client.next('log.appended', ({ entry }) => entry.id === `m${life}-${i}`);
  }
  agent = await hello(server, agentHello(await agentToken(server), { client: pages.agent }));
  assert.equal(agent.welcome.contacts[0]?.phase, 'assigned');
  const expected = [0, 1, 2].flatMap((life) => Array.from({ length: 20 }, (_, i) => `${life}-${i}`));
  const seen = await textsOf(agent.client);
  assert.deepEqual(seen, ['contact.opened', 'contact.taken', ...expected]);
  assert.ok(acknowledged.every((id) => seen.includes(id.slice(1))));
  await server.kill('SIGKILL');
});

Deno.test('S10 a signal closes every socket with 1012 and ends the process within 5 s', async () => {
  await using folder = await TemporaryDirectory.create();
  const server = await spawnServer({ VC_STORE: `sqlite:${folder.file('store.sqlite')}` });
  const visitor = await hello(server, visitorHello());
  const began = performance.now();
  const [{ code }, status] = await Promise.all([visitor.client.closed, server.kill('SIGTERM')]);
  assert.equal(code, CloseCode.restart);
  assert.equal(status.code, 0);
  assert.ok(performance.now() - began < 5_000);
  assert.ok(!(await folder.contents()).has('store.sqlite-wal'), 'the store was closed');
});

Deno.test('S7 the demo keeps its own secret beside the store, so visitors stay who they are', async () => {
  await using folder = await TemporaryDirectory.create();
  const env = { VC_STORE: `sqlite:${folder.file('store.sqlite')}`, VC_SECRET: '' };
  const first = await spawnServer(env);
  const { welcome } = await hello(first, visitorHello());
  assert.ok(welcome.you.side === 'visitor');
  await first.kill('SIGTERM');
  const { mode } = await Deno.stat(folder.file('demo-secret'));
  assert.equal((mode ?? 0) & 0o777, 0o600);
  await using second = await spawnServer(env);
  const again = await hello(second, visitorHello({ token: welcome.you.token }));
  assert.equal(again.welcome.you.id, welcome.you.id);
});

/** A store of which, from the crash on, nothing is written but contacts: as if the process had died right after a commit. */
async function crashing() {
  const sqlite = await openSqlite(':memory:');
  const never = Promise.withResolvers<never>();
  let crashed = false;
  const store = new Proxy<Store>(sqlite, {
    get(target, name: keyof Store) {
      if (crashed && (name === 'append' || name === 'delete')) return () => never.promise;
      const value = target[name];
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return {
    sqlite,
    store,
    crash: () => {
      crashed = true;
    },
    bury: () => never.reject(new Error('the process is dead')),
  };
}

Deno.test('S6 C17 event lines a crash kept from the log are written at the next start, once', async () => {
  for (const last of ['contact.ended', 'contact.rated']) {
    const { sqlite, store, crash, bury } = await crashing();
    const eventsOf = async () => {
      const { entries } = await sqlite.read('c1', 0);
      return entries.map(({ record }) => record.event);
    };
    const before = await startServer({ store });
    const { client } = (await converse(before)).visitor;
    if (last === 'contact.rated') {
      client.send({ type: 'contact.end', contact: 'c1' });
      await client.state(({ phase }) => phase === 'ended');
      await client.settled();
    }
    const written = await eventsOf();
    crash();
    if (last === 'contact.ended') client.send({ type: 'contact.end', contact: 'c1' });
    else client.send({ type: 'contact.rate', contact: 'c1', score: 4, comment: '' });
    await client.state(({ phase, rating }) =>
      last === 'contact.ended' ? phase === 'ended' : rating !== null,
    );
    assert.deepEqual(await eventsOf(), written);
    assert.equal((await sqlite.list('live/')).length, 1);
    for (let start = 0; start < 2; start++) {
      const after = await startServer({ store: sqlite });
      assert.deepEqual(await eventsOf(), [...written, last]);
      assert.equal((await sqlite.list('live/')).length, 0);
      await after.stop();
    }
    bury();
    await before.stop();
    await sqlite.close();
  }
});

Deno.test('S6 C17 event lines a failing store kept from the log stand there before those of the next change', async () => {
  const sqlite = await openSqlite(':memory:');
  let full = false;
  const store = new Proxy<Store>(sqlite, {
    get(target, name: keyof Store) {
      if (full && name === 'append')
        return () => Promise.reject(new StoreError('store.full', 'Cannot write to the store: it is full'));
      const value = target[name];
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  await using server = await startServer({ store });
  const { visitor, agent } = await converse(server);
  await server.agent('ben');
  full = true;
  agent.client.send({ type: 'transfer.offer', contact: 'c1', to: { kind: 'agent', id: 'ben' }, note: '' });
  await agent.client.next('error', ({ code }) => code === 'server.failed');
  full = false;
  visitor.client.send({ type: 'contact.end', contact: 'c1' });
  await visitor.client.state(({ phase }) => phase === 'ended');
  await visitor.client.settled();
  const { entries } = await sqlite.read('c1', 0);
  assert.deepEqual(
    entries.map(({ record }) => record.event),
    ['contact.opened', 'contact.taken', 'transfer.offered', 'contact.ended'],
  );
  await server.stop();
  await sqlite.close();
});
