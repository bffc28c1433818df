/** Arrivals of one log that are filed whatever else there is. */
const FULL = 256;
/** That wait, of all logs together: of more, those that wait longest are filed, as many as come. */
const MOST = 4_096;
/** That have come since the one that waits longest, which is filed then. */
const BEHIND = 16_384;

/** An entry of a log that stands in the order of arrival, which its number is. */
export interface Arrival {
  readonly number: number;
  readonly offset: number;
  readonly id: string;
}

/**
 * Entries that stand in the order of their arrival still, and not yet with their log. An entry put behind its log at once makes a
 * page of the database dirty for itself alone; those that arrive one after the other share one, and those of a log that are filed
 * together share one again. This knows which ones wait, not what is in them.
 */
export class Arrivals<A extends Arrival> {
  /** By log, the one that waits longest first. */
  readonly #logs = new Map<string, { readonly since: number; readonly waiting: A[] }>();
  readonly #full = new Set<string>();
  #waiting = 0;
  #newest = 0;

  /** Those of a log, in order. */
  of(log: string): readonly A[] {
    return this.#logs.get(log)?.waiting ?? [];
  }

  /** Everything with a lower number is filed; Infinity when nothing waits. */
  get oldest(): number {
    const [first] = this.#logs.values();
    return first?.since ?? Number.POSITIVE_INFINITY;
  }

  /** Numbers rise from one call to the next. */
  add(log: string, arrival: A): void {
    const waiting = this.#logs.get(log)?.waiting ?? [];
    if (waiting.length === 0) this.#logs.set(log, { since: arrival.number, waiting });
    waiting.push(arrival);
    if (waiting.length === FULL) this.#full.add(log);
    this.#waiting += 1;
    this.#newest = arrival.number;
  }

  /**
   * The logs to be filed now: those that are full, and those that wait longest as long as too many wait or
   * have come since. What is filed of one may be said before the next is asked for.
   */
  *due(): Generator<string> {
    yield* this.#full;
    for (const [log, { since }] of this.#logs) {
      if (this.#waiting <= MOST && since + BEHIND > this.#newest) return;
      if (!this.#full.has(log)) yield log;
    }
  }

  /** The first `count` of a log are with it now. */
  filed(log: string, count: number): void {
    const waiting = this.#logs.get(log)?.waiting ?? [];
    this.#waiting -= waiting.splice(0, count).length;
    if (waiting.length < FULL) this.#full.delete(log);
    if (waiting.length === 0) this.#logs.delete(log);
  }

  clear(): void {
    this.#logs.clear();
    this.#full.clear();
    this.#waiting = 0;
  }
}
