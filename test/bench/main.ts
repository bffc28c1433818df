import { callSetup } from './call-setup.ts';
import { consoleCost } from './console.ts';
import { directFiles } from './direct-files.ts';

/** `npm run bench -- [NAME …] [--rounds N]`: runs the named benchmarks, or all; fails when a limit is missed. */
const benchmarks: Record<string, { run: (rounds: number) => Promise<boolean>; rounds: number }> = {
  'call-setup': { run: callSetup, rounds: 15 },
  console: { run: consoleCost, rounds: 3 },
  'direct-files': { run: directFiles, rounds: 5 },
};

const asked = /--rounds[ =](\d+)/.exec(Deno.args.join(' '))?.[1];
const named = Object.keys(benchmarks).filter((name) => Deno.args.includes(name));
let met = true;
for (const [name, { run, rounds }] of Object.entries(benchmarks))
  if (!named.length || named.includes(name)) met = (await run(asked ? Number(asked) : rounds)) && met;
Deno.exit(met ? 0 : 1);
