import { StoreError, type StoreErrorCode } from '../port.ts';

/**
 * Primary result codes of https://sqlite.org/rescode.html; every other code means the store cannot be used
 * right now.
 */
const CODES: Readonly<Record<number, StoreErrorCode>> = {
  11: 'store.corrupt', // SQLITE_CORRUPT
  13: 'store.full', // SQLITE_FULL: the disk, or the limit set for the file
  26: 'store.corrupt', // SQLITE_NOTADB
};

/** Gives the {@link StoreError} that says which `action` ("write to the store") SQLite refused and why. */
export function sqliteError(action: string, error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new StoreError(codeOf(error), `Cannot ${action}: ${reason}`, { cause: error });
}

function codeOf(error: unknown): StoreErrorCode {
  if (!(error instanceof Error && 'errcode' in error && typeof error.errcode === 'number'))
    return 'store.unavailable';
  // The low byte is the primary code, the rest of an extended code only refines it.
  return CODES[error.errcode & 0xff] ?? 'store.unavailable';
}
