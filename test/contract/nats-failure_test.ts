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

Deno.test('S5 nobody is asked in vain while the server has not heard yet that an instance went', async () => {
  await using servers = await NatsServers.start();
  using line = new LateEndings(servers.nodes[0]?.port ?? 0);
  const store = await openNats(servers.address('vicino'));
  try {
    const other = await openNats(`nats://127.0.0.1:${line.port}/vicino`);
    other.answer('agent/anna', () => 'here');
    await other.list('');
    assert.equal(await store.ask('agent/anna', 1), 'here');
    await other.close();
    await assert.rejects(store.ask('agent/anna', 2), withCode('store.nobody'));
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

/** A way to a server, which hears that a client has closed its end only when the way itself is closed. */
class LateEndings implements Disposable {
  readonly #listener = Deno.listen({ port: 0, hostname: '127.0.0.1' });
  readonly #ends = new AbortController();

  constructor(upstream: number) {
    void this.#accept(upstream).catch(() => {});
  }

  get port(): number {
    return this.#listener.addr.port;
  }

  async #accept(port: number): Promise<void> {
    for await (const client of this.#listener) {
      const server = await Deno.connect({ port, hostname: '127.0.0.1' });
      const { signal } = this.#ends;
      void client.readable
        .pipeTo(server.writable, { preventClose: true, preventAbort: true })
        .catch(() => {});
      void server.readable.pipeTo(client.writable, { signal }).catch(() => {});
    }
  }

  [Symbol.dispose](): void {
    this.#listener.close();
    this.#ends.abort();
  }
}
