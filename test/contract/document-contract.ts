import assert from 'node:assert/strict';
import type { Store, Version } from '../../server/store/port.ts';
import type { ContractTest } from './store-under-test.ts';

export function documentContract(test: ContractTest): void {
  test('S4 a document is created only where there is none', async ({ store }) => {
    assert.equal(await store.get('contact/1'), null);
    const version = await store.put('contact/1', { n: 1 }, null);
    assert.ok(version);
    assert.equal(await store.put('contact/1', { n: 2 }, null), null);
    assert.deepEqual(await store.get('contact/1'), { key: 'contact/1', value: { n: 1 }, version });
  });

  test('S4 a document is replaced only from the version stored', async ({ store }) => {
    const first = await create(store, 'contact/1', { n: 1 });
    const second = await store.put('contact/1', { n: 2 }, first);
    assert.ok(second);
    assert.notEqual(second, first);
    assert.equal(await store.put('contact/1', { n: 3 }, first), null);
    assert.equal(await store.put('contact/2', { n: 3 }, second), null);
    assert.deepEqual(await store.get('contact/1'), { key: 'contact/1', value: { n: 2 }, version: second });
    assert.equal(await store.get('contact/2'), null);
  });

  test('S4 a document is deleted only at the version stored', async ({ store }) => {
    const first = await create(store, 'contact/1', 1);
    const second = await store.put('contact/1', 2, first);
    assert.ok(second);
    assert.equal(await store.delete('contact/1', first), false);
    assert.equal(await store.delete('contact/2', second), false);
    assert.equal((await store.get('contact/1'))?.value, 2);
    assert.equal(await store.delete('contact/1', second), true);
    assert.equal(await store.get('contact/1'), null);
    assert.equal(await store.delete('contact/1', second), false);
  });

  test('S4 a version does not pass for a document deleted and created again with the same value', async ({
    store,
  }) => {
    const before = await create(store, 'contact/1', 'same');
    assert.equal(await store.delete('contact/1', before), true);
    const after = await create(store, 'contact/1', 'same');
    assert.notEqual(after, before);
    assert.equal(await store.put('contact/1', 'other', before), null);
    assert.equal(await store.delete('contact/1', before), false);
  });

  test('S4 a value is stored as it was when it was handed over', async ({ store }) => {
    const value = { text: 'Grüße 👋\u0000\n"', list: [1, null, { deep: true }] };
    const copy = structuredClone(value);
    const written = store.put('contact/1', value, null);
    value.list.push(2);
    await written;
    assert.deepEqual((await store.get('contact/1'))?.value, copy);
  });

  test('S4 of 50 writers counting in one document none loses a step', async ({ store }) => {
    await create(store, 'counter', 0);
    const add = async (): Promise<void> => {
      const found = await store.get<number>('counter');
      assert.ok(found);
      if ((await store.put('counter', found.value + 1, found.version)) === null) await add();
    };
    await Promise.all(Array.from({ length: 50 }, add));
    assert.equal((await store.get('counter'))?.value, 50);
  });

  test('S4 of 50 creations of one key exactly one wins', async ({ store }) => {
    const versions = await Promise.all(Array.from({ length: 50 }, (_, n) => store.put('lease', n, null)));
    const winners = versions.flatMap((version, n) => (version === null ? [] : [n]));
    assert.equal(winners.length, 1);
    assert.equal((await store.get('lease'))?.value, winners[0]);
  });

  test('S4 a conflict harms no other change of the same moment', async ({ store }) => {
    const version = await create(store, 'taken', 'first');
    const [before, conflict, deleted, after, appended] = await Promise.all([
      store.put('before', 1, null),
      store.put('taken', 'second', null),
      store.delete('taken', `${version}x`),
      store.put('after', 1, null),
      store.append('log', { id: 'm1' }),
    ]);
    assert.ok(before !== null && after !== null);
    assert.equal(conflict, null);
    assert.equal(deleted, false);
    assert.deepEqual(
      (await store.read('log', 0)).entries.map((entry) => entry.offset),
      [appended.offset],
    );
    assert.deepEqual(await keys(store, ''), ['after', 'before', 'taken']);
    assert.equal((await store.get('taken'))?.value, 'first');
  });

  test('S4 a read sees the changes issued before it, though not awaited', async ({ store }) => {
    const changes = [store.put('contact/1', 'new', null), store.append('log', { id: 'm1' })];
    const [found, listed, page] = await Promise.all([
      store.get('contact/1'),
      store.list('contact/'),
      store.read('log', 0),
    ]);
    assert.equal(found?.value, 'new');
    assert.deepEqual(listed, [found]);
    assert.deepEqual(
      page.entries.map((entry) => entry.record.id),
      ['m1'],
    );
    await Promise.all(changes);
  });

  test('S4 a list holds the keys that start with the prefix, in order', async ({ store }) => {
    const all = [
      'A/1',
      'a',
      'a-b/1',
      'a.b',
      'a/1',
      'a/10',
      'a/2',
      'a/B',
      'a/_',
      'a/b/c',
      'a/zz',
      'a0',
      'ab',
      'ab/1',
      'b/a/1',
    ];
    await Promise.all(all.toReversed().map((key) => store.put(key, { key }, null)));
    assert.deepEqual(await keys(store, 'a/'), ['a/1', 'a/10', 'a/2', 'a/B', 'a/_', 'a/b/c', 'a/zz']);
    assert.deepEqual(await keys(store, 'ab/'), ['ab/1']);
    assert.deepEqual(await keys(store, 'ab'), ['ab', 'ab/1']);
    assert.deepEqual(await keys(store, 'a/1'), ['a/1', 'a/10']);
    assert.deepEqual(await keys(store, 'c/'), []);
    assert.deepEqual(await keys(store, ''), all);
    const [document] = await store.list('ab/');
    assert.deepEqual(document, await store.get('ab/1'));
  });

  test('S4 a list is paged by the last key seen, which need not exist any more', async ({ store }) => {
    const all = ['a', 'a/1', 'a/2', 'a/3', 'ab/1'];
    await Promise.all(all.map((key) => store.put(key, 0, null)));
    assert.deepEqual(await keys(store, 'a/', { limit: 2 }), ['a/1', 'a/2']);
    assert.deepEqual(await keys(store, 'a/', { limit: 2, after: 'a/2' }), ['a/3']);
    assert.deepEqual(await keys(store, 'a/', { after: 'a/11' }), ['a/2', 'a/3']);
    assert.deepEqual(await keys(store, 'a/', { after: 'a/3' }), []);
    assert.deepEqual(await keys(store, 'a/', { after: 'a' }), ['a/1', 'a/2', 'a/3']);
    assert.deepEqual(await keys(store, 'a/', { after: 'b' }), []);
  });

  test('S4 a list without limit ends after 1000 documents', async ({ store }) => {
    await Promise.all(Array.from({ length: 1001 }, (_, n) => store.put(`n/${n}`, n, null)));
    assert.equal((await store.list('n/')).length, 1000);
    assert.equal((await store.list('n/', { limit: 2000 })).length, 1001);
  });
}

async function create(store: Store, key: string, value: unknown): Promise<Version> {
  const version = await store.put(key, value, null);
  assert.ok(version);
  return version;
}

async function keys(
  store: Store,
  prefix: string,
  options?: { after?: string; limit?: number },
): Promise<string[]> {
  return (await store.list(prefix, options)).map((document) => document.key);
}
