/** What is known of a log: the ids of all its entries up to its head. */
export interface KnownLog {
  head: number;
  readonly offsets: Map<string, number>;
}

/** Logs whose ids are remembered. */
const MAX_LOGS = 2_000;

/**
 * Ids of the entries of the logs appended to lately. An entry is written only right behind the head known here,
 * so an id that is not among the known ones is in no entry at all, however long ago it may have come first.
 */
export class KnownLogs {
  readonly #logs = new Map<string, KnownLog>();

  /** With head 0 and no ids where nothing is known yet. */
  recall(log: string): KnownLog {
    const known = this.#logs.get(log) ?? { head: 0, offsets: new Map<string, number>() };
    // Those asked for last are at the end, so the first is the one to forget.
    this.#logs.delete(log);
    this.#logs.set(log, known);
    const [oldest = ''] = this.#logs.keys();
    if (this.#logs.size > MAX_LOGS) this.#logs.delete(oldest);
    return known;
  }

  clear(): void {
    this.#logs.clear();
  }
}
