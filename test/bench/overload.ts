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

/** Milliseconds, for what rises. */
const LIMIT = 40;
const EXCESS = 1.4;
const PAUSE = 10.2;
const TOGETHER = 96;
/** Seconds until all of it is there. */
const RISING = [0, 2];

interface Case {
  readonly server: Server;
  readonly rising: number;
  readonly pairs: { readonly under: Measured; readonly over: Measured }[];
}

export async function overload(rounds: number, scale: Scale): Promise<boolean> {
  const servers: Server[] = ['Vicino', 'bare Deno'];
  const cases = RISING.flatMap((rising) => servers.map((server): Case => ({ server, rising, pairs: [] })));
  for (let round = 0; round < rounds; round++)
    for (const { server, rising, pairs } of cases) pairs.push(await measure(server, rising, scale));
  const rows = cases.map(({ server, rising, pairs }) => {
    const of = (value: (pair: Case['pairs'][number]) => number) => median(pairs.map(value));
    const p99 = of(({ over }) => over.p99);
    return {
      isMissed: server === 'Vicino' && rising > 0 && p99 > LIMIT,
      cells: [
        server,
        rising > 0 ? `within ${rising} s` : 'at once',
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
    `${EXCESS} times what it can carry, ${2 * scale.sockets} sockets (${rounds} rounds, medians; p99 at most ${LIMIT} ms where it rises)`,
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
  rising: number,
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
      phases: [{ kind: 'rate', warm: 0, seconds: 2 * seconds + rising, perSecond, rising }],
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
