/**
 * What sockets cost: how fast a server that has just started lets in so many, a ticket checked for each where it wants one, and
 * what each holds of its memory when nothing happens. Each round starts every server anew.
 *
 *     npm run bench -- sockets [--rounds 5]
 */
import { visitorHello } from '../support/frames.ts';
import { median, table } from './figures.ts';
import type { Member, Opened } from './load/plan.ts';
import { MARKER, type Server, signalling } from './signalling.ts';
import { residentBytes } from './spending.ts';
import { complete, Load, product, RIVALS, startTarget } from './under-load.ts';

/** Bytes of a socket at most, beside the bare ones; sockets let in a second at least, beside `peer`. */
const MEMORY_LIMIT = 1.15;
const RATE_LIMIT = 1.3;
/** Milliseconds between two looks at the memory, until it grows no more. */
const LOOK = 250;
const CALM = 1.002;

/** Sockets of the broker and, apart, those of visitors who said hello. */
type Kind = Server | 'Vicino, visitors';
const BROKER = 'Vicino';
const VISITORS = 'Vicino, visitors';

interface Cost {
  /** Sockets let in a second. */
  readonly rate: number;
  /** Bytes of memory of each. */
  readonly bytes: number;
}

export async function sockets(rounds: number, { sockets }: { readonly sockets: number }): Promise<boolean> {
  const kinds = [BROKER, VISITORS, ...Object.keys(RIVALS)] as Kind[];
  const members = new Map<Kind, Member[]>();
  for (const kind of kinds) members.set(kind, await membersOf(kind, sockets));
  const costs = new Map<Kind, Cost[]>();
  for (let round = 0; round < rounds; round++)
    for (const kind of kinds)
      costs.set(kind, [...(costs.get(kind) ?? []), await measure(kind, members.get(kind) ?? [])]);
  return report(rounds, sockets, costs);
}

async function membersOf(kind: Kind, count: number): Promise<Member[]> {
  if (kind !== VISITORS) return (await signalling(kind, count)).map(({ template: _, ...member }) => member);
  return Array.from({ length: count }, () => ({
    path: '/ws',
    protocol: 'vc.v1',
    steps: [{ say: JSON.stringify(visitorHello()) }, { hear: '{"type":"welcome"' }],
  }));
}

async function measure(kind: Kind, members: Member[]): Promise<Cost> {
  const ours = kind === BROKER || kind === VISITORS;
  const start = ours ? product('sqlite::memory:') : RIVALS[kind];
  const { port, pid, stop } = await startTarget({ ...start, pinned: true });
  try {
    const before = await settled(pid);
    const plan = {
      port,
      pid,
      members,
      opening: 128,
      marker: MARKER,
      echoed: false,
      numbered: false,
    } as const;
    await using load = await Load.start({ ...plan, phases: [{ kind: 'hold' }] });
    const opened: Opened = await load.next('opened');
    complete(kind, opened);
    await load.next('holding');
    const bytes = ((await settled(pid)) - before) / members.length;
    await load.goOn();
    return { rate: opened.opened / opened.seconds, bytes };
  } finally {
    await stop();
  }
}

/** The memory of a process once it stands still. */
async function settled(pid: number): Promise<number> {
  for (let last = residentBytes(pid); ; ) {
    await new Promise((resolve) => setTimeout(resolve, LOOK));
    const now = residentBytes(pid);
    if (now <= last * CALM && now * CALM >= last) return now;
    last = now;
  }
}

function report(rounds: number, count: number, costs: ReadonlyMap<Kind, readonly Cost[]>): boolean {
  const of = (kind: Kind): readonly Cost[] => costs.get(kind) ?? [];
  const paired = (one: Kind, other: Kind, what: keyof Cost): number =>
    median(of(one).map((cost, n) => cost[what] / (of(other)[n] as Cost)[what]));
  table(
    `${count} sockets on a server just started (${rounds} paired rounds, medians)`,
    ['server', 'let in/s', 'kB each', 'memory to bare Deno', 'let in to peer'],
    [...costs].map(([kind, measured]) => [
      kind,
      median(measured.map(({ rate }) => rate)).toFixed(0),
      (median(measured.map(({ bytes }) => bytes)) / 1024).toFixed(1),
      paired(kind, 'bare Deno', 'bytes').toFixed(2) + (kind === BROKER ? ` (≤ ${MEMORY_LIMIT})` : ''),
      paired(kind, 'peer', 'rate').toFixed(2) + (kind === BROKER ? ` (≥ ${RATE_LIMIT})` : ''),
    ]),
  );
  return paired(BROKER, 'bare Deno', 'bytes') <= MEMORY_LIMIT && paired(BROKER, 'peer', 'rate') >= RATE_LIMIT;
}
