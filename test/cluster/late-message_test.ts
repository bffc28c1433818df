import assert from 'node:assert/strict';
import type { LogRecord, Store } from '../../server/store/port.ts';
import { type Faults, SHARED, startInstances } from '../support/instances.ts';

/** Holds back what the instance writes into logs under one id. */
class SlowAppend implements Faults {
  readonly reached = Promise.withResolvers<void>();
  readonly #go = Promise.withResolvers<void>();
  readonly #id: string;

  constructor(id: string) {
    this.#id = id;
  }

  go(): void {
    this.#go.resolve();
  }

  wrap(store: Store): Store {
    return new Proxy(store, {
      get: (target, name: keyof Store) => {
        const value = target[name] as unknown;
        if (typeof value !== 'function') return value;
        const call = value.bind(target);
        if (name !== 'append') return call;
        return async (log: string, record: LogRecord) => {
          if (record.id === this.#id) {
            this.reached.resolve();
            await this.#go.promise;
          }
          return await call(log, record);
        };
      },
    });
  }
}

Deno.test('S6 S5 what was refused after the end is not written by an instance that is late, so that it may go elsewhere', async () => {
  await using data = await (SHARED.memory as NonNullable<typeof SHARED.memory>)();
  const faults = new SlowAppend('m1');
  await using instances = await startInstances(data, { faults });
  const { one, two } = instances;
  const message = { type: 'message.send', contact: 'c1', id: 'm1', text: 'hello', ref: 'm1' } as const;
  const { client, welcome } = await one.visitor();
  const token = welcome.you.side === 'visitor' ? welcome.you.token : '';
  client.send({ type: 'contact.open', contact: 'c1', service: 'sales', kind: 'chat' });
  await client.state(({ phase }) => phase === 'waiting');
  const anna = (await two.agent('anna')).client;
  anna.send({ type: 'contact.take', contact: 'c1' });
  await client.state(({ phase }) => phase === 'assigned');
  client.send(message);
  await faults.reached.promise;

  // The visitor gives the first instance up, and finds the contact ended.
  const again = (await two.visitor({ token })).client;
  again.send({ type: 'contact.end', contact: 'c1' });
  await again.state(({ phase }) => phase === 'ended');
  again.send(message);
  assert.equal((await again.next('error')).code, 'contact.ended');
  faults.go();
  assert.equal((await client.next('error')).code, 'contact.ended');
  again.send({ type: 'log.read', contact: 'c1', after: 0 });
  const page = await again.next('log.page', ({ entries }) => entries.length === 4);
  assert.deepEqual(
    page.entries.map(({ kind }) => kind),
    ['event', 'event', 'event', 'hidden'],
  );
  for (const reader of [again, anna]) {
    const { entry } = await reader.next('log.appended', ({ entry }) => entry.kind === 'hidden');
    assert.equal(entry.id, `h-${entry.offset}`);
  }
});
