import { cameraInCall } from './calls/camera.ts';
import { callOverPageLoad } from './calls/page-load.ts';
import { callProcessor } from './calls/processor.ts';
import { callRecovery } from './calls/recovery.ts';
import { callSetup } from './calls/setup.ts';
import { consoleCost } from './console.ts';

/** `npm run bench -- [NAME …] [--rounds N]`: runs the named benchmarks, or all; fails when a limit is missed. */
const benchmarks: Record<string, { run: (rounds: number) => Promise<boolean>; rounds: number }> = {
  'call-setup': { run: callSetup, rounds: 15 },
  'call-camera': { run: cameraInCall, rounds: 15 },
  'call-page-load': { run: callOverPageLoad, rounds: 11 },
  'call-processor': { run: callProcessor, rounds: 3 },
  'call-recovery': { run: callRecovery, rounds: 5 },
  console: { run: consoleCost, rounds: 3 },
};

const asked = /--rounds[ =](\d+)/.exec(Deno.args.join(' '))?.[1];
const named = Object.keys(benchmarks).filter((name) => Deno.args.includes(name));
let met = true;
for (const [name, { run, rounds }] of Object.entries(benchmarks))
  if (!named.length || named.includes(name)) met = (await run(asked ? Number(asked) : rounds)) && met;
Deno.exit(met ? 0 : 1);
