import { openKv } from '../../server/store/kv/kv.ts';
import { openNats } from '../../server/store/nats/nats.ts';
import type { Store } from '../../server/store/port.ts';
import { openSqlite } from '../../server/store/sqlite/sqlite.ts';
import { KvServer, useKvToken } from './kv-server.ts';
import { NatsServers } from './nats-server.ts';
import { type ServerOptions, startServer, type TestServer } from './server.ts';

/** Data that several instances share; gives each of them a store on it. */
export interface SharedData extends AsyncDisposable {
  open(): Promise<Store>;
}

/** Two instances on the same data, in this process. */
export interface Instances extends AsyncDisposable {
  readonly one: TestServer;
  readonly two: TestServer;
  /** One more. */
  start(options?: ServerOptions): Promise<TestServer>;
}

/** One store for all, as it is with instances in one process only: the same object, said to be shared. */
async function inMemory(): Promise<SharedData> {
  const sqlite = await openSqlite(':memory:');
  const store = new Proxy<Store>(sqlite, {
    get(target, name: keyof Store) {
      if (name === 'isShared') return true;
      if (name === 'close') return () => Promise.resolve();
      const value = target[name];
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return { open: () => Promise.resolve(store), [Symbol.asyncDispose]: () => sqlite.close() };
}

/** What happens to the store of an instance. */
export interface Faults {
  wrap(store: Store): Store;
}

/** Does what the process of an instance does that is stopped and goes on. */
export class Freezer implements Faults {
  #thawed = Promise.withResolvers<void>();

  constructor() {
    this.#thawed.resolve();
  }

  /** From here on nothing is read, written or heard, as in a process that was stopped. */
  freeze(): void {
    this.#thawed = Promise.withResolvers();
  }

  /** The process goes on: first with what it was told meanwhile. */
  thaw(): void {
    this.#thawed.resolve();
  }

  wrap(store: Store): Store {
    const late =
      (call: (...args: unknown[]) => unknown) =>
      async (...args: unknown[]) => {
        await this.#thawed.promise;
        return await call(...args);
      };
    return new Proxy(store, {
      get(target, name: keyof Store) {
        const value = target[name] as unknown;
        if (typeof value !== 'function') return value;
        const call = value.bind(target);
        if (name !== 'subscribe' && name !== 'answer') return late(call);
        return (subject: string, handler: () => unknown) => call(subject, late(handler));
      },
    });
  }
}

/** Loses what others tell the instance, as a bus may. */
export class Deafness implements Faults {
  isDeaf = false;

  wrap(store: Store): Store {
    return new Proxy(store, {
      get: (target, name: keyof Store) => {
        const value = target[name] as unknown;
        if (typeof value !== 'function') return value;
        const call = value.bind(target);
        if (name !== 'subscribe') return call;
        return (subject: string, handler: (message: unknown) => void) =>
          call(subject, (message: unknown) => {
            if (!this.isDeaf) handler(message);
          });
      },
    });
  }
}

async function overHttp(): Promise<SharedData> {
  useKvToken();
  const server = new KvServer();
  return {
    open: () => openKv(server.address),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

async function onNats(): Promise<SharedData> {
  const servers = await NatsServers.start();
  const address = servers.address('test');
  return {
    open: () => openNats(address),
    [Symbol.asyncDispose]: () => servers[Symbol.asyncDispose](),
  };
}

/** Where instances can share their data, by name. */
export const SHARED: Readonly<Record<string, () => Promise<SharedData>>> = {
  memory: inMemory,
  kv: overHttp,
  nats: onNats,
};

/** A server whose visitors come to the first and whose agents come to the second. */
export const apart = ({ one, two }: Pick<Instances, 'one' | 'two'>): TestServer => ({
  ...one,
  agent: (id, more) => two.agent(id, more),
});

export async function startInstances(
  data: SharedData,
  options: ServerOptions & { readonly faults?: Faults } = {},
): Promise<Instances> {
  const stores: Store[] = [];
  const servers: TestServer[] = [];
  const { faults } = options;
  const start = async (more: ServerOptions = {}): Promise<TestServer> => {
    const opened = await data.open();
    stores.push(opened);
    // Whatever happens happens to the first.
    const store = faults && servers.length === 0 ? faults.wrap(opened) : opened;
    const server = await startServer({ ...options, ...more, store });
    servers.push(server);
    return server;
  };
  return {
    one: await start(),
    two: await start(),
    start,
    async [Symbol.asyncDispose]() {
      await Promise.all(servers.map((server) => server.stop()));
      await Promise.all(stores.map((store) => store.close()));
    },
  };
}

/** How often to repeat what takes many turns: a KV server commits one thing after the other. */
const TIMES: Readonly<Record<string, number>> = { memory: 1, kv: 0.05, nats: 0.5 };

/** Registers a test once for each way to share data, with data of its own. `times` says of how many rounds how many to go. */
export function onShared(
  title: string,
  body: (instances: Instances, times: (rounds: number) => number) => Promise<void>,
  options: ServerOptions | (() => ServerOptions & { readonly faults?: Faults }) = {},
): void {
  for (const [name, create] of Object.entries(SHARED))
    Deno.test(`${title} [${name}]`, async () => {
      await using data = await create();
      await using instances = await startInstances(data, typeof options === 'function' ? options() : options);
      await body(instances, (rounds) => Math.ceil(rounds * (TIMES[name] ?? 1)));
    });
}
