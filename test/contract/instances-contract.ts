import assert from 'node:assert/strict';
import type { Store } from '../../server/store/port.ts';
import { collect } from './bus-contract.ts';
import { type ContractTest, withCode } from './store-under-test.ts';

/** What holds between instances that share a store. */
export function instancesContract(test: ContractTest): void {
  test('S5 a message reaches the subscribers of every instance, once and in order', async ({
    store,
    another,
  }) => {
    const other = await another();
    const issued = Array.from({ length: 50 }, (_, n) => ({ n }));
    const heard = [store, other].map((listening) => collect(listening, 'contact/1', issued.length));
    const elsewhere = collect(other, 'contact/10', 1);
    await settled(other);
    await Promise.all(issued.map((message) => store.publish('contact/1', message)));
    await store.publish('contact/10', 'other');
    for (const messages of heard) assert.deepEqual(await messages, issued);
    assert.deepEqual(await elsewhere, ['other']);
  });

  test('S6 who subscribes and then reads misses nothing appended and told since', async ({
    store,
    another,
  }) => {
    const other = await another();
    for (let n = 1; n <= 20; n++) {
      const log = `contact/${n}`;
      const told = collect(other, log, 1);
      assert.deepEqual((await other.read(log, 0)).entries, []);
      const { offset } = await store.append(log, { id: 'm1' });
      await store.publish(log, { offset });
      assert.deepEqual(await told, [{ offset }]);
    }
  });

  test('S5 a question is answered by the instance that answers its subject', async ({ store, another }) => {
    const other = await another();
    other.answer('agent/anna', (message) => ({ asked: message }));
    store.answer('agent/ben', async (message) => await Promise.resolve(['ben', message]));
    await Promise.all([settled(store), settled(other)]);
    assert.deepEqual(await store.ask('agent/anna', { n: 1 }), { asked: { n: 1 } });
    assert.deepEqual(await other.ask('agent/ben', 2), ['ben', 2]);
    assert.deepEqual(
      await Promise.all([1, 2, 3].map((n) => store.ask('agent/anna', n))),
      [1, 2, 3].map((asked) => ({ asked })),
    );
    await assert.rejects(store.ask('agent/carla', 1), withCode('store.nobody'));
  });

  test('S5 who answers no more is nobody to the other instance', async ({ store, another }) => {
    const other = await another();
    const stops = [other.answer('agent/anna', () => 'one'), other.answer('agent/anna', () => 'two')];
    await settled(other);
    assert.equal(await store.ask('agent/anna', 1), 'one');
    stops[0]?.();
    assert.equal(await store.ask('agent/anna', 1), 'two');
    stops[1]?.();
    await settled(other);
    await assert.rejects(store.ask('agent/anna', 1), withCode('store.nobody'));
  });

  test('S5 an answer that fails elsewhere fails the question with store.unavailable', async ({
    store,
    another,
  }) => {
    const other = await another();
    other.answer('agent/anna', () => Promise.reject(new Error('rejected')));
    await settled(other);
    await assert.rejects(store.ask('agent/anna', 1), withCode('store.unavailable'));
  });

  test('S5 a question to an instance that closes meanwhile is answered by nobody', async ({
    store,
    another,
  }) => {
    const other = await another();
    const asked = Promise.withResolvers<void>();
    other.answer('agent/anna', () => {
      asked.resolve();
      return new Promise(() => {});
    });
    await settled(other);
    const question = assert.rejects(store.ask('agent/anna', 1), withCode('store.nobody'));
    await asked.promise;
    await other.close();
    await question;
    await assert.rejects(store.ask('agent/anna', 1), withCode('store.nobody'));
  });

  test('S5 a question to another instance ends when its signal aborts', async ({ store, another }) => {
    const other = await another();
    const asked = Promise.withResolvers<void>();
    other.answer('agent/anna', () => {
      asked.resolve();
      return new Promise(() => {});
    });
    await settled(other);
    const controller = new AbortController();
    const question = store.ask('agent/anna', 1, controller.signal);
    await asked.promise;
    const reason = new Error('too late');
    controller.abort(reason);
    await assert.rejects(question, (error) => error === reason);
  });
}

/** What the instance subscribes to or answers is known from its next read on. */
async function settled(store: Store): Promise<void> {
  await store.list('');
}
