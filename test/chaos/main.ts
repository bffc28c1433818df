import { parseArgs } from 'node:util';
import { STORE_KINDS, type StoreKind } from './bed.ts';
import { report } from './report.ts';
import { type Plan, run } from './run.ts';

/** `npm run chaos -- --seed N --minutes M [--store sqlite|kv|nats] [--instances K]` */

const USAGE =
  'npm run chaos -- [--seed N] [--minutes M] [--store sqlite|kv|nats] [--instances K] [--visitors N] [--agents N]';

/** Everything about a run but what the command line says. */
const DEFAULTS = { round: 120, pace: [150, 900], gap: [1_000, 6_000] } as const;

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
    },
  });
  const store = STORE_KINDS.find((kind) => kind === values.store);
  const [seed, minutes, instances, visitors, agents] = [
    values.seed,
    values.minutes,
    values.instances,
    values.visitors,
    values.agents,
  ].map(Number);
  if (!store || !seed || !minutes || !instances || !visitors || !agents) throw new TypeError(USAGE);
  assertShared(store, instances);
  return { ...DEFAULTS, seed, store, instances, visitors, agents, seconds: minutes * 60 };
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
const outcome = await run(plan, (line) => console.log(`${new Date().toISOString()} ${line}`));
console.log(report(outcome));
Deno.exit(outcome.violations.length > 0 ? 1 : 0);
