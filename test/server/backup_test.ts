import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { type Store, StoreError, type StoreErrorCode } from '../../server/store/port.ts';
import { backUpSqlite, restoreSqlite } from '../../server/store/sqlite/backup.ts';
import { openSqlite } from '../../server/store/sqlite/sqlite.ts';
import { agentHello, connect, visitorHello, wordsOf } from '../support/frames.ts';
import { type ServerProcess, spawnServer } from '../support/server.ts';
import { TemporaryDirectory } from './fixtures/temporary-directory.ts';

const ROOT = new URL('../../', import.meta.url).pathname;

/** Runs a command of the project on a store; gives how it ended and what it said. */
async function command(name: 'backup' | 'restore', store: string, ...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ['run', '-A', '--no-check', `scripts/${name}.ts`, ...args],
    cwd: ROOT,
    env: { VC_STORE: store, NO_COLOR: '1' },
  }).output();
  const [said, failed] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes).trim());
  return { code, said, failed };
}

/** A process that appends without a pause. */
function appender(path: string) {
  const script = new URL('./fixtures/append-forever.ts', import.meta.url).pathname;
  const child = new Deno.Command(Deno.execPath(), {
    args: ['run', '-A', '--no-check', script, path, 'run'],
    stdout: 'piped',
  }).spawn();
  const acknowledged = new Map<string, number>();
  let arrived = Promise.withResolvers<void>();
  let begun = '';
  const reading = (async () => {
    for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
      const lines = (begun + text).split('\n');
      begun = lines.pop() ?? '';
      for (const line of lines) {
        const [offset, id = ''] = line.split(' ');
        acknowledged.set(id, Number(offset));
      }
      arrived.resolve();
      arrived = Promise.withResolvers();
    }
  })();
  return {
    /** Waits for so many more; gives all there are. */
    async more(count: number): Promise<Map<string, number>> {
      const wanted = acknowledged.size + count;
      while (acknowledged.size < wanted) await arrived.promise;
      return new Map(acknowledged);
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await Promise.all([reading, child.status]);
    },
  };
}

async function withStore<T>(path: string, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openSqlite(path);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

const epochOf = (path: string): Promise<string> => withStore(path, (store) => Promise.resolve(store.epoch));

Deno.test('S10 S6 a backup taken amid writes is one sound file with all that was acknowledged before', async () => {
  await using folder = await TemporaryDirectory.create();
  const path = folder.file('store.sqlite');
  await using writer = appender(path);
  for (const n of [1, 2, 3]) {
    const acknowledged = await writer.more(300);
    const copy = folder.file(`backup-${n}.sqlite`);
    const { code, said, failed } = await command('backup', `sqlite:${path}`, copy);
    assert.equal(code, 0, failed);
    assert.match(said ?? '', /^Backed up .*store\.sqlite to .*backup-\d\.sqlite: \d+ bytes$/);
    assert.equal(((await Deno.stat(copy)).mode ?? 0) & 0o777, 0o600);
    const database = new DatabaseSync(copy, { readOnly: true });
    assert.deepEqual({ ...database.prepare('PRAGMA integrity_check').get() }, { integrity_check: 'ok' });
    database.close();
    await withStore(copy, async (store) => {
      const { entries } = await store.read('log', 0, Number.MAX_SAFE_INTEGER);
      const stored = new Map(entries.map(({ offset, record }) => [record.id, offset]));
      for (const [id, offset] of acknowledged) assert.equal(stored.get(id), offset, id);
      assert.deepEqual(
        entries.map(({ offset }) => offset),
        entries.map((_, n) => n + 1),
      );
    });
  }
  await writer.more(100);
  const names = [...(await folder.contents()).keys()].filter((name) => !name.startsWith('store.sqlite'));
  assert.deepEqual(names, ['backup-1.sqlite', 'backup-2.sqlite', 'backup-3.sqlite']);
});

Deno.test('S10 every copy of a store has another epoch than the store', async () => {
  await using folder = await TemporaryDirectory.create();
  const [path, first, second] = ['store', 'first', 'second'].map((name) => folder.file(name)) as [
    string,
    string,
    string,
  ];
  await withStore(path, (store) => store.append('log', { id: 'm1' }));
  await backUpSqlite(path, first);
  await backUpSqlite(path, second);
  const epochs = await Promise.all([path, first, second].map(epochOf));
  assert.equal(new Set(epochs).size, 3);
  // Also what was copied by other means, while nobody had it open.
  await Deno.copyFile(path, folder.file('copy'));
  await restoreSqlite(folder.file('copy'), path, new Date());
  assert.ok(!epochs.includes(await epochOf(path)));
});

Deno.test('S10 a backup over a file, of nothing, or of what is no sound store is refused and leaves nothing', async () => {
  await using folder = await TemporaryDirectory.create();
  const good = folder.file('good.sqlite');
  await withStore(good, (store) =>
    Promise.all(
      Array.from({ length: 200 }, (_, n) => store.append('log', { id: `m${n}`, text: 'x'.repeat(200) })),
    ),
  );
  await Deno.writeTextFile(folder.file('taken.sqlite'), 'in the way');
  await Deno.writeTextFile(folder.file('letter.sqlite'), 'Dear Anna, '.repeat(100));
  const bytes = await Deno.readFile(good);
  bytes.fill(0x5a, 4096, bytes.length - 4096);
  await Deno.writeFile(folder.file('damaged.sqlite'), bytes);
  const before = await folder.contents();
  const cases: [string, string, StoreErrorCode, RegExp][] = [
    ['good.sqlite', 'taken.sqlite', 'store.unavailable', /there is a file of this name already/],
    ['none.sqlite', 'new.sqlite', 'store.unavailable', /there is no file/],
    ['letter.sqlite', 'new.sqlite', 'store.corrupt', /not a database/],
    ['damaged.sqlite', 'new.sqlite', 'store.corrupt', /damaged|malformed/],
    ['good.sqlite', 'no/such/folder.sqlite', 'store.unavailable', /ENOENT|no such/i],
  ];
  for (const [from, to, code, reason] of cases) {
    await assert.rejects(backUpSqlite(folder.file(from), folder.file(to)), (error) => {
      assert.ok(error instanceof StoreError, String(error));
      assert.deepEqual([from, error.code], [from, code]);
      assert.match(error.message, /^Cannot .+: .+/);
      assert.match(error.message, reason);
      return true;
    });
    assert.deepEqual(await folder.contents(), before);
  }
});

Deno.test('S10 the commands say in one sentence what is wrong and end with 1', async () => {
  await using folder = await TemporaryDirectory.create();
  const store = `sqlite:${folder.file('none.sqlite')}`;
  for (const [name, address, args, reason] of [
    ['backup', 'nats://localhost:4222', ['x'], /^Cannot back up: VC_STORE is no file of SQLite/],
    ['backup', store, [], /^Cannot back up: no file is named/],
    ['backup', store, [folder.file('x')], /there is no file/],
    ['restore', 'kv:', ['x'], /^Cannot restore: VC_STORE is no file of SQLite/],
    ['restore', store, [folder.file('x')], /there is no file/],
  ] as const) {
    const { code, failed = '' } = await command(name, address, ...args);
    assert.equal(code, 1);
    assert.match(failed, reason);
    assert.equal(failed.split('\n').length, 1, failed);
  }
});

async function hello(server: ServerProcess, frame: object) {
  const client = await connect(server.wsUrl);
  client.send(frame);
  return { client, welcome: await client.next('welcome') };
}

async function anna(server: ServerProcess) {
  const response = await fetch(`${server.url}/api/demo/token`, { method: 'POST', body: '{"agent":"anna"}' });
  return (await hello(server, agentHello((await response.json()).token))).client;
}

Deno.test('S10 S6 after a backup is restored, a client that had seen more reads the log anew, however far it has grown', async () => {
  await using folder = await TemporaryDirectory.create();
  const path = folder.file('store.sqlite');
  const backup = folder.file('backup.sqlite');
  const env = { VC_STORE: `sqlite:${path}` };
  let server = await spawnServer(env);
  let agent = await anna(server);
  const { client: visitor, welcome } = await hello(server, visitorHello());
  assert.ok(welcome.you.side === 'visitor');
  visitor.send({ type: 'contact.open', contact: 'c1', service: 'sales', kind: 'chat' });
  await agent.next('waiting.put');
  agent.send({ type: 'contact.take', contact: 'c1' });
  await visitor.state(({ phase }) => phase === 'assigned');
  const say = async (...ids: string[]) => {
    for (const id of ids) visitor.send({ type: 'message.send', contact: 'c1', id, text: id });
    return (await visitor.next('log.appended', ({ entry }) => entry.id === ids.at(-1))).entry.offset;
  };
  await say('m1', 'm2');
  assert.equal((await command('backup', env.VC_STORE, backup)).code, 0);
  const offset = await say('m3', 'm4');
  const refused = await command('restore', env.VC_STORE, backup);
  assert.match(refused.failed ?? '', /a server has it open; stop it first$/);
  await server.kill('SIGTERM');
  const restored = await command('restore', env.VC_STORE, backup);
  assert.equal(restored.code, 0, restored.failed);
  const kept = restored.said?.match(/kept as (\S+)$/)?.[1] ?? '';
  assert.equal((await withStore(kept, (store) => store.read('c1', 0))).head, offset);

  server = await spawnServer(env);
  agent = await anna(server);
  for (const id of ['n1', 'n2', 'n3', 'n4'])
    agent.send({ type: 'message.send', contact: 'c1', id, text: id });
  await agent.next('log.appended', ({ entry }) => entry.id === 'n4');
  const { token } = welcome.you;
  const resume = [{ contact: 'c1', epoch: welcome.epoch, offset }];
  const again = await hello(server, visitorHello({ token, resume }));
  assert.notEqual(again.welcome.epoch, welcome.epoch);
  const page = await again.client.next('log.page');
  assert.ok(page.head > offset, 'the offset would have passed for a good one');
  assert.equal(page.recovered, false);
  assert.deepEqual(page.entries.map(wordsOf).slice(-6), ['m1', 'm2', 'n1', 'n2', 'n3', 'n4']);
  await server.kill('SIGKILL');
});
