import type { Cancel, Timers } from './timers.ts';

/** Of the time-out: two looks at all who are watched are at least so far apart. */
const GRAIN = 0.01;

export interface Watched {
  /** When something was heard of it last, by the clock. */
  readonly heardAt: number;
  /** Told once that nothing was heard for too long. */
  silent(): void;
}

/**
 * Notices, within a hundredth of the time-out, who has been silent for that long. One timer for all, because a timer for each
 * costs more memory than the rest of what is kept of an idle peer.
 */
export class Watchdog {
  readonly #timeout: number;
  readonly #clock: () => number;
  readonly #timers: Timers;
  readonly #watched = new Set<Watched>();
  #cancel: Cancel | null = null;

  /** @param timeout milliseconds; `clock` gives milliseconds, too */
  constructor(timeout: number, clock: () => number, timers: Timers) {
    this.#timeout = timeout;
    this.#clock = clock;
    this.#timers = timers;
  }

  watch(one: Watched): void {
    this.#watched.add(one);
    if (!this.#cancel) this.#lookAfter(this.#timeout);
  }

  forget(one: Watched): void {
    this.#watched.delete(one);
    if (this.#watched.size > 0) return;
    this.#cancel?.();
    this.#cancel = null;
  }

  #lookAfter(delay: number): void {
    this.#cancel = this.#timers.after(delay, () => {
      this.#cancel = null;
      // Where one of them throws, the others are looked at soon.
      let left = 0;
      try {
        left = this.#look();
      } finally {
        if (this.#watched.size > 0 && !this.#cancel) this.#lookAfter(Math.max(left, this.#timeout * GRAIN));
      }
    });
  }

  /** Gives the milliseconds after which the next one may have been silent for too long. */
  #look(): number {
    const now = this.#clock();
    let soonest = this.#timeout;
    for (const one of this.#watched) {
      const left = one.heardAt + this.#timeout - now;
      if (left > 0) {
        soonest = Math.min(soonest, left);
        continue;
      }
      this.#watched.delete(one);
      one.silent();
    }
    return soonest;
  }
}
