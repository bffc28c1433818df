import assert from 'node:assert/strict';
import { openSqlite, type SqliteStore } from '../../server/store/sqlite/sqlite.ts';
import { TemporaryDirectory } from './fixtures/temporary-directory.ts';

Deno.test('S6 after kill -9 every acknowledged append is there, once and in order', async () => {
  await using directory = await TemporaryDirectory.create();
  const path = directory.file('store.sqlite');
  const acknowledged = new Map<number, string>();
  for (const run of ['first', 'second']) {
    for (const [offset, id] of await appendUntilKilled(path, run)) {
      assert.ok(!acknowledged.has(offset), `offset ${offset} was given twice`);
      acknowledged.set(offset, id);
    }
  }
  const store = await openSqlite(path);
  const stored = await readAll(store, 'log');
  assert.ok(acknowledged.size >= 1000);
  for (const [offset, id] of acknowledged) assert.equal(stored[offset - 1], id);
  assert.equal(new Set(stored).size, stored.length);
  const byWriter = Map.groupBy(stored, (id) => id.slice(0, id.lastIndexOf('.')));
  for (const [writer, ids] of byWriter)
    assert.deepEqual(
      ids,
      ids.map((_, n) => `${writer}.${n + 1}`),
    );
  await store.close();
});

/** Kills the appending process amid its work; gives each acknowledgement it had printed. */
async function appendUntilKilled(path: string, run: string): Promise<[offset: number, id: string][]> {
  const script = new URL('./fixtures/append-forever.ts', import.meta.url);
  const command = new Deno.Command(Deno.execPath(), {
    args: ['run', '-A', script.href, path, run],
    stdout: 'piped',
  });
  const child = command.spawn();
  let text = '';
  let killed = false;
  for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (killed || text.split('\n').length <= 500) continue;
    killed = true;
    child.kill('SIGKILL');
  }
  assert.equal((await child.status).signal, 'SIGKILL');
  // What follows the last line feed is a line cut off.
  const lines = text.split('\n').slice(0, -1);
  return lines.map((line) => {
    const [offset, id = ''] = line.split(' ');
    return [Number(offset), id];
  });
}

/** The ids of a log, whose offsets must be 1, 2, 3 … */
async function readAll(store: SqliteStore, log: string): Promise<string[]> {
  const { head, entries } = await store.read(log, 0, Number.MAX_SAFE_INTEGER);
  assert.deepEqual(
    entries.map((entry) => entry.offset),
    entries.map((_, n) => n + 1),
  );
  assert.equal(head, entries.length);
  return entries.map((entry) => entry.record.id);
}
