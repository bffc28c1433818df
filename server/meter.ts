/** Counts frames against a bucket of `burst`, refilled by `rate` per second. What is refused counts too. */
export class Meter {
  readonly #burst: number;
  readonly #rate: number;
  readonly #clock: () => number;
  #left: number;
  #at: number;

  constructor(burst: number, rate: number, clock: () => number) {
    this.#burst = burst;
    this.#rate = rate;
    this.#clock = clock;
    this.#left = burst;
    this.#at = clock();
  }

  /** Counts one, which came at `now` by the clock. `flood`: three times what is allowed came in spite of the refusals. */
  count(now = this.#clock()): 'pass' | 'refuse' | 'flood' {
    const refill = (Math.max(0, now - this.#at) / 1000) * this.#rate;
    this.#at = now;
    const least = -2 * this.#burst - 1;
    // Bounded, so that whoever is not cut off for a flood gets through again soon after it.
    this.#left = Math.max(least, Math.min(this.#burst, this.#left + refill) - 1);
    if (this.#left >= 0) return 'pass';
    return this.#left > least ? 'refuse' : 'flood';
  }
}
