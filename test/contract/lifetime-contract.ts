import assert from 'node:assert/strict';
import { type ContractTest, withCode } from './store-under-test.ts';

export function lifetimeContract(test: ContractTest): void {
  test('S6 the epoch stays the same when the data is opened again', async ({ store, reopen }) => {
    const { epoch } = store;
    // As an id of the wire.
    assert.match(epoch, /^[\w-]{1,64}$/);
    assert.equal((await reopen()).epoch, epoch);
  });

  test('S6 closing commits what was issued and answers what was asked before', async ({ store, reopen }) => {
    const written = store.put('contact/1', 'kept', null);
    const appended = store.append('contact/1', { id: 'm1' });
    const found = store.get('contact/1');
    await store.close();
    assert.ok(await written);
    assert.equal((await appended).duplicate, false);
    assert.equal((await found)?.value, 'kept');
    const reopened = await reopen();
    assert.equal((await reopened.get('contact/1'))?.value, 'kept');
    assert.deepEqual(
      (await reopened.read('contact/1', 0)).entries.map((entry) => entry.record),
      [{ id: 'm1' }],
    );
  });

  test('S4 a closed store refuses every call with store.closed', async ({ store }) => {
    const closing = store.close();
    const calls = () => [
      store.get('k'),
      store.put('k', 1, null),
      store.delete('k', 'v'),
      store.list(''),
      store.append('log', { id: 'm1' }),
      store.read('log', 0),
      store.publish('subject', 1),
      store.ask('subject', 1),
    ];
    for (const call of calls()) await assert.rejects(call, withCode('store.closed'));
    await closing;
    for (const call of calls()) await assert.rejects(call, withCode('store.closed'));
    assert.throws(() => store.subscribe('subject', () => {}), withCode('store.closed'));
    assert.throws(() => store.answer('subject', () => {}), withCode('store.closed'));
  });

  test('S4 closing twice is closing once, and ends what is asked', async ({ store }) => {
    const asked = Promise.withResolvers<void>();
    const stop = store.answer('subject', () => {
      asked.resolve();
      return new Promise(() => {});
    });
    const question = assert.rejects(store.ask('subject', 1), withCode('store.closed'));
    await asked.promise;
    await Promise.all([store.close(), store.close()]);
    await store.close();
    await question;
    stop();
  });
}
