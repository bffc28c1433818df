import assert from 'node:assert/strict';
import { createHealth } from '../../server/health.ts';
import { createLog } from '../../server/log.ts';
import { StoreError } from '../../server/store/port.ts';
import { ManualTimers } from '../support/manual-timers.ts';
import { NatsServers } from '../support/nats-server.ts';
import { spawnServer } from '../support/server.ts';

function setUp() {
  const time = new ManualTimers();
  const lines: { event: string; level: string; seconds?: number }[] = [];
  const store = { probe: () => Promise.resolve() as Promise<void> };
  let stopping = false;
  const health = createHealth({
    probe: () => store.probe(),
    isStopping: () => stopping,
    timers: time,
    clock: time.clock,
    log: createLog((line) => lines.push(JSON.parse(line)), time.clock),
  });
  const ask = async (path: string) => {
    const response = await health.request(path);
    return [response.status, (await response.json()).code];
  };
  return { time, lines, store, ask, stop: () => (stopping = true) };
}

Deno.test('S10 a store that never answers makes the instance not ready after two seconds', async () => {
  const { time, store, ask } = setUp();
  const answered = Promise.withResolvers<void>();
  store.probe = () => answered.promise;
  const asked = ask('/readyz');
  while (time.pending === 0) await Promise.resolve();
  time.advance(2_000);
  assert.deepEqual(await asked, [503, 'store.unavailable']);
  assert.deepEqual(await ask('/healthz'), [200, undefined]);
  const again = ask('/readyz');
  answered.resolve();
  assert.deepEqual(await again, [200, undefined]);
  assert.equal(time.pending, 0);
});

Deno.test('S10 the log says once that the store is gone, and for how long it was', async () => {
  const { time, lines, store, ask } = setUp();
  store.probe = () => Promise.reject(new StoreError('store.unavailable', 'Cannot read: gone'));
  for (let n = 0; n < 3; n++) {
    assert.deepEqual(await ask('/readyz'), [503, 'store.unavailable']);
    time.advance(10_000);
  }
  store.probe = () => Promise.resolve();
  for (let n = 0; n < 2; n++) assert.deepEqual(await ask('/readyz'), [200, undefined]);
  assert.deepEqual(
    lines.map(({ event, level, seconds }) => [event, level, seconds]),
    [
      ['store.unreachable', 'error', undefined],
      ['store.reachable', 'info', 30],
    ],
  );
});

Deno.test('S10 a server that is told to end lives on and is not ready any more', async () => {
  const { ask, stop } = setUp();
  assert.deepEqual(await ask('/readyz'), [200, undefined]);
  stop();
  assert.deepEqual(await ask('/readyz'), [503, 'server.stopping']);
  assert.deepEqual(await ask('/healthz'), [200, undefined]);
});

Deno.test('S4 S10 while NATS is gone an instance lives and is not ready; it is again when NATS is back', async () => {
  await using nats = await NatsServers.start();
  await using server = await spawnServer({ VC_STORE: nats.address('health') });
  const ask = async (path: string) => {
    const response = await fetch(server.url + path);
    await response.body?.cancel();
    return response.status;
  };
  assert.equal(await ask('/readyz'), 200);
  await nats.nodes[0]?.kill();
  while ((await ask('/readyz')) !== 503);
  assert.equal(await ask('/healthz'), 200);
  await server.logged('store.unreachable', 1);
  await nats.nodes[0]?.start();
  while ((await ask('/readyz')) !== 200);
  await server.logged('store.reachable', 1);
});
