import assert from 'node:assert/strict';
import { openNats } from '../../server/store/nats/nats.ts';
import { NatsServers } from '../support/nats-server.ts';
import { collect } from './bus-contract.ts';
import { withCode } from './store-under-test.ts';

Deno.test('S5 calls wait for a server that was killed and comes back, and none is applied twice', async () => {
  await using servers = await NatsServers.start();
  const [server] = servers.nodes;
  const store = await openNats(servers.address('vicino'));
  try {
    await store.append('log', { id: 'm0' });
    const version = await store.put('counter', 1, null);
    const heard = collect(store, 'contact/1', 1);
    await server?.kill();
    const appended = Promise.all(['m1', 'm2', 'm3'].map((id) => store.append('log', { id })));
    const put = store.put('counter', 2, version);
    const page = store.read('log', 0);
    await server?.start();
    for (const { duplicate } of await appended) assert.equal(duplicate, false);
    assert.ok(await put);
    assert.deepEqual(
      (await page).entries.map(({ record }) => record.id),
      ['m0', 'm1', 'm2', 'm3'],
    );
    assert.equal((await store.get('counter'))?.value, 2);
    await store.publish('contact/1', 'back');
    assert.deepEqual(await heard, ['back']);
  } finally {
    await store.close();
  }
});

Deno.test('S5 a store whose server is gone closes', async () => {
  await using servers = await NatsServers.start();
  const store = await openNats(servers.address('vicino'));
  await servers.nodes[0]?.kill();
  await store.close();
  await assert.rejects(store.get('counter'), withCode('store.closed'));
});

Deno.test('S4 what NATS cannot do is a typed sentence without the password', async () => {
  await using servers = await NatsServers.start();
  const store = await openNats(servers.address('vicino'));
  await assert.rejects(store.put('large', 'x'.repeat(1_100_000), null), withCode('store.full'));
  assert.ok(await store.put('large', 'x'.repeat(1_000_000), null));
  await store.close();
  await assert.rejects(openNats(servers.address('vicino', '?replicas=3')), withCode('store.unavailable'));
  const gone = servers.address('vicino').replace('nats://', 'nats://anna:a-password@');
  await servers.nodes[0]?.kill();
  await assert.rejects(openNats(gone), (error: Error) => {
    assert.match(error.message, /^Cannot open the store at nats:\/\/…@127/);
    return withCode('store.unavailable')(error);
  });
});
