import assert from 'node:assert/strict';
import { openKv } from '../../server/store/kv/kv.ts';
import type { Store } from '../../server/store/port.ts';
import { TemporaryDirectory } from '../server/fixtures/temporary-directory.ts';
import { KvServer, useKvToken } from '../support/kv-server.ts';
import { processesContract } from './processes-contract.ts';
import { storeContract } from './store-contract.ts';
import { storeUnderTest } from './store-under-test.ts';

useKvToken();

storeContract('kv over http', 'instances', async () => {
  const server = new KvServer();
  return await storeUnderTest(
    () => openKv(server.address, { onSubscriberFailure: () => {} }),
    () => server[Symbol.asyncDispose](),
  );
});

processesContract('kv over http', () => {
  const data = new KvServer();
  return { address: `kv:${data.address}`, data };
});

Deno.test('S6 a write whose answer was lost is no conflict and no duplicate', async () => {
  await using server = new KvServer();
  const store = await openKv(server.address);
  try {
    const version = await store.put('contact/1', 'first', null);
    assert.ok(version);
    server.lostAnswers = 1;
    const replaced = await store.put('contact/1', 'second', version);
    assert.ok(replaced);
    assert.deepEqual(await store.get('contact/1'), { key: 'contact/1', value: 'second', version: replaced });
    server.lostAnswers = 1;
    const [one, two] = await Promise.all([
      store.append('contact/1', { id: 'm1' }),
      store.append('contact/1', { id: 'm2' }),
    ]);
    assert.deepEqual([one.duplicate, two.duplicate], [false, false]);
    assert.equal((await store.read('contact/1', 0)).entries.length, 2);
    assert.equal((await store.append('contact/1', { id: 'm1' })).duplicate, true);
    assert.equal(server.lostAnswers, 0);
  } finally {
    await store.close();
  }
});

Deno.test('S4 S6 a database that one process had to itself is whole when several share it, and the other way round', async () => {
  await using directory = await TemporaryDirectory.create();
  const path = directory.file('store.kv');
  const ids = async (store: Store) => {
    const { head, entries } = await store.read('contact/1', 0, 2_000);
    assert.equal(head, entries.length);
    return entries.map(({ offset, record }) => `${offset} ${record.id}`);
  };
  const append = (store: Store, from: number, to: number) =>
    Promise.all(
      Array.from({ length: to - from }, (_, n) => store.append('contact/1', { id: `m${from + n}` })),
    );
  const expected = (count: number) => Array.from({ length: count }, (_, n) => `${n + 1} m${n}`);

  const alone = await openKv(path);
  // Enough for some to be filed with what comes after, which is not.
  await append(alone, 0, 300);
  await append(alone, 300, 310);
  await alone.close();

  const server = new KvServer(path);
  const shared = await openKv(server.address);
  assert.deepEqual(await ids(shared), expected(310));
  await append(shared, 309, 320);
  assert.deepEqual(await ids(shared), expected(320));
  await shared.close();
  await server[Symbol.asyncDispose]();

  const again = await openKv(path);
  await append(again, 319, 620);
  await append(again, 620, 630);
  assert.deepEqual(await ids(again), expected(630));
  assert.deepEqual((await again.append('contact/1', { id: 'm5' })).offset, 6);
  await again.close();
});
