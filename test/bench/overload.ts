/**
 * More call signalling than a server can carry: so many times what it carried just before, from twice as many sockets, at once or
 * rising to that. What is still carried has to be carried in time; who is too many is told so and sent away. Beside it a bare
 * server, which sends nobody away.
 *
 *     npm run bench -- overload [--rounds 5]
 */
import { median, table } from './figures.ts';
import type { Measured } from './load/plan.ts';
import type { Scale } from './relay.ts';
import { MARKER, type Server, signalling } from './signalling.ts';
import { complete, Load, product, RIVALS, sound, startTarget } from './under-load.ts';

/** Milliseconds. */
const LIMIT = 40;
const EXCESS = 1.4;
const PAUSE = 10.2;
const TOGETHER = 96;
/** How it comes: seconds until all of it is there, and before the first that counts. The first moments of a sudden load are told, not limited. */
const COMINGS = [
  { comes: 'at once', rising: 0, warm: 0, isLimited: false },
  { comes: 'at once, from 1 s on', rising: 0, warm: 1, isLimited: true },
  { comes: 'within 2 s', rising: 2, warm: 0, isLimited: true },
] as const;
type Coming = (typeof COMINGS)[number];

interface Case {
  readonly server: Server;
  readonly coming: Coming;
  readonly pairs: { readonly under: Measured; readonly over: Measured }[];
}

export async function overload(rounds: number, scale: Scale): Promise<boolean> {
  const servers: Server[] = ['Vicino', 'bare Deno'];
  const cases = COMINGS.flatMap((coming) => servers.map((server): Case => ({ server, coming, pairs: [] })));
  for (let round = 0; round < rounds; round++)
    for (const { server, coming, pairs } of cases) pairs.push(await measure(server, coming, scale));
  const rows = cases.map(({ server, coming: { comes, isLimited }, pairs }) => {
    const of = (value: (pair: Case['pairs'][number]) => number) => median(pairs.map(value));
    const p99 = of(({ over }) => over.p99);
    return {
      isMissed: server === 'Vicino' && isLimited && p99 > LIMIT,
      cells: [
        server,
        comes,
        of(({ under }) => under.answered / under.seconds).toFixed(0),
        of(({ over }) => over.offered / over.seconds).toFixed(0),
        of(({ over }) => over.answered / over.seconds).toFixed(0),
        of(({ over }) => over.p50).toFixed(1),
        p99.toFixed(1),
        of(({ over }) => over.worst).toFixed(0),
        `${of(({ over }) => over.closed)}`,
      ],
    };
  });
  table(
    `${EXCESS} times what it can carry, ${2 * scale.sockets} sockets (${rounds} rounds, medians; p99 at most ${LIMIT} ms, but in the first second of a sudden load)`,
    [
      'server',
      'comes',
      'carried before',
      'offered/s',
      'carried/s',
      'p50 ms',
      'p99 ms',
      'worst ms',
      'sent away',
    ],
    rows.map(({ cells }) => cells),
  );
  return !rows.some(({ isMissed }) => isMissed);
}

async function measure(
  server: Server,
  coming: Coming,
  { sockets, warm, seconds }: Scale,
): Promise<{ under: Measured; over: Measured }> {
  const start = server === 'Vicino' ? product('sqlite::memory:') : RIVALS['bare Deno'];
  const { port, pid, stop } = await startTarget({ ...start, pinned: true });
  const base = { port, pid, opening: 64, marker: MARKER, echoed: false, numbered: false } as const;
  try {
    const pause = server === 'Vicino' ? PAUSE : 0;
    const under = await run(server, {
      ...base,
      members: await signalling(server, sockets),
      phases: [{ kind: 'saturate', warm: warm + 1, seconds, pause, together: TOGETHER }],
    });
    sound(server, under);
    const perSecond = EXCESS * (under.answered / under.seconds);
    const over = await run(server, {
      ...base,
      members: await signalling(server, 2 * sockets),
      phases: [
        {
          kind: 'rate',
          warm: coming.warm,
          seconds: 2 * seconds + coming.rising,
          perSecond,
          rising: coming.rising,
        },
      ],
    });
    if (over.wrong > 0) throw new Error(`Cannot trust ${server}: ${over.wrong} messages came wrong`);
    return { under, over };
  } finally {
    await stop();
  }
}

async function run(server: Server, plan: Parameters<typeof Load.start>[0]): Promise<Measured> {
  await using load = await Load.start(plan);
  complete(server, await load.next('opened'));
  return await load.next('measured');
}
