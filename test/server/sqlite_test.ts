import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { StoreError, type StoreErrorCode } from '../../server/store/port.ts';
import { openSqlite } from '../../server/store/sqlite/sqlite.ts';
import { TemporaryDirectory } from './fixtures/temporary-directory.ts';

Deno.test('S6 the writes of one turn share one commit, and reads need none', async () => {
  await using directory = await TemporaryDirectory.create();
  const store = await openSqlite(directory.file('store.sqlite'));
  await Promise.all([
    ...Array.from({ length: 100 }, (_, n) => store.append('log', { id: `m${n}` })),
    ...Array.from({ length: 20 }, (_, n) => store.put(`contact/${n}`, n, null)),
    store.delete('contact/1', 'outdated'),
  ]);
  assert.equal(store.commits, 1);
  await Promise.all([store.get('contact/1'), store.list(''), store.read('log', 0)]);
  assert.equal(store.commits, 1);
  await store.append('log', { id: 'next' });
  await store.append('log', { id: 'last' });
  assert.equal(store.commits, 3);
  await store.close();
});

Deno.test('S6 another connection sees an append once it is acknowledged, and not before', async () => {
  await using directory = await TemporaryDirectory.create();
  const path = directory.file('store.sqlite');
  const store = await openSqlite(path);
  const other = new DatabaseSync(path, { readOnly: true });
  const count = () => other.prepare('SELECT count(*) AS n FROM arrivals').get()?.n;
  const appended = store.append('log', { id: 'm1' });
  await Promise.resolve();
  assert.equal(count(), 0);
  await appended;
  assert.equal(count(), 1);
  other.close();
  await store.close();
});

Deno.test('S6 offsets are 1, 2, 3 … without gaps, duplicates and conflicts included', async () => {
  const store = await openSqlite(':memory:');
  const ids = ['a', 'b', 'a', 'c', 'b', 'd'];
  const appended = await Promise.all(ids.map((id) => store.append('log', { id })));
  assert.deepEqual(
    appended.map((entry) => entry.offset),
    [1, 2, 1, 3, 2, 4],
  );
  assert.deepEqual(
    appended.map((entry) => entry.previous),
    [0, 1, 0, 2, 1, 3],
  );
  await store.close();
});

Deno.test('S4 what is written comes into the file while the store is open, without whoever writes', async () => {
  await using directory = await TemporaryDirectory.create();
  const path = directory.file('store.sqlite');
  const store = await openSqlite(path);
  const size = async () => (await Deno.stat(path)).size;
  const before = await size();
  let written = 0;
  // Each a commit of its own; the checkpoint comes amid them.
  while ((await size()) === before && written < 20_000) await store.append('log', { id: `m${written++}` });
  assert.notEqual(await size(), before);
  await store.close();
});

for (const [place, occupy, clear] of [
  ['a directory stands', Deno.mkdir, Deno.remove],
  ['nothing is', () => {}, () => {}],
] as const)
  Deno.test(`S4 while ${place} where the file was, nothing is brought into it, and no write is lost`, async () => {
    await using directory = await TemporaryDirectory.create();
    const [path, aside] = [directory.file('store.sqlite'), directory.file('aside.sqlite')];
    const store = await openSqlite(path);
    await Deno.rename(path, aside);
    await occupy(path);
    const { size } = await Deno.stat(aside);
    for (let n = 0; n < 250; n++) await store.append('log', { id: `m${n}` });
    assert.equal((await Deno.stat(aside)).size, size);
    await clear(path);
    await assert.rejects(Deno.stat(path), Deno.errors.NotFound);
    await Deno.rename(aside, path);
    await store.append('log', { id: 'last' });
    await store.close();
    const again = await openSqlite(path);
    const { entries, head } = await again.read('log', 250);
    assert.deepEqual([entries.map(({ offset }) => offset), head], [[251], 251]);
    await again.close();
  });

Deno.test('S4 the write-ahead log is used again, however much is written without a pause', async () => {
  await using directory = await TemporaryDirectory.create();
  const path = directory.file('store.sqlite');
  const store = await openSqlite(path);
  const text = 'x'.repeat(2_000);
  let written = 0;
  // Two of them at any time, so that one is always under way.
  const writer = async () => {
    while (written < 10_000) await store.append(`contact/${written % 9}`, { id: `m${written++}`, text });
  };
  await Promise.all([writer(), writer()]);
  const log = (await Deno.stat(`${path}-wal`)).size;
  assert.ok(log < 2 * written * text.length, `${log} bytes of log for ${written} entries`);
  await store.close();
});

Deno.test('S4 a store in memory begins empty, with an epoch of its own', async () => {
  const first = await openSqlite(':memory:');
  await first.put('contact/1', 1, null);
  const second = await openSqlite(':memory:');
  assert.equal(await second.get('contact/1'), null);
  assert.notEqual(second.epoch, first.epoch);
  await Promise.all([first.close(), second.close()]);
});

Deno.test('S4 a value without JSON is refused and takes no other write with it', async () => {
  const store = await openSqlite(':memory:');
  const [refused, written] = await Promise.allSettled([
    store.put('a', undefined, null),
    store.put('b', 1, null),
  ]);
  assert.ok(refused.status === 'rejected' && refused.reason instanceof TypeError);
  assert.equal(written.status, 'fulfilled');
  await store.close();
});

Deno.test('S5 what a subscriber throws is reported with its subject', async () => {
  const reported = Promise.withResolvers<[unknown, string]>();
  const store = await openSqlite(':memory:', {
    onSubscriberFailure: (error, subject) => reported.resolve([error, subject]),
  });
  const thrown = new Error('thrown');
  store.subscribe('contact/1', () => {
    throw thrown;
  });
  await store.publish('contact/1', 1);
  assert.deepEqual(await reported.promise, [thrown, 'contact/1']);
  await store.close();
});

Deno.test('S6 a full disk fails every write of the turn, keeps none of them, and the store lives on', async () => {
  await using directory = await TemporaryDirectory.create();
  const path = directory.file('store.sqlite');
  const store = await openSqlite(path, { maxBytes: 100_000 });
  const version = await store.put('contact/1', 'before', null);
  assert.ok(version);
  await store.append('log', { id: 'm1' });

  const writes = [
    store.append('log', { id: 'small' }),
    store.put('contact/1', 'changed', version),
    store.put('contact/2', 'new', null),
    store.append('log', { id: 'big', text: 'x'.repeat(200_000) }),
    store.delete('contact/1', version),
  ];
  const reads = [store.get('contact/1'), store.get('contact/2'), store.read('log', 0)];
  for (const result of await Promise.allSettled(writes)) assertFailed(result, 'store.full');

  const kept = [
    { key: 'contact/1', value: 'before', version },
    null,
    { head: 1, entries: [{ offset: 1, previous: 0, record: { id: 'm1' } }] },
  ];
  assert.deepEqual(await Promise.all(reads), kept);
  assert.equal((await store.append('log', { id: 'small' })).offset, 2);
  await store.close();

  const reopened = await openSqlite(path);
  assert.equal((await reopened.append('log', { id: 'big', text: 'x'.repeat(200_000) })).offset, 3);
  assert.deepEqual(
    await Promise.all([reopened.get('contact/1'), reopened.get('contact/2')]),
    kept.slice(0, 2),
  );
  await reopened.close();
});

Deno.test('S6 a file another process keeps locked fails the turn with store.unavailable, and the store lives on', async () => {
  await using directory = await TemporaryDirectory.create();
  const path = directory.file('store.sqlite');
  const store = await openSqlite(path);
  const other = new DatabaseSync(path);
  other.exec('BEGIN IMMEDIATE');
  const writes = [store.append('log', { id: 'm1' }), store.put('contact/1', 1, null)];
  for (const result of await Promise.allSettled(writes)) assertFailed(result, 'store.unavailable');
  other.exec('ROLLBACK');
  assert.equal((await store.append('log', { id: 'm1' })).duplicate, false);
  assert.equal(await store.get('contact/1'), null);
  other.close();
  await store.close();
});

function assertFailed(result: PromiseSettledResult<unknown>, code: StoreErrorCode): void {
  assert.equal(result.status, 'rejected');
  assert.ok(result.reason instanceof StoreError);
  assert.equal(result.reason.code, code);
  assert.match(result.reason.message, /^Cannot write to the store at /);
}
