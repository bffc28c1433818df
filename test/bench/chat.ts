/**
 * Messages between visitors and agents, each on disk before it is acknowledged, then shown to both: as fast as they are
 * acknowledged, and at a steady rate. Every client checks that it gets every message once, in order and without a gap. Syncs of
 * the disk are counted by the system, in a run of their own.
 *
 *     npm run bench -- chat [--rounds 5]
 */
import { busyOf, sayWhoWasBusy } from './busy.ts';
import { type Conversation, markerOf, openConversations, staffed, writers } from './conversations.ts';
import { median, table } from './figures.ts';
import type { Measured, Phase } from './load/plan.ts';
import type { Scale } from './relay.ts';
import { countsSyncs, Syncs } from './syncs.ts';
import { complete, Load, product, sound, startTarget, type Target } from './under-load.ts';

/** Messages a second at least; milliseconds at the steady rate at most; syncs for one message below. */
const RATE_LIMIT = 15_000;
const P99_LIMIT = 6;
const SYNCS_LIMIT = 0.2;
const STEADY = 5_000;
/** Of each of the thousand sockets. */
const STEADY_EACH = 5;
/** Milliseconds between two messages of a socket, which may send 40 frames a second. */
const PAUSE = 26;

const STORES = { SQLite: 'sqlite', 'Deno KV': 'kv' } as const;
type Store = keyof typeof STORES;

interface Result {
  readonly fast: readonly Measured[];
  readonly steady: readonly Measured[];
  /** Of the disk, for one acknowledgement; null: nothing here counts them. */
  readonly syncs: number | null;
}

export async function chat(rounds: number, scale: Scale): Promise<boolean> {
  const results = new Map<Store, Result>();
  for (const store of Object.keys(STORES) as Store[]) results.set(store, await measure(store, rounds, scale));
  table(
    `Chat on disk before its acknowledgement, ${scale.sockets} sockets (${rounds} rounds, medians)`,
    [
      'store',
      'messages/s',
      'CPU µs each',
      'generator',
      `p50 at ${STEADY}/s`,
      `p99 at ${STEADY}/s`,
      'syncs each',
    ],
    [...results].map(([store, { fast, steady, syncs }]) => [
      store,
      `${median(fast.map(rateOf)).toFixed(0)} (≥ ${RATE_LIMIT})`,
      median(fast.map(({ serverCpu, answered }) => (serverCpu / answered) * 1e6)).toFixed(1),
      busyOf(fast),
      `${median(steady.map(({ p50 }) => p50)).toFixed(2)} ms`,
      `${median(steady.map(({ p99 }) => p99)).toFixed(2)} ms (≤ ${P99_LIMIT})`,
      syncs === null ? 'not counted: strace is missing' : `${syncs.toFixed(3)} (< ${SYNCS_LIMIT})`,
    ]),
  );
  sayWhoWasBusy([...results.values()].flatMap(({ fast }) => fast));
  return [...results.values()].every(
    ({ fast, steady, syncs }) =>
      median(fast.map(rateOf)) >= RATE_LIMIT &&
      median(steady.map(({ p99 }) => p99)) <= P99_LIMIT &&
      (syncs === null || (syncs > 0 && syncs < SYNCS_LIMIT)),
  );
}

const rateOf = ({ answered, seconds }: Measured): number => answered / seconds;

async function measure(store: Store, rounds: number, scale: Scale): Promise<Result> {
  const { warm, seconds } = scale;
  const fast: Measured[] = [];
  const steady: Measured[] = [];
  await withConversations(store, scale, null, async (target, conversations) => {
    // The first round warms up.
    for (let round = 0; round <= rounds; round++) {
      const [one, other] = await run(store, target, conversations, round, [
        { kind: 'saturate', warm, seconds, pause: PAUSE, together: scale.sockets },
        { kind: 'rate', warm, seconds, perSecond: STEADY_EACH * scale.sockets },
      ]);
      if (round === 0 || !one || !other) continue;
      fast.push(one);
      steady.push(other);
    }
  });
  return { fast, steady, syncs: (await countsSyncs()) ? await countSyncs(store, scale) : null };
}

/** A server of its own: being watched, it is slower. */
async function countSyncs(store: Store, scale: Scale): Promise<number> {
  await using syncs = await Syncs.start();
  let each = 0;
  await withConversations(store, scale, syncs, async (target, conversations) => {
    const before = await syncs.count();
    const [measured] = await run(store, target, conversations, 0, [
      { kind: 'saturate', warm: 0, seconds: scale.seconds, pause: PAUSE, together: scale.sockets },
    ]);
    each = ((await syncs.count()) - before) / (measured?.answered ?? 0);
  });
  if (each === 0) throw new Error(`Cannot trust ${store}: nothing was synced to the disk`);
  return each;
}

async function withConversations(
  store: Store,
  { sockets }: Scale,
  syncs: Syncs | null,
  work: (target: Target, conversations: readonly Conversation[]) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: 'vicino-bench-' });
  const start = product(`${STORES[store]}:${folder}/data`, await staffed(folder, sockets / 2));
  // Deno KV works on threads of its own.
  const target = await startTarget({ ...(syncs?.watching(start) ?? start), pinned: false });
  try {
    await work(target, await openConversations(target.port, sockets / 2));
  } finally {
    await target.stop();
    await Deno.remove(folder, { recursive: true });
  }
}

async function run(
  store: Store,
  { port, pid }: Target,
  conversations: readonly Conversation[],
  round: number,
  phases: readonly Phase[],
): Promise<Measured[]> {
  const plan = {
    port,
    pid,
    opening: 16,
    marker: markerOf(round),
    echoed: true,
    numbered: true,
    phases,
  } as const;
  await using load = await Load.start({ ...plan, members: writers(conversations, round) }, false);
  complete(store, await load.next('opened'));
  const measured: Measured[] = [];
  for (const _ of phases) {
    const one = await load.next('measured');
    sound(store, one);
    measured.push(one);
  }
  return measured;
}
