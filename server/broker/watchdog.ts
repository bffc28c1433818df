import type { Cancel, Timers } from './timers.ts';

export interface Watchdog {
  /** Something was heard, at this time of the clock. */
  feed(now: number): void;
  stop(): void;
}

/** Calls `bark` once when nothing was heard for `timeout` milliseconds. Feeding sets no timer, it only notes the time. */
export function createWatchdog(
  timeout: number,
  clock: () => number,
  timers: Timers,
  bark: () => void,
): Watchdog {
  let heard = clock();
  let cancel: Cancel;

  const watch = (delay: number) => {
    cancel = timers.after(delay, () => {
      const left = heard + timeout - clock();
      if (left > 0) watch(left);
      else bark();
    });
  };
  watch(timeout);

  return {
    feed(now) {
      heard = now;
    },
    stop: () => cancel(),
  };
}
