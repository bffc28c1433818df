import type { Timers } from '../broker/timers.ts';

/** The bytes end where they should not. */
export class BrokenError extends Error {}

export interface ArrivingOptions {
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly timers: Timers;
  /** Breaks off. */
  readonly signal: AbortSignal;
}

/** After so many milliseconds without a byte the sender is taken for gone. */
const STALLED = 60_000;
/** Whoever needs longer than this for all of it never gets there. */
export const LONGEST = 60 * 60_000;

/**
 * What comes, until it ends.
 * @throws {BrokenError} when it breaks, stalls or is broken off
 */
export async function* arriving(
  body: ReadableStream<Uint8Array>,
  { clock, timers, signal }: ArrivingOptions,
): AsyncGenerator<Uint8Array> {
  const begun = clock();
  const reader = body.getReader();
  const broken = Promise.withResolvers<never>();
  // Also when nobody is waiting for it at that moment.
  broken.promise.catch(() => {});
  const fail = () => broken.reject(new BrokenError());
  if (signal.aborted) fail();
  signal.addEventListener('abort', fail);
  try {
    while (true) {
      if (clock() - begun > LONGEST) fail();
      const cancel = timers.after(STALLED, fail);
      const read = await Promise.race([reader.read().catch(rethrow), broken.promise]).finally(cancel);
      if (read.done) return;
      yield read.value;
    }
  } finally {
    signal.removeEventListener('abort', fail);
    // The sender learns at once that the rest is not wanted.
    reader.cancel().catch(() => {});
  }
}

const rethrow = (cause: unknown): never => {
  throw new BrokenError('Cannot read the file to its end', { cause });
};
