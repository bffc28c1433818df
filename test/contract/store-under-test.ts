import type { Store, StoreErrorCode } from '../../server/store/port.ts';
import { StoreError } from '../../server/store/port.ts';

/** An adapter over data of its own; disposing closes the stores and removes the data. */
export interface StoreUnderTest extends AsyncDisposable {
  /** As last opened. */
  readonly store: Store;
  /** Closes the store and opens its data again. */
  reopen(): Promise<Store>;
  /** Opens one more store on the same data, as another instance would. */
  another(): Promise<Store>;
}

export type OpenStore = () => Promise<StoreUnderTest>;

/** What `open` opens, each time on the same data, which `remove` removes. */
export async function storeUnderTest(
  open: () => Promise<Store>,
  remove: () => Promise<void> = async () => {},
): Promise<StoreUnderTest> {
  let store = await open();
  const others: Store[] = [];
  return {
    get store() {
      return store;
    },
    async reopen() {
      await store.close();
      store = await open();
      return store;
    },
    async another() {
      const other = await open();
      others.push(other);
      return other;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([store, ...others].map((opened) => opened.close()));
      await remove();
    },
  };
}

/** Second argument of `assert.rejects` and `assert.throws`. */
export function withCode(code: StoreErrorCode): (error: unknown) => boolean {
  return (error) => error instanceof StoreError && error.code === code && error.message.startsWith('Cannot ');
}

/** Registers one test of the contract. */
export type ContractTest = (title: string, body: (subject: StoreUnderTest) => Promise<void>) => void;
