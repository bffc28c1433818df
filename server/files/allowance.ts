const SPAN = 10 * 60_000;
const MOST = 100;

/** How often each person may do something: so many times within a span that moves along. */
export class Allowance {
  readonly #clock: () => number;
  /** When, oldest first; people in the order of their newest. */
  readonly #times = new Map<string, number[]>();

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** Counts once, and says whether that was within bounds. What is refused does not count. */
  take(person: string): boolean {
    const since = this.#clock() - SPAN;
    for (const [someone, times] of this.#times) {
      if ((times.at(-1) ?? 0) > since) break;
      this.#times.delete(someone);
    }
    const recent = (this.#times.get(person) ?? []).filter((at) => at > since);
    if (recent.length >= MOST) return false;
    this.#times.delete(person);
    this.#times.set(person, [...recent, this.#clock()]);
    return true;
  }
}
