import { parseArgs } from 'node:util';
import { openSqlite } from '../../../server/store/sqlite/sqlite.ts';
import { spawnServer } from '../../support/server.ts';
import { peakOf } from '../machine.ts';
import type { Word } from './crowd.ts';

/**
 * `npm run storm -- [--sockets 10000] [--talkers 2000] [--seed 1]`: everybody on one instance, which is killed and started
 * again. Says how long it takes until all are back with what is theirs, and how much memory that takes.
 */

const CROWD = new URL('./crowd.ts', import.meta.url).pathname;

const { values } = parseArgs({
  args: Deno.args,
  options: {
    sockets: { type: 'string', default: '10000' },
    talkers: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
  },
});

/** Free now, and the server's in a moment: it must be the same before and after. */
function freePort(): number {
  using listener = Deno.listen({ port: 0, hostname: '127.0.0.1' });
  return listener.addr.port;
}

async function* wordsOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<Word> {
  let rest = '';
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield JSON.parse(line);
  }
}

const at = (sorted: readonly number[], share: number): string =>
  `${((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) / 1000).toFixed(2)} s`;
const megabytes = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MB`;

const directory = await Deno.makeTempDir({ prefix: 'vicino-storm-' });
const path = `${directory}/vicino.sqlite`;
const env = { VC_STORE: `sqlite:${path}`, PORT: `${freePort()}` };
let failed = false;
try {
  let server = await spawnServer(env);
  const crowd = new Deno.Command(Deno.execPath(), {
    args: ['run', '-A', '--no-check', CROWD, server.wsUrl, values.sockets, values.talkers, values.seed],
    stdout: 'piped',
    stderr: 'inherit',
  }).spawn();
  let restarted = 0;
  let before = 0;
  for await (const word of wordsOf(crowd.stdout)) {
    if (word.event === 'gathered') {
      before = peakOf(server.pid);
      console.log(
        `${values.sockets} sockets, ${values.talkers} of them in a conversation: gathered in ${(word.milliseconds / 1000).toFixed(1)} s, peak ${megabytes(before)}`,
      );
      await server.kill('SIGKILL');
      const began = performance.now();
      server = await spawnServer(env);
      restarted = performance.now() - began;
      continue;
    }
    const peak = peakOf(server.pid);
    await server.kill('SIGTERM');
    const store = await openSqlite(path);
    let missing = 0;
    for (const [contact, ids] of Object.entries(word.acknowledged)) {
      const stored = (await store.read(contact, 0)).entries.map(({ record }) => record.id);
      missing += ids.filter((id) => stored.filter((other) => other === id).length !== 1).length;
    }
    await store.close();
    console.log(`kill -9, and listening again after ${(restarted / 1000).toFixed(2)} s`);
    console.log(
      `away: half of them ${at(word.away, 0.5)}, 99 of 100 ${at(word.away, 0.99)}, the last ${at(word.away, 1)}`,
    );
    console.log(
      `all back, with what is theirs and another message on disk, after ${(word.milliseconds / 1000).toFixed(2)} s; peak ${megabytes(peak)}`,
    );
    console.log(`${word.faults.length} lost something, ${missing} acknowledged messages are not there once`);
    for (const fault of word.faults.slice(0, 10)) console.log(`  ${fault}`);
    failed = word.faults.length > 0 || missing > 0;
  }
  await crowd.status;
} finally {
  await Deno.remove(directory, { recursive: true });
}
Deno.exit(failed ? 1 : 0);
