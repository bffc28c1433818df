import { callSetup } from './call-setup.ts';
import { chat } from './chat.ts';
import { consoleCost } from './console.ts';
import { overload } from './overload.ts';
import { relay } from './relay.ts';
import { sockets } from './sockets.ts';

/**
 * `npm run bench -- [NAME …] [--rounds N]`: runs the named benchmarks, or all; fails when a limit is missed. `--brief` runs those
 * of the server with few sockets, for a moment and without limits: their own checks of every message have to pass.
 */
const LOAD = { sockets: 1_000, warm: 0.5, seconds: 2 };
const BRIEF = { sockets: 20, warm: 0.1, seconds: 0.3 };

const brief = Deno.args.includes('--brief');
const scale = brief ? BRIEF : LOAD;
const benchmarks: Record<string, { run: (rounds: number) => Promise<boolean>; rounds: number }> = {
  sockets: { run: (rounds) => sockets(rounds, { sockets: brief ? BRIEF.sockets : 10_000 }), rounds: 5 },
  relay: { run: (rounds) => relay(rounds, scale), rounds: 7 },
  overload: { run: (rounds) => overload(rounds, scale), rounds: 5 },
  chat: { run: (rounds) => chat(rounds, scale), rounds: 5 },
  'call-setup': { run: callSetup, rounds: 15 },
  console: { run: consoleCost, rounds: 3 },
};
const OF_THE_SERVER = ['sockets', 'relay', 'overload', 'chat'];

const asked = brief ? '1' : /--rounds[ =](\d+)/.exec(Deno.args.join(' '))?.[1];
const named = brief ? OF_THE_SERVER : Object.keys(benchmarks).filter((name) => Deno.args.includes(name));
let met = true;
for (const [name, { run, rounds }] of Object.entries(benchmarks))
  if (!named.length || named.includes(name)) met = (await run(asked ? Number(asked) : rounds)) && met;
Deno.exit(met || brief ? 0 : 1);
