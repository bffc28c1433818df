import type { Store } from '../../server/store/port.ts';
import type { RawClient } from './frames.ts';
import type { ManualTimers } from './manual-timers.ts';

/** Milliseconds that pass at once: less than what instances do twice within. */
const STEP = 250;

/** Lets time pass, no faster than a socket and the store keep up with it, until something has happened. */
export async function passing<T>(
  time: ManualTimers,
  store: Store,
  witness: RawClient,
  happening: Promise<T>,
): Promise<T> {
  let isOver = false;
  const over = happening.finally(() => {
    isOver = true;
  });
  over.catch(() => {});
  const pace = `pace/${crypto.randomUUID()}`;
  let version: string | null = null;
  while (!isOver) {
    // What others write takes as long.
    version = await store.put(pace, 0, version);
    await witness.settled();
    if (!isOver) time.advance(STEP);
  }
  return await over;
}
