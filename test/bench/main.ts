import { cameraInCall } from './calls/camera.ts';
import { callOverPageLoad } from './calls/page-load.ts';
import { callProcessor } from './calls/processor.ts';
import { callRecovery } from './calls/recovery.ts';
import { callSetup } from './calls/setup.ts';
import { chat } from './chat.ts';
import { consoleCost } from './console.ts';
import { directFiles } from './direct-files.ts';
import { keep, takePrinted } from './figures.ts';
import { overload } from './overload.ts';
import { relay } from './relay.ts';
import { sockets } from './sockets.ts';

/**
 * `npm run bench -- [NAME …] [--rounds N]`: runs the named benchmarks, or all; fails when a limit is missed. `server` and `calls`
 * are names of several. `--brief` runs those of the server with few sockets, for a moment and without limits: their own checks of
 * every message have to pass. `--keep` writes the results into `docs/benchmarks.md`.
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
  'call-setup': { run: callSetup, rounds: 11 },
  'call-camera': { run: cameraInCall, rounds: 11 },
  'call-page-load': { run: callOverPageLoad, rounds: 9 },
  'call-processor': { run: callProcessor, rounds: 2 },
  'call-recovery': { run: callRecovery, rounds: 3 },
  console: { run: consoleCost, rounds: 3 },
  'direct-files': { run: directFiles, rounds: 3 },
};
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  server: ['sockets', 'relay', 'overload', 'chat'],
  calls: ['call-setup', 'call-camera', 'call-page-load', 'call-processor', 'call-recovery', 'direct-files'],
};

const asked = brief ? '1' : /--rounds[ =](\d+)/.exec(Deno.args.join(' '))?.[1];
const named = (brief ? ['server'] : Deno.args).flatMap(
  (name) => GROUPS[name] ?? (name in benchmarks ? name : []),
);
const failed: string[] = [];
const results = new Map<string, string>();
for (const [name, { run, rounds }] of Object.entries(benchmarks)) {
  if (named.length && !named.includes(name)) continue;
  try {
    if (!(await run(asked ? Number(asked) : rounds)) && !brief) failed.push(`${name}: a limit is missed`);
    results.set(name, `${takePrinted()}\n\n${machine()}`);
  } catch (error) {
    // The others can be measured all the same.
    failed.push(`${name}: ${error instanceof Error ? error.message : error}`);
    takePrinted();
  }
}
if (Deno.args.includes('--keep')) {
  const [document, names] = [new URL('../../docs/benchmarks.md', import.meta.url), Object.keys(benchmarks)];
  await keep(document, { mark: '<!-- figures -->', names, results });
}
for (const line of failed) console.error(line);
Deno.exit(failed.length > 0 ? 1 : 0);

/** Where figures are from: those of one day are beside those of another. */
function machine(): string {
  const processor =
    /^model name\s*: (.+)$/m.exec(Deno.readTextFileSync('/proc/cpuinfo'))?.[1] ?? Deno.build.arch;
  const memory = (Deno.systemMemoryInfo().total / 2 ** 30).toFixed(0);
  return `${processor}, ${navigator.hardwareConcurrency} cores, ${memory} GiB, Linux ${Deno.osRelease()}; Deno ${Deno.version.deno}.`;
}
