import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { StoreError, type StoreErrorCode } from '../../server/store/port.ts';
import { openSqlite } from '../../server/store/sqlite/sqlite.ts';
import { TemporaryDirectory } from './fixtures/temporary-directory.ts';

Deno.test('S4 missing directories are created, and closing leaves one file', async () => {
  await using directory = await TemporaryDirectory.create();
  const store = await openSqlite(directory.file('deep/down/store.sqlite'));
  await store.append('log', { id: 'm1' });
  await store.close();
  const names = await Array.fromAsync(Deno.readDir(directory.file('deep/down')), (entry) => entry.name);
  assert.deepEqual(names, ['store.sqlite']);
});

Deno.test('S4 closing brings everything into the one file, though another process reads it', async () => {
  await using directory = await TemporaryDirectory.create();
  const path = directory.file('store.sqlite');
  const store = await openSqlite(path);
  const other = new DatabaseSync(path, { readOnly: true });
  other.prepare('SELECT * FROM entries').all();
  await store.append('log', { id: 'm1' });
  await store.close();
  await Deno.copyFile(path, directory.file('backup.sqlite'));
  other.close();
  const backup = await openSqlite(directory.file('backup.sqlite'));
  assert.equal((await backup.read('log', 0)).head, 1);
  await backup.close();
});

Deno.test('S4 an empty file and a creation cut short become a store', async () => {
  await using directory = await TemporaryDirectory.create();
  await Deno.writeFile(directory.file('empty.sqlite'), new Uint8Array());
  const started = new DatabaseSync(directory.file('started.sqlite'));
  started.exec('PRAGMA journal_mode = WAL');
  started.close();
  for (const name of ['empty.sqlite', 'started.sqlite']) {
    const store = await openSqlite(directory.file(name));
    assert.equal((await store.append('log', { id: 'm1' })).offset, 1);
    await store.close();
  }
});

Deno.test('S4 a place that is no file is refused with store.unavailable', async () => {
  await using directory = await TemporaryDirectory.create();
  await Deno.writeTextFile(directory.file('file'), 'in the way');
  await assert.rejects(openSqlite(directory.path), assertRefused('store.unavailable', directory.path));
  const below = directory.file('file/store.sqlite');
  await assert.rejects(openSqlite(below), assertRefused('store.unavailable', below));
});

const UNUSABLE: Readonly<Record<string, { make(path: string): Promise<void>; reason: RegExp }>> = {
  'a text file': {
    make: (path) => Deno.writeTextFile(path, 'hello'),
    reason: /file is not a database/,
  },
  'a long file of something else': {
    make: (path) => Deno.writeTextFile(path, 'hello '.repeat(5000)),
    reason: /file is not a database/,
  },
  'a file cut off': {
    make: async (path) => {
      await makeStore(path);
      await Deno.truncate(path, (await Deno.stat(path)).size - 4096);
    },
    reason: /malformed/,
  },
  'a file with a damaged page': {
    make: async (path) => {
      await makeStore(path);
      await damage(path);
    },
    reason: /it is damaged/,
  },
  'a damaged file with the write-ahead log of a killed process': {
    make: async (path) => {
      await makeStore(path);
      const store = await openSqlite(path);
      await store.append('log', { id: 'logged' });
      await Deno.copyFile(`${path}-wal`, `${path}.kept`);
      await store.close();
      await Deno.rename(`${path}.kept`, `${path}-wal`);
      await damage(path);
    },
    reason: /it is damaged|malformed/,
  },
  'a database of another application': {
    make: async (path) => await change(path, 'CREATE TABLE cookies (name TEXT)'),
    reason: /another application/,
  },
  'a store of a newer version': {
    make: async (path) => {
      await makeStore(path);
      await change(path, 'PRAGMA user_version = 4');
    },
    reason: /newer version/,
  },
};

for (const [what, { make, reason }] of Object.entries(UNUSABLE)) {
  Deno.test(`S4 ${what} is refused with store.corrupt and left as it is`, async () => {
    await using directory = await TemporaryDirectory.create();
    const path = directory.file('store.sqlite');
    await make(path);
    const before = await directory.contents();
    await assert.rejects(openSqlite(path), (error) => {
      assert.ok(assertRefused('store.corrupt', path)(error) && error instanceof StoreError);
      assert.match(error.message, reason);
      assert.match(error.message, /; the file was left untouched$/);
      return true;
    });
    const after = await directory.contents();
    // SQLite's index of a write-ahead log is no data; it is made anew from the log at each opening.
    after.delete('store.sqlite-shm');
    assert.deepEqual(after, before);
  });
}

/** A closed store of some dozen pages. */
async function makeStore(path: string): Promise<void> {
  const store = await openSqlite(path);
  await Promise.all(
    Array.from({ length: 200 }, (_, n) => store.append('log', { id: `m${n}`, text: 'x'.repeat(200) })),
  );
  await store.close();
}

async function damage(path: string): Promise<void> {
  const bytes = await Deno.readFile(path);
  bytes.fill(0x5a, 4096, bytes.length - 4096);
  await Deno.writeFile(path, bytes);
}

async function change(path: string, sql: string): Promise<void> {
  const database = new DatabaseSync(path);
  database.exec(sql);
  database.close();
  await Promise.resolve();
}

function assertRefused(code: StoreErrorCode, path: string): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof StoreError);
    assert.equal(error.code, code);
    assert.ok(error.message.startsWith(`Cannot open the store at ${path}: `), error.message);
    assert.ok(!error.message.includes('\n'));
    return true;
  };
}

Deno.test('S4 S6 a store of the first version goes on as it is: its ids stay taken, its offsets rise', async () => {
  await using directory = await TemporaryDirectory.create();
  const path = directory.file('store.sqlite');
  await (await openSqlite(path)).close();
  const former = new DatabaseSync(path);
  former.exec(`
    DROP TABLE arrivals;
    CREATE UNIQUE INDEX ids ON entries (log, id);
    INSERT INTO entries VALUES ('log', 1, 'a', '{"id":"a","text":"first"}'), ('log', 2, 'b', '{"id":"b"}');
    PRAGMA user_version = 1`);
  former.close();
  const store = await openSqlite(path);
  const [again, next] = await Promise.all([
    store.append('log', { id: 'a' }),
    store.append('log', { id: 'c' }),
  ]);
  assert.deepEqual([again.offset, again.duplicate, again.record], [1, true, { id: 'a', text: 'first' }]);
  assert.deepEqual([next.offset, next.duplicate], [3, false]);
  await store.close();
});
