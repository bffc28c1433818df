import { parseArgs } from 'node:util';
import { STORE_KINDS, type StoreKind } from './bed.ts';
import { report } from './report.ts';
import { type Plan, run } from './run.ts';

/** `npm run chaos -- --seed N --minutes M [--store sqlite|kv|nats] [--instances K]` */

const USAGE =
  'npm run chaos -- [--seed N] [--minutes M] [--store sqlite|kv|nats] [--instances K] [--visitors N] [--agents N] [--rate R] [--round SECONDS]';

/** Milliseconds between two doings of one client and between two faults, at rate 1. */
const PACE = [150, 900] as const;
const GAP = [1_000, 6_000] as const;

function planOf(args: string[]): Plan {
  const { values } = parseArgs({
    args,
    options: {
      seed: { type: 'string', default: `${Math.floor(Math.random() * 1e6)}` },
      minutes: { type: 'string', default: '1' },
      store: { type: 'string', default: 'sqlite' },
      instances: { type: 'string', default: '1' },
      visitors: { type: 'string', default: '12' },
      agents: { type: 'string', default: '4' },
      rate: { type: 'string', default: '1' },
      round: { type: 'string', default: '120' },
    },
  });
  const store = STORE_KINDS.find((kind) => kind === values.store);
  const numberOf = (name: Exclude<keyof typeof values, 'store'>): number => {
    const number = Number(values[name]);
    if (number > 0) return number;
    throw new TypeError(USAGE);
  };
  if (!store) throw new TypeError(USAGE);
  const [instances, rate] = [numberOf('instances'), numberOf('rate')];
  assertShared(store, instances);
  const faster = ([low, high]: readonly [number, number]) => [low / rate, high / rate] as const;
  return {
    seed: numberOf('seed'),
    store,
    instances,
    seconds: numberOf('minutes') * 60,
    round: numberOf('round'),
    visitors: numberOf('visitors'),
    agents: numberOf('agents'),
    pace: faster(PACE),
    gap: faster(GAP),
    patience: 45_000,
  };
}

function assertShared(store: StoreKind, instances: number): void {
  if (store === 'sqlite' && instances > 1)
    throw new TypeError('Cannot run several instances on one SQLite file: choose kv or nats');
}

let plan: Plan;
try {
  plan = planOf(Deno.args);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  Deno.exit(2);
}
const ending = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) Deno.addSignalListener(signal, () => ending.abort());
const outcome = await run(plan, {
  tell: (line) => console.log(`${new Date().toISOString()} ${line}`),
  signal: ending.signal,
});
console.log(report(outcome));
Deno.exit(outcome.violations.length > 0 ? 1 : 0);
