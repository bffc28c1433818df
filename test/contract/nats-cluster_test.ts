import assert from 'node:assert/strict';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { openNats } from '../../server/store/nats/nats.ts';
import type { Store } from '../../server/store/port.ts';
import { NatsServers } from '../support/nats-server.ts';
import { assertChained } from './log-contract.ts';

const LOGS = ['contact/1', 'contact/2', 'contact/3', 'contact/4'];

Deno.test('S6 a cluster whose leader is killed loses nothing acknowledged, and goes on', async () => {
  await using servers = await NatsServers.start(3);
  const address = servers.address('vicino', '?replicas=3');
  const store = await openNats(address);
  const other = await openNats(address);
  try {
    const acknowledged = new Map<string, number>();
    const writing = new AbortController();
    const enough = waitable(() => acknowledged.size);
    const write = async (writer: Store, by: number): Promise<Counted> => {
      const [counted] = await Promise.all([
        countUntil(writer, writing.signal),
        ...LOGS.map(async (log) => {
          for (let n = 1; !writing.signal.aborted; n++) {
            const id = `${by}.${n}`;
            const appended = await writer.append(log, { id });
            assert.equal(appended.duplicate, false, `${log} ${id} was told to be there already`);
            acknowledged.set(`${log} ${id}`, appended.offset);
            enough.check();
          }
        }),
      ]);
      return counted;
    };
    const writers = [write(store, 0), write(other, 1)] as const;
    await Promise.race([enough.reach(400), ...writers]);
    const leader = await leaderOf(address, 'vicino-log');
    await servers.nodes.find(({ name }) => name === leader)?.kill();
    await Promise.race([enough.reach(acknowledged.size + 400), ...writers]);
    writing.abort();
    const counts = await Promise.all(writers);

    const survivor = await openNats(servers.address('vicino'));
    assert.equal(survivor.epoch, store.epoch);
    const [counted, uncertain] = [0, 1].map((n) => (counts[0][n] ?? 0) + (counts[1][n] ?? 0)) as [
      number,
      number,
    ];
    const value = (await survivor.get<number>('counter'))?.value ?? 0;
    assert.ok(value >= counted && value <= counted + uncertain, `${counted} + ${uncertain} ≠ ${value}`);
    const stored = new Map<string, number>();
    for (const log of LOGS) {
      const { entries } = await survivor.read(log, 0, Number.MAX_SAFE_INTEGER);
      assertChained(entries);
      for (const { offset, record } of entries) stored.set(`${log} ${record.id}`, offset);
      assert.equal(new Set(entries.map(({ record }) => record.id)).size, entries.length);
    }
    assert.deepEqual([...stored].sort(), [...acknowledged].sort());
    await survivor.close();
  } finally {
    await Promise.all([store.close(), other.close()]);
  }
});

Deno.test('S5 instances that start all at once, also while the cluster has no leader, open the same data', async () => {
  await using servers = await NatsServers.start(3);
  const address = servers.address('vicino', '?replicas=3');
  const openAll = () => Promise.all([1, 2, 3].map(() => openNats(address)));
  const first = await openAll();
  await Promise.all(first.map((store) => store.close()));
  const leader = await leaderOf(address, 'KV_vicino');
  await servers.nodes.find(({ name }) => name === leader)?.kill();
  const second = await openAll();
  assert.equal(new Set([...first, ...second].map(({ epoch }) => epoch)).size, 1);
  await Promise.all(second.map((store) => store.close()));
});

/** How often it has counted, and how often nobody can tell whether it has. */
type Counted = readonly [counted: number, uncertain: number];

async function countUntil(store: Store, signal: AbortSignal): Promise<Counted> {
  let [counted, uncertain] = [0, 0];
  while (!signal.aborted) {
    const found = await store.get<number>('counter');
    try {
      if ((await store.put('counter', (found?.value ?? 0) + 1, found?.version ?? null)) !== null) counted++;
    } catch (error) {
      assert.match((error as Error).message, /^Cannot tell whether counter was written/);
      uncertain++;
    }
  }
  return [counted, uncertain];
}

/** Resolves who waits for a number as soon as it is reached. */
function waitable(current: () => number) {
  const waiting = new Map<number, () => void>();
  return {
    reach: (wanted: number) => new Promise<void>((resolve) => waiting.set(wanted, resolve)),
    check: () => {
      for (const [wanted, resolve] of waiting) if (current() >= wanted) resolve();
    },
  };
}

/** Name of the node that leads a stream. */
async function leaderOf(address: string, stream: string): Promise<string> {
  const servers = address.slice('nats://'.length).split('/', 1)[0]?.split(',') ?? [];
  const connection = await connect({ servers });
  try {
    const { cluster } = await (await jetstreamManager(connection)).streams.info(stream);
    return cluster?.leader ?? '';
  } finally {
    await connection.close();
  }
}
