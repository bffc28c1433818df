import assert from 'node:assert/strict';
import type { Store, StoredRecord } from '../../server/store/port.ts';
import type { ContractTest } from './store-under-test.ts';

export function logContract(test: ContractTest): void {
  test('S6 entries keep the order in which they were issued, each naming the one before', async ({
    store,
  }) => {
    const issued = Array.from({ length: 100 }, (_, n) => ({ id: `m${n}`, text: `message ${n}` }));
    const appended = await Promise.all(issued.map((record) => store.append('contact/1', record)));
    const { head, entries } = await store.read('contact/1', 0);
    assert.deepEqual(
      entries.map((entry) => entry.record),
      issued,
    );
    assert.deepEqual(
      appended,
      entries.map((entry) => ({ ...entry, duplicate: false })),
    );
    assertChained(entries);
    assert.equal(head, entries.at(-1)?.offset);
  });

  test('S6 a record is stored as it was when it was handed over', async ({ store }) => {
    const record = { id: 'm1', text: 'Grüße 👋\u0000', fields: [{ name: 'a' }] };
    const copy = structuredClone(record);
    const appended = store.append('contact/1', record);
    record.fields.push({ name: 'b' });
    assert.deepEqual((await appended).record, copy);
    assert.deepEqual((await store.read('contact/1', 0)).entries[0]?.record, copy);
  });

  test('S6 the same id again gives the entry first written', async ({ store }) => {
    await store.append('contact/1', { id: 'm0' });
    const first = await store.append('contact/1', { id: 'm1', text: 'first' });
    await store.append('contact/1', { id: 'm2' });
    const again = await store.append('contact/1', { id: 'm1', text: 'second' });
    assert.deepEqual(again, { ...first, duplicate: true });
    assert.deepEqual(await ids(store, 'contact/1'), ['m0', 'm1', 'm2']);
  });

  test('S6 the same id many times at once is one entry', async ({ store }) => {
    const appended = await Promise.all(
      Array.from({ length: 50 }, (_, n) => store.append('contact/1', { id: 'm1', n })),
    );
    assert.equal(appended.filter((entry) => !entry.duplicate).length, 1);
    const [entry, ...more] = (await store.read('contact/1', 0)).entries;
    assert.deepEqual(more, []);
    for (const { duplicate: _, ...stored } of appended) assert.deepEqual(stored, entry);
  });

  test('S6 the same id after reopening gives the entry first written', async ({ store, reopen }) => {
    const first = await store.append('contact/1', { id: 'm1', text: 'first' });
    const reopened = await reopen();
    assert.deepEqual(await reopened.append('contact/1', { id: 'm1', text: 'second' }), {
      ...first,
      duplicate: true,
    });
    assert.deepEqual(await ids(reopened, 'contact/1'), ['m1']);
  });

  test('S6 logs know nothing of each other', async ({ store }) => {
    const logs = ['contact/1', 'contact/10', 'contact', 'contact/1/notes'];
    for (const log of logs) {
      const appended = await store.append(log, { id: 'm1', log });
      assert.equal(appended.duplicate, false);
      assert.equal(appended.previous, 0);
    }
    for (const log of logs) {
      assert.deepEqual(
        (await store.read(log, 0)).entries.map((entry) => entry.record),
        [{ id: 'm1', log }],
      );
    }
    assert.deepEqual(await store.list(''), []);
  });

  test('S6 a log is read from an offset on, in pages, with its head', async ({ store }) => {
    const appended = await Promise.all(
      Array.from({ length: 7 }, (_, n) => store.append('contact/1', { id: `m${n}` })),
    );
    const stored = appended.map(({ duplicate: _, ...entry }) => entry);
    const head = stored[6]?.offset ?? 0;
    const after = (n: number) => stored[n]?.offset ?? 0;
    assert.deepEqual(await store.read('contact/1', 0, 3), { head, entries: stored.slice(0, 3) });
    assert.deepEqual(await store.read('contact/1', after(2), 3), { head, entries: stored.slice(3, 6) });
    assert.deepEqual(await store.read('contact/1', after(5), 3), { head, entries: stored.slice(6) });
    assert.deepEqual(await store.read('contact/1', head), { head, entries: [] });
    assert.deepEqual(await store.read('contact/1', head + 5), { head, entries: [] });
    assert.deepEqual(await store.read('contact/2', 0), { head: 0, entries: [] });
  });

  test('S6 a page without limit ends after 500 entries', async ({ store }) => {
    await Promise.all(Array.from({ length: 501 }, (_, n) => store.append('contact/1', { id: `m${n}` })));
    const first = await store.read('contact/1', 0);
    assert.equal(first.entries.length, 500);
    const second = await store.read('contact/1', first.entries.at(-1)?.offset ?? 0);
    assert.deepEqual(
      second.entries.map((entry) => entry.record.id),
      ['m500'],
    );
    assert.equal(second.entries[0]?.offset, first.head);
  });

  test('S6 what was acknowledged is there after reopening, and offsets go on rising', async ({
    store,
    reopen,
  }) => {
    const version = await store.put('contact/1', { state: 'waiting' }, null);
    assert.ok(version);
    await Promise.all(Array.from({ length: 20 }, (_, n) => store.append('contact/1', { id: `m${n}` })));
    const before = await store.read('contact/1', 0);
    const reopened = await reopen();
    assert.deepEqual(await reopened.read('contact/1', 0), before);
    assert.ok(await reopened.put('contact/1', { state: 'active' }, version));
    await reopened.append('contact/1', { id: 'm20' });
    const { entries } = await reopened.read('contact/1', 0);
    assert.equal(entries.length, 21);
    assertChained(entries);
  });

  test('S6 a log is read whole while another one is written, whatever is moved for that', async ({
    store,
  }) => {
    for (let round = 0; round < 10; round++) {
      const log = `contact/${round}`;
      await Promise.all(Array.from({ length: 256 }, (_, n) => store.append(log, { id: `m${n}` })));
      const reads = Array.from({ length: 20 }, () => store.read(log, 0));
      const written = store.append('another', { id: `m${round}` });
      for (const { head, entries } of await Promise.all(reads)) {
        assert.equal(entries.length, 256);
        assertChained(entries);
        assert.equal(head, entries.at(-1)?.offset);
      }
      await written;
    }
  });

  test('S6 logs that grow beside each other, long and short, are whole at any time and after reopening', async ({
    store,
    reopen,
  }) => {
    const logs = Array.from({ length: 9 }, (_, n) => `contact/${n}`);
    const record = (log: string, n: number) => ({ id: `m${n}`, text: `${log}, ${n}` });
    const whole = async (from: Store, log: string, count: number) => {
      // In pages, so that some begin and end amid what was written last.
      const entries: StoredRecord[] = [];
      for (let page = await from.read(log, 0, 150); page.entries.length > 0; ) {
        entries.push(...page.entries);
        page = await from.read(log, entries.at(-1)?.offset ?? 0, 150);
      }
      assertChained(entries);
      assert.deepEqual(
        entries.map((entry) => entry.record),
        Array.from({ length: count }, (_, n) => record(log, n)),
      );
    };
    await store.append('seldom', record('seldom', 0));
    for (let round = 0; round < 5; round++) {
      await Promise.all(
        logs.flatMap((log) =>
          Array.from({ length: 200 }, (_, n) => store.append(log, record(log, 200 * round + n))),
        ),
      );
      await whole(store, 'contact/3', 200 * (round + 1));
    }
    const again = await store.append('contact/5', { id: 'm130', text: 'second' });
    assert.deepEqual([again.duplicate, again.record], [true, record('contact/5', 130)]);
    await store.append('seldom', record('seldom', 1));
    for (const log of logs) await whole(store, log, 1_000);
    const reopened = await reopen();
    for (const log of logs) await whole(reopened, log, 1_000);
    await whole(reopened, 'seldom', 2);
    assert.equal((await reopened.append('contact/8', { id: 'm999' })).duplicate, true);
    await reopened.append('contact/8', record('contact/8', 1_000));
    await whole(reopened, 'contact/8', 1_001);
  });
}

/** Offsets rise, and each entry names the one before. */
export function assertChained(
  entries: readonly { readonly offset: number; readonly previous: number }[],
): void {
  let last = 0;
  for (const { offset, previous } of entries) {
    assert.equal(previous, last);
    assert.ok(offset > last);
    last = offset;
  }
}

async function ids(store: Store, log: string): Promise<string[]> {
  return (await store.read(log, 0)).entries.map((entry) => entry.record.id);
}
