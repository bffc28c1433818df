/**
 * Counts observations by size. Observing costs some nanoseconds and allocates nothing, so that it may stand on the way of
 * every message.
 */
export class Histogram {
  /** Upper bounds, rising; what is larger than the last is counted beyond it. */
  readonly bounds: readonly number[];
  readonly #counts: Float64Array;
  #sum = 0;

  constructor(bounds: readonly number[]) {
    this.bounds = bounds;
    this.#counts = new Float64Array(bounds.length + 1);
  }

  observe(value: number): void {
    const { bounds } = this;
    let n = 0;
    // From below: nearly all that is observed is small.
    while (n < bounds.length && value > (bounds[n] as number)) n++;
    (this.#counts[n] as number) += 1;
    this.#sum += value;
  }

  get sum(): number {
    return this.#sum;
  }

  get count(): number {
    return this.#counts.reduce((sum, count) => sum + count, 0);
  }

  /** How many were no larger than each bound, and at last all of them. */
  cumulative(): number[] {
    let sum = 0;
    return Array.from(this.#counts, (count) => {
      sum += count;
      return sum;
    });
  }
}
