import assert from 'node:assert/strict';
import { join } from 'node:path';
import { openKv } from '../../server/store/kv/kv.ts';
import { KvOwnLogs } from '../../server/store/kv/own-logs.ts';
import { TemporaryDirectory } from '../server/fixtures/temporary-directory.ts';
import { killedContract } from './processes-contract.ts';
import { storeContract } from './store-contract.ts';
import { storeUnderTest, withCode } from './store-under-test.ts';

const quiet = { onSubscriberFailure: () => {} };

storeContract('kv in memory', 'memory', () => storeUnderTest(() => openKv(':memory:', quiet)));

storeContract('kv on a file', 'data', async () => {
  const directory = await TemporaryDirectory.create();
  const path = directory.file('store.kv');
  return await storeUnderTest(
    () => openKv(path, quiet),
    () => directory[Symbol.asyncDispose](),
  );
});

killedContract('kv on a file', async () => {
  const data = await TemporaryDirectory.create();
  return { address: `kv:${data.file('store.kv')}`, data };
});

Deno.test('S4 a document larger than KV takes is refused, and harms no other', async () => {
  const store = await openKv(':memory:');
  const [fits, tooLarge, other, name] = await Promise.allSettled([
    // As many characters as fit, with the quotes and the mark of the write.
    store.put('fits', 'ü'.repeat((65_536 - 16 - 2) / 2), null),
    store.put('large', 'x'.repeat(65_536), null),
    store.put('other', 1, null),
    store.put('x'.repeat(2_000), 1, null),
  ]);
  assert.equal(fits.status, 'fulfilled');
  assert.equal(other.status, 'fulfilled');
  for (const refused of [tooLarge, name])
    assert.ok(refused.status === 'rejected' && withCode('store.full')(refused.reason));
  assert.deepEqual(
    (await store.list('')).map(({ key }) => key),
    ['fits', 'other'],
  );
  await store.close();
});

Deno.test('S4 the changes of one moment share one atomic operation', async () => {
  const store = await openKv(':memory:');
  await Promise.all([
    ...Array.from({ length: 60 }, (_, n) => store.put(`contact/${n}`, n, null)),
    ...Array.from({ length: 300 }, (_, n) => store.append('contact/1', { id: `m${n}` })),
  ]);
  assert.equal(store.commits, 1);
  await Promise.all(Array.from({ length: 30 }, (_, n) => store.put(`file/${n}`, 'x'.repeat(54_000), null)));
  assert.equal((await store.list('file/')).length, 30);
  // Six of these fit into one, and are not taken for larger than they are.
  assert.equal(store.commits, 1 + 5);
  await store.close();
});

Deno.test('S6 who does not know whether a write went through stays in doubt until it has looked', async () => {
  const kv = await Deno.openKv(':memory:');
  const logs = new KvOwnLogs(kv);
  await logs.open();
  assert.equal(await logs.isOutdated(), false);
  logs.failed();
  // The row that changes with every write may be as it was: that one may still be on its way.
  for (let reads = 0; reads < 2; reads++) assert.equal(await logs.isOutdated(), true);
  await logs.begin(true);
  assert.equal(await logs.isOutdated(), false);
  kv.close();
});

Deno.test('S4 a file that is no database is store.corrupt, a place that is none store.unavailable', async () => {
  await using directory = await TemporaryDirectory.create();
  const path = directory.file('store.kv');
  await Deno.writeTextFile(path, 'nothing of ours '.repeat(500));
  await assert.rejects(openKv(path), withCode('store.corrupt'));
  await assert.rejects(openKv(join(path, 'store.kv')), withCode('store.unavailable'));
});
