import { StoreError } from '../port.ts';

/** Gives the {@link StoreError} that says which `action` ("write to the store") the database refused and why. */
export function kvError(action: string, error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  const code = /disk is full/i.test(reason)
    ? 'store.full'
    : /malformed|not a database/i.test(reason)
      ? 'store.corrupt'
      : 'store.unavailable';
  return new StoreError(code, `Cannot ${action}: ${reason}`, { cause: error });
}
