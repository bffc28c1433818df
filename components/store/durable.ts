import { createStore, get, promisifyRequest, update } from 'idb-keyval';

/** `durable.unavailable`: this browser keeps nothing here (private mode, blocked). `durable.full`: no space left. */
export type DurableErrorCode = 'durable.unavailable' | 'durable.full';

export class DurableError extends Error {
  constructor(
    readonly code: DurableErrorCode,
    cause: unknown,
  ) {
    super(
      `Cannot store data in this browser: ${code === 'durable.full' ? 'no space left' : 'storage is blocked'}`,
      {
        cause,
      },
    );
  }
}

/**
 * Values under string keys in an IndexedDB database of their own. Values are structured clones (plain data, Blobs).
 * Every method rejects with a `DurableError` when the browser refuses.
 */
export interface Durable {
  get<T>(key: string): Promise<T | undefined>;
  set(key: string, value: unknown): Promise<void>;
  /** Atomic: all entries are stored, or none. */
  setMany(entries: readonly (readonly [key: string, value: unknown])[]): Promise<void>;
  /** Atomic read and write; `change` answers at once. */
  update<T>(key: string, change: (value: T | undefined) => T): Promise<void>;
  del(key: string): Promise<void>;
  /** Atomic: all keys are removed, or none. */
  delMany(keys: readonly string[]): Promise<void>;
  /** Removes every key that begins with `prefix`. */
  delPrefix(prefix: string): Promise<void>;
  /** All pairs whose key begins with `prefix`, in key order (UTF-16: pad numbers). */
  entries<T>(prefix: string): Promise<[key: string, value: T][]>;
  clear(): Promise<void>;
}

/** Opens (lazily, on first use) the database `name`. */
export function openDurable(name: string): Durable {
  const store = createStore(name, 'pairs');
  const write = (change: (pairs: IDBObjectStore) => void): Promise<void> =>
    guard(() =>
      store('readwrite', (pairs) => {
        const { transaction } = pairs;
        try {
          change(pairs);
          // From here on it is carried out even when the page goes away meanwhile.
          transaction.commit();
        } catch (cause) {
          transaction.abort(); // It would commit what was put before the throw.
          throw cause;
        }
        return promisifyRequest(transaction);
      }),
    );
  return {
    get: (key) => guard(() => get(key, store)),
    set: (key, value) => write((pairs) => pairs.put(value, key)),
    setMany: (entries) =>
      write((pairs) => {
        for (const [key, value] of entries) pairs.put(value, key);
      }),
    update: (key, change) => guard(() => update(key, change, store)),
    del: (key) => write((pairs) => pairs.delete(key)),
    delMany: (keys) =>
      write((pairs) => {
        for (const key of keys) pairs.delete(key);
      }),
    delPrefix: (prefix) => write((pairs) => pairs.delete(begins(prefix))),
    entries: <T>(prefix: string) =>
      guard(() =>
        store('readonly', async (pairs) => {
          const range = begins(prefix);
          const [keys, values] = await Promise.all([
            promisifyRequest(pairs.getAllKeys(range)),
            promisifyRequest<T[]>(pairs.getAll(range)),
          ]);
          return values.map((value, at): [string, T] => [keys[at] as string, value]);
        }),
      ),
    clear: () => write((pairs) => pairs.clear()),
  };
}

const begins = (prefix: string) => IDBKeyRange.bound(prefix, `${prefix}\uffff`);

async function guard<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw typed(cause);
  }
}

function typed(cause: unknown): unknown {
  const name = (cause as Error | null)?.name;
  // A failed write may end its transaction before the transaction carries the error: the reason arrives as null.
  if (!cause || name === 'QuotaExceededError') return new DurableError('durable.full', cause);
  // Mistakes of the caller stay what they are: a value that cannot be cloned, a throwing `change`.
  if (name === 'DataCloneError' || (globalThis.indexedDB && !(cause instanceof DOMException))) return cause;
  return new DurableError('durable.unavailable', cause);
}
