import type { Machine } from './machine.ts';
import { pause } from './pause.ts';
import type { Random } from './random.ts';

/** A fault, from its beginning to its end: whatever it broke is mended when it resolves. */
export interface Fault {
  readonly kind: string;
  readonly weight: number;
  /** Gives what it did, for the timeline. */
  run(scene: Scene): Promise<string>;
}

export interface Scene {
  readonly random: Random;
  readonly machines: readonly Machine[];
}

/** One line of what happened. */
export interface Happening {
  /** Seconds since the beginning. */
  readonly from: number;
  readonly to: number;
  readonly kind: string;
  readonly detail: string;
}

/** Faults of processes and networks, which every store has to live with. */
export const COMMON: readonly Fault[] = [
  processFault('kill -9', 4, async (machine, random) => {
    await machine.stop('SIGKILL');
    await pause(random.between(0, 1_500));
    await machine.start();
    return '';
  }),
  processFault('SIGTERM', 2, async (machine, random) => {
    await machine.stop('SIGTERM');
    await pause(random.between(0, 500));
    await machine.start();
    return '';
  }),
  freezing('short freeze', 3, 300, 2_500),
  // Longer than any lease, and than a socket may be silent.
  freezing('long freeze', 1, 6_000, 14_000),
  networkFault('cut', 5, ({ proxy }, random) => {
    const share = random.pick([0.3, 1]);
    return Promise.resolve(`${proxy.cut(share)} sockets`);
  }),
  networkFault('delay', 2, async ({ proxy }, random) => {
    const delay = [random.between(0, 20), random.between(30, 150)] as const;
    proxy.weather = { delay };
    await pause(random.between(1_000, 4_000));
    proxy.weather = {};
    return `${delay.map(Math.round).join('–')} ms a frame`;
  }),
  networkFault('duplicates', 3, async ({ proxy }, random) => {
    proxy.weather = { duplicates: 0.4 };
    await pause(random.between(1_000, 4_000));
    proxy.weather = {};
    return '';
  }),
  networkFault('stall', 2, async ({ proxy }, random) => {
    proxy.stall();
    await pause(random.between(500, 6_000));
    // Some networks come back, some have forgotten every connection.
    if (random.chance(0.5)) proxy.cut();
    proxy.release();
    return '';
  }),
];

function freezing(kind: string, weight: number, low: number, high: number): Fault {
  return processFault(kind, weight, async (machine, random) => {
    const length = random.between(low, high);
    await machine.freeze(length);
    return `${(length / 1000).toFixed(1)} s`;
  });
}

type OnMachine = (machine: Machine, random: Random) => Promise<string>;

function processFault(kind: string, weight: number, work: OnMachine): Fault {
  return {
    kind,
    weight,
    async run({ random, machines }) {
      const free = machines.filter(({ busy }) => !busy);
      if (free.length === 0) return 'no instance was free for it';
      const machine = random.pick(free);
      let detail = '';
      await machine.exclusively(async () => {
        detail = await work(machine, random);
      });
      return `${machine.name} ${detail}`;
    },
  };
}

function networkFault(kind: string, weight: number, work: OnMachine): Fault {
  return {
    kind,
    weight,
    async run({ random, machines }) {
      const machine = random.pick(machines);
      return `${machine.name} ${await work(machine, random)}`;
    },
  };
}

/** Lets faults happen until the signal aborts; resolves when all of them are over. */
export async function happen(
  faults: readonly Fault[],
  { random, machines }: Scene,
  { gap, began, signal }: { gap: readonly [number, number]; began: number; signal: AbortSignal },
): Promise<Happening[]> {
  const timeline: Happening[] = [];
  const under: Promise<void>[] = [];
  const seconds = (): number => (performance.now() - began) / 1000;
  for (let n = 1; ; n++) {
    await pause(random.between(...gap), signal);
    if (signal.aborted) break;
    const fault = random.weighted(faults);
    const from = seconds();
    const run = async (): Promise<void> => {
      const detail = await fault.run({ random: random.fork(`fault ${n}`), machines });
      timeline.push({ from, to: seconds(), kind: fault.kind, detail });
    };
    under.push(run());
  }
  await Promise.all(under);
  return timeline.sort((a, b) => a.from - b.from);
}
