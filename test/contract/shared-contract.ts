import assert from 'node:assert/strict';
import type { Store } from '../../server/store/port.ts';
import { assertChained } from './log-contract.ts';
import type { ContractTest } from './store-under-test.ts';

/** What holds between two stores open on the same data. */
export function sharedContract(test: ContractTest): void {
  test('S6 the epoch is the same for everyone', async ({ store, another }) => {
    assert.equal((await another()).epoch, store.epoch);
  });

  test('S5 what one has put the other gets, lists and replaces', async ({ store, another }) => {
    const other = await another();
    const version = await store.put('contact/1', { n: 1 }, null);
    assert.ok(version);
    const document = { key: 'contact/1', value: { n: 1 }, version };
    assert.deepEqual(await other.get('contact/1'), document);
    assert.deepEqual(await other.list('contact/'), [document]);
    assert.ok(await other.put('contact/1', { n: 2 }, version));
    assert.equal(await store.put('contact/1', { n: 3 }, version), null);
    assert.equal(await store.delete('contact/1', version), false);
    assert.deepEqual((await store.get('contact/1'))?.value, { n: 2 });
  });

  test('S5 of two that count in one document none loses a step', async ({ store, another }) => {
    const stores = [store, await another()];
    await store.put('counter', 0, null);
    const count = async (counting: Store): Promise<void> => {
      for (let steps = 0; steps < 25; ) {
        const found = await counting.get<number>('counter');
        assert.ok(found);
        if ((await counting.put('counter', found.value + 1, found.version)) !== null) steps++;
      }
    };
    await Promise.all(stores.map(count));
    assert.equal((await store.get('counter'))?.value, 50);
  });

  test('S5 of two creations of one key exactly one wins, many at once', async ({ store, another }) => {
    const stores = [store, await another()];
    const keys = Array.from({ length: 40 }, (_, n) => `lease/${n}`);
    const won = await Promise.all(
      stores.map((writer, n) => Promise.all(keys.map((key) => writer.put(key, n, null)))),
    );
    for (const [n, key] of keys.entries()) {
      const winners = won.flatMap((versions, writer) => (versions[n] === null ? [] : [writer]));
      assert.deepEqual(winners, [(await store.get(key))?.value]);
    }
  });

  test('S5 of a change and a deletion of one version exactly one happens', async ({ store, another }) => {
    const other = await another();
    for (let n = 0; n < 20; n++) {
      const key = `contact/${n}`;
      const version = await store.put(key, 'first', null);
      assert.ok(version);
      const [put, deleted] = await Promise.all([
        store.put(key, 'second', version),
        other.delete(key, version),
      ]);
      assert.notEqual(put !== null, deleted);
      assert.equal((await other.get(key))?.value ?? null, deleted ? null : 'second');
    }
  });

  test('S5 what has expired by its value is taken by exactly one', async ({ store, another }) => {
    const stores = [store, await another()];
    await store.put('timer/1', { holder: 'gone', until: 1_000 }, null);
    const take = async (taker: Store, holder: number, now: number): Promise<boolean> => {
      const found = await taker.get<{ until: number }>('timer/1');
      if (!found || found.value.until > now) return false;
      return (await taker.put('timer/1', { holder, until: now + 1_000 }, found.version)) !== null;
    };
    const takeAll = (now: number) => Promise.all(stores.map((taker, n) => take(taker, n, now)));
    assert.deepEqual(await takeAll(999), [false, false]);
    for (const now of [1_000, 2_000, 3_000]) {
      const taken = await takeAll(now);
      assert.equal(taken.filter(Boolean).length, 1);
      const lease = { holder: taken.indexOf(true), until: now + 1_000 };
      assert.deepEqual((await store.get('timer/1'))?.value, lease);
    }
  });

  test('S6 the same ids from two at once are entries once', async ({ store, another }) => {
    const stores = [store, await another()];
    const ids = Array.from({ length: 30 }, (_, n) => `m${n}`);
    const appended = await Promise.all(
      stores.map((writer, by) => Promise.all(ids.map((id) => writer.append('contact/1', { id, by })))),
    );
    const { entries } = await store.read('contact/1', 0);
    assertChained(entries);
    assert.deepEqual(entries.map((entry) => entry.record.id).sort(), ids.toSorted());
    for (const [n, id] of ids.entries()) {
      const both = appended.map((of) => of[n]);
      assert.equal(both.filter((entry) => entry?.duplicate === false).length, 1);
      const stored = entries.find((entry) => entry.record.id === id);
      for (const entry of both)
        assert.deepEqual({ ...entry, duplicate: false }, { ...stored, duplicate: false });
    }
  });

  test('S6 an id that another has appended before is a duplicate', async ({ store, another }) => {
    const other = await another();
    await store.append('contact/1', { id: 'm0' });
    await other.append('contact/1', { id: 'm1' });
    const first = await store.append('contact/1', { id: 'm2', by: 'first' });
    const again = await other.append('contact/1', { id: 'm2', by: 'second' });
    assert.deepEqual(again, { ...first, duplicate: true });
    assert.equal((await store.append('contact/1', { id: 'm1' })).duplicate, true);
  });

  test('S6 who resumes from an offset gets what another has appended since', async ({ store, another }) => {
    const other = await another();
    const { offset } = await store.append('contact/1', { id: 'm1' });
    const added = [
      await other.append('contact/1', { id: 'm2' }),
      await store.append('contact/1', { id: 'm3' }),
      await other.append('contact/1', { id: 'm4' }),
    ];
    const { head, entries } = await store.read('contact/1', offset);
    assert.deepEqual(
      entries,
      added.map(({ duplicate: _, ...entry }) => entry),
    );
    assert.equal(entries[0]?.previous, offset);
    assert.equal(head, entries.at(-1)?.offset);
    assert.deepEqual(await other.read('contact/1', offset), { head, entries });
  });
}
