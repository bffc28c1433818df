import type { Cancel, Timers } from '../../server/broker/timers.ts';

/** Time that passes only when a test says so. */
export class ManualTimers implements Timers {
  #now = 1_700_000_000_000;
  readonly #pending = new Set<{ readonly at: number; readonly run: () => void }>();

  readonly clock = (): number => this.#now;

  /** How many pieces of work wait. */
  get pending(): number {
    return this.#pending.size;
  }

  after(delay: number, run: () => void): Cancel {
    const entry = { at: this.#now + delay, run };
    this.#pending.add(entry);
    return () => this.#pending.delete(entry);
  }

  /** Lets `duration` milliseconds pass and runs what becomes due, in order. */
  advance(duration: number): void {
    const end = this.#now + duration;
    for (;;) {
      const next = [...this.#pending].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.#pending.delete(next);
      this.#now = next.at;
      next.run();
    }
    this.#now = end;
  }
}
