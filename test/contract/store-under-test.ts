import type { Store, StoreErrorCode } from '../../server/store/port.ts';
import { StoreError } from '../../server/store/port.ts';

/** An adapter over data of its own; disposing closes the store and removes the data. */
export interface StoreUnderTest extends AsyncDisposable {
  /** As last opened. */
  readonly store: Store;
  /** Closes the store and opens its data again. */
  reopen(): Promise<Store>;
}

export type OpenStore = () => Promise<StoreUnderTest>;

/** Second argument of `assert.rejects` and `assert.throws`. */
export function withCode(code: StoreErrorCode): (error: unknown) => boolean {
  return (error) => error instanceof StoreError && error.code === code && error.message.startsWith('Cannot ');
}

/** Registers one test of the contract. */
export type ContractTest = (title: string, body: (subject: StoreUnderTest) => Promise<void>) => void;
