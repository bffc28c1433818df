import { callSetup } from './call-setup.ts';

/** `npm run bench -- [NAME …] [--rounds N]`: runs the named benchmarks, or all; fails when a limit is missed. */
const benchmarks: Record<string, (rounds: number) => Promise<boolean>> = { 'call-setup': callSetup };

const rounds = Number(/--rounds[ =](\d+)/.exec(Deno.args.join(' '))?.[1] ?? 15);
const named = Object.keys(benchmarks).filter((name) => Deno.args.includes(name));
let met = true;
for (const [name, run] of Object.entries(benchmarks))
  if (!named.length || named.includes(name)) met = (await run(rounds)) && met;
Deno.exit(met ? 0 : 1);
