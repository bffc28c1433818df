/**
 * The changes that were issued and are not settled yet, by what they change, so that a read of the same thing
 * can wait for them.
 */
export class UnderWay {
  readonly #byTarget = new Map<string, Promise<void>>();

  /** Remembers a change until it is settled; gives it back. */
  track<T>(target: string, change: Promise<T>): Promise<T> {
    const before = this.of(target);
    const settled: Promise<void> = change
      .then(
        () => before,
        () => before,
      )
      .finally(() => {
        if (this.#byTarget.get(target) === settled) this.#byTarget.delete(target);
      });
    this.#byTarget.set(target, settled);
    return change;
  }

  /** Begins a change after those of the same target. */
  run<T>(target: string, change: () => Promise<T>): Promise<T> {
    const before = this.#byTarget.get(target);
    return this.track(target, before ? before.then(change) : change());
  }

  /** Resolves, and never rejects, when everything issued for the target is settled. */
  of(target: string): Promise<void> {
    return this.#byTarget.get(target) ?? Promise.resolve();
  }

  /** The same for every target. */
  async all(): Promise<void> {
    await Promise.all(this.#byTarget.values());
  }
}
