import assert from 'node:assert/strict';
import { openKv } from '../../server/store/kv.ts';
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
