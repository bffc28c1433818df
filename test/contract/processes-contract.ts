import assert from 'node:assert/strict';
import type { Store } from '../../server/store/port.ts';
import { collect } from './bus-contract.ts';
import { openAddress } from './fixtures/open-address.ts';
import { assertChained } from './log-contract.ts';
import { withCode } from './store-under-test.ts';

/** Where the data of one test is, as in `VC_STORE`, and what has to be disposed of after it. */
export interface Place {
  readonly address: string;
  readonly data?: AsyncDisposable;
}

type Places = () => Place | Promise<Place>;

/** What holds between processes on the same data, one of which may be killed. */
export function processesContract(name: string, place: Places): void {
  processesTest(
    'S5 two processes count, append and tell side by side',
    place,
    name,
    async (store, address) => {
      const told = collect(store, 'log', 60);
      await store.list('');
      const outputs = await Promise.all([
        run('count-and-append.ts', address),
        run('count-and-append.ts', address),
      ]);
      assert.equal((await store.get('counter'))?.value, 50);
      const { entries } = await store.read('log', 0);
      assertChained(entries);
      const offsets = new Map(entries.map(({ offset, record }) => [record.id, offset]));
      assert.equal(offsets.size, 30);
      assert.equal(entries.length, 30);
      assert.equal(
        outputs.map(Number).reduce((sum, fresh) => sum + fresh),
        30,
      );
      for (const { id, offset } of (await told) as { id: string; offset: number }[])
        assert.equal(offsets.get(id), offset);
    },
  );

  killedContract(name, place);

  processesTest('S5 a process that was killed is nobody', place, name, async (store, address) => {
    const child = start('answer.ts', [address]);
    await using _killed = {
      async [Symbol.asyncDispose]() {
        await child.end();
      },
    };
    await child.lines(1);
    assert.deepEqual(await store.ask('agent/anna', 1), { answered: 1, by: child.pid });
    await child.end();
    await assert.rejects(store.ask('agent/anna', 2), withCode('store.nobody'));
  });
}

/** What holds for a process on data of its own that is killed. */
export function killedContract(name: string, place: Places): void {
  processesTest(
    'S6 a process killed amid its appends loses none acknowledged',
    place,
    name,
    async (store, address) => {
      const acknowledged = new Map<string, number>();
      for (const by of ['first', 'second'])
        for (const line of await runUntil('append-forever.ts', [address, by], 200)) {
          const [offset, id = ''] = line.split(' ');
          acknowledged.set(id, Number(offset));
        }
      const { entries } = await store.read('log', 0, Number.MAX_SAFE_INTEGER);
      assertChained(entries);
      const stored = new Map(entries.map(({ offset, record }) => [record.id, offset]));
      assert.equal(stored.size, entries.length);
      assert.ok(acknowledged.size >= 400);
      for (const [id, offset] of acknowledged) assert.equal(stored.get(id), offset);
      for (const ids of Map.groupBy(stored.keys(), (id) => id.slice(0, id.lastIndexOf('.'))).values())
        assert.deepEqual(
          ids,
          ids.map((id, n) => `${id.slice(0, id.lastIndexOf('.'))}.${n + 1}`),
        );
    },
  );
}

function processesTest(
  title: string,
  place: Places,
  name: string,
  body: (store: Store, address: string) => Promise<void>,
): void {
  Deno.test(`${title} [${name}]`, async () => {
    const { address, data } = await place();
    try {
      const store = await openAddress(address);
      try {
        await body(store, address);
      } finally {
        await store.close();
      }
    } finally {
      await data?.[Symbol.asyncDispose]();
    }
  });
}

/** Runs a fixture to its end and gives what it printed. */
async function run(fixture: string, address: string): Promise<string> {
  const { success, stdout } = await command(fixture, [address]).output();
  assert.ok(success, `${fixture} failed`);
  return new TextDecoder().decode(stdout).trim();
}

/** Runs a fixture until it has printed so many lines, kills it, and gives all it printed. */
async function runUntil(fixture: string, args: string[], count: number): Promise<string[]> {
  const child = start(fixture, args);
  await child.lines(count);
  return await child.end();
}

interface Child {
  readonly pid: number;
  /** Resolves when it has printed so many. */
  lines(count: number): Promise<void>;
  /** Kills it; gives every whole line it printed. */
  end(): Promise<string[]>;
}

function start(fixture: string, args: string[]): Child {
  const child = command(fixture, args).spawn();
  let text = '';
  let arrived = Promise.withResolvers<void>();
  const whole = () => text.split('\n').slice(0, -1);
  const read = (async () => {
    for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      arrived.resolve();
      arrived = Promise.withResolvers();
    }
    arrived.reject(new Error(`${fixture} has ended`));
    arrived.promise.catch(() => {});
  })();
  let ended: Promise<string[]> | undefined;
  const end = async () => {
    child.kill('SIGKILL');
    await Promise.all([child.status, read]);
    return whole();
  };
  return {
    pid: child.pid,
    async lines(count) {
      while (whole().length < count) await arrived.promise;
    },
    end() {
      ended ??= end();
      return ended;
    },
  };
}

function command(fixture: string, args: string[]): Deno.Command {
  const script = new URL(`./fixtures/${fixture}`, import.meta.url).pathname;
  return new Deno.Command(Deno.execPath(), {
    args: ['run', '-A', '--no-check', script, ...args],
    stdout: 'piped',
    stderr: 'inherit',
  });
}
