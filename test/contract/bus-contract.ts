import assert from 'node:assert/strict';
import type { Store } from '../../server/store/port.ts';
import { type ContractTest, withCode } from './store-under-test.ts';

export function busContract(test: ContractTest): void {
  test('S5 every subscriber of a subject gets every message, in order', async ({ store }) => {
    const first = collect(store, 'contact/1', 3);
    const second = collect(store, 'contact/1', 3);
    const other = collect(store, 'contact/10', 1);
    for (const n of [1, 2, 3]) await store.publish('contact/1', { n });
    await store.publish('contact/10', 'other');
    assert.deepEqual(await first, [{ n: 1 }, { n: 2 }, { n: 3 }]);
    assert.deepEqual(await second, [{ n: 1 }, { n: 2 }, { n: 3 }]);
    assert.deepEqual(await other, ['other']);
  });

  test('S5 a message arrives as it was when it was published', async ({ store }) => {
    const received = collect(store, 'contact/1', 1);
    const message = { list: [1] };
    const published = store.publish('contact/1', message);
    message.list.push(2);
    await published;
    assert.deepEqual(await received, [{ list: [1] }]);
  });

  test('S5 who unsubscribes hears no more, and only that one', async ({ store }) => {
    const heard: unknown[] = [];
    const listen = (message: unknown) => heard.push(message);
    const keep = store.subscribe('contact/1', listen);
    const stop = store.subscribe('contact/1', listen);
    stop();
    stop();
    const fence = collect(store, 'contact/1', 1);
    await store.publish('contact/1', 'once');
    await fence;
    assert.deepEqual(heard, ['once']);
    keep();
  });

  test('S5 a message nobody listens to is gone', async ({ store }) => {
    await store.publish('contact/1', 'early');
    const received = collect(store, 'contact/1', 1);
    await store.publish('contact/1', 'late');
    assert.deepEqual(await received, ['late']);
  });

  test('S5 a subscriber that throws breaks neither the publisher nor the others', async ({ store }) => {
    const stops = [
      store.subscribe('contact/1', () => {
        throw new Error('thrown');
      }),
      store.subscribe('contact/1', () => Promise.reject(new Error('rejected'))),
    ];
    const received = collect(store, 'contact/1', 2);
    await store.publish('contact/1', 1);
    await store.publish('contact/1', 2);
    assert.deepEqual(await received, [1, 2]);
    for (const stop of stops) stop();
  });

  test('S5 a question gets the answer of who answers its subject', async ({ store }) => {
    store.answer('agent/anna', (message) => ({ asked: message }));
    store.answer('agent/ben', async (message) => await Promise.resolve(['ben', message]));
    store.answer('agent/carla', () => undefined);
    assert.deepEqual(await store.ask('agent/anna', { n: 1 }), { asked: { n: 1 } });
    assert.deepEqual(await store.ask('agent/ben', 2), ['ben', 2]);
    assert.equal(await store.ask('agent/carla', 3), null);
  });

  test('S5 a question nobody answers fails with store.nobody', async ({ store }) => {
    await assert.rejects(store.ask('agent/anna', 1), withCode('store.nobody'));
    const stop = store.answer('agent/anna', () => 'here');
    assert.equal(await store.ask('agent/anna', 1), 'here');
    stop();
    await assert.rejects(store.ask('agent/anna', 1), withCode('store.nobody'));
  });

  test('S5 a failing answer fails the question with store.unavailable', async ({ store }) => {
    store.answer('agent/anna', () => {
      throw new Error('thrown');
    });
    store.answer('agent/ben', () => Promise.reject(new Error('rejected')));
    await assert.rejects(store.ask('agent/anna', 1), withCode('store.unavailable'));
    await assert.rejects(store.ask('agent/ben', 1), withCode('store.unavailable'));
  });

  test('S5 a question ends when its signal aborts', async ({ store }) => {
    const asked = Promise.withResolvers<void>();
    store.answer('agent/anna', () => {
      asked.resolve();
      return new Promise(() => {});
    });
    const controller = new AbortController();
    const question = store.ask('agent/anna', 1, controller.signal);
    await asked.promise;
    const reason = new Error('too late');
    controller.abort(reason);
    await assert.rejects(question, (error) => error === reason);
    await assert.rejects(store.ask('agent/anna', 1, controller.signal), (error) => error === reason);
  });
}

/** The next `count` messages of the subject. */
export function collect(store: Store, subject: string, count: number): Promise<unknown[]> {
  const { promise, resolve } = Promise.withResolvers<unknown[]>();
  const messages: unknown[] = [];
  const stop = store.subscribe(subject, (message) => {
    messages.push(message);
    if (messages.length < count) return;
    stop();
    resolve(messages);
  });
  return promise;
}
