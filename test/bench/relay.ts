/**
 * Call signalling relayed between pairs of sockets, by the product with every check on and by what else there is, in turn.
 * Each server has one processor, the generator another; so many messages are under way that a server always has something to do
 * and nobody waits for long, and Vicino's senders keep to the rate it lets a socket send. Prints medians and, of paired rounds, ratios.
 *
 *     npm run bench -- relay [--rounds 5]
 */
import { busyOf, sayWhoWasBusy } from './busy.ts';
import { median, table } from './figures.ts';
import type { Measured } from './load/plan.ts';
import { MARKER, type Server, signalling } from './signalling.ts';
import { complete, Load, product, RIVALS, sound, startTarget, type Target } from './under-load.ts';

/** What the product has to reach, beside a rival: messages per second at least, processor time per message at most. */
const LIMITS: Partial<Record<Server, { rate: number; cost?: number }>> = {
  'bare Deno': { rate: 0.9, cost: 1.15 },
  peer: { rate: 1.25 },
  'socket.io': { rate: 2 },
};
/** Milliseconds between two frames of a socket: Vicino closes one that sends 100 a second for long. */
const PAUSE = 10.2;
/** Messages under way. */
const TOGETHER = 96;

export interface Scale {
  readonly sockets: number;
  readonly warm: number;
  readonly seconds: number;
}

export async function relay(rounds: number, { sockets, warm, seconds }: Scale): Promise<boolean> {
  const targets = new Map<Server, Target>();
  const results = new Map<Server, Measured[]>();
  try {
    targets.set('Vicino', await startTarget({ ...product('sqlite::memory:'), pinned: true }));
    for (const [name, start] of Object.entries(RIVALS) as [
      Exclude<Server, 'Vicino'>,
      (typeof RIVALS)['peer'],
    ][])
      targets.set(name, await startTarget({ ...start, pinned: true }));
    const members = new Map(
      await Promise.all(
        [...targets.keys()].map(async (server) => [server, await signalling(server, sockets)] as const),
      ),
    );
    // The first round warms up.
    for (let round = 0; round <= rounds; round++)
      for (const [server, { port, pid }] of targets) {
        await using load = await Load.start({
          port,
          pid,
          members: members.get(server) ?? [],
          opening: 64,
          marker: MARKER,
          echoed: false,
          numbered: false,
          phases: [
            { kind: 'saturate', warm, seconds, pause: server === 'Vicino' ? PAUSE : 0, together: TOGETHER },
          ],
        });
        complete(server, await load.next('opened'));
        const measured = await load.next('measured');
        sound(server, measured);
        if (round > 0) results.set(server, [...(results.get(server) ?? []), measured]);
      }
  } finally {
    await Promise.all([...targets.values()].map((target) => target.stop()));
  }
  return report(rounds, sockets, results);
}

const rateOf = ({ answered, seconds }: Measured): number => answered / seconds;
const costOf = ({ answered, serverCpu }: Measured): number => (serverCpu / answered) * 1e6;
function report(rounds: number, sockets: number, results: ReadonlyMap<Server, readonly Measured[]>): boolean {
  const ours = results.get('Vicino') ?? [];
  const paired = (theirs: readonly Measured[], of: (measured: Measured) => number): number =>
    median(theirs.map((their, n) => of(ours[n] as Measured) / of(their)));
  const rows = [...results].map(([server, measured]) => ({
    server,
    limits: server === 'Vicino' ? undefined : LIMITS[server],
    rate: paired(measured, rateOf),
    cost: paired(measured, costOf),
    measured,
  }));
  const upTo = (ratio: number, sign: string, limit: number | undefined): string =>
    ratio.toFixed(2) + (limit === undefined ? '' : ` (${sign} ${limit})`);
  table(
    `Call signalling between pairs of ${sockets} sockets, 240 bytes (${rounds} paired rounds, medians)`,
    ['server', 'messages/s', 'CPU µs each', 'p99 ms', 'busy server / generator', 'Vicino to it', 'CPU'],
    rows.map(({ server, limits, rate, cost, measured }) => [
      server,
      median(measured.map(rateOf)).toFixed(0),
      median(measured.map(costOf)).toFixed(1),
      median(measured.map(({ p99 }) => p99)).toFixed(1),
      busyOf(measured),
      server === 'Vicino' ? '' : upTo(rate, '≥', limits?.rate),
      server === 'Vicino' ? '' : upTo(cost, '≤', limits?.cost),
    ]),
  );
  sayWhoWasBusy(rows.flatMap(({ measured }) => measured));
  return rows.every(
    ({ limits, rate, cost }) =>
      !limits || (rate >= limits.rate && cost <= (limits.cost ?? Number.POSITIVE_INFINITY)),
  );
}
