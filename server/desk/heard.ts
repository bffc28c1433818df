import type { LogEntry } from '../../core/protocol/server-frames.ts';

/**
 * How far the windows that are connected here have heard the log of each contact without a gap, as far as this instance
 * knows. Only asked where word of an entry may have been lost on the way from another instance.
 */
export class Heard {
  readonly #offsets = new Map<string, number>();
  readonly #isNeeded: boolean;

  /** @param isNeeded whether there may be other instances at all */
  constructor(isNeeded: boolean) {
    this.#isNeeded = isNeeded;
  }

  /** A window was shown the log up to here. Who was there before it may have heard less, and that stays what counts. */
  begin(contact: string, head: number): void {
    if (this.#isNeeded && !this.#offsets.has(contact)) this.#offsets.set(contact, head);
  }

  /** All windows were told of an entry. What comes before the first of them they ask for themselves. */
  note(contact: string, { offset, previous }: Pick<LogEntry, 'offset' | 'previous'>): void {
    if (!this.#isNeeded) return;
    const heard = this.#offsets.get(contact) ?? previous;
    if (previous <= heard && heard < offset) this.#offsets.set(contact, offset);
  }

  of(contact: string): number | undefined {
    return this.#offsets.get(contact);
  }

  /** Of which contacts windows have heard. */
  contacts(): Iterable<string> {
    return this.#offsets.keys();
  }

  forget(contact: string): void {
    this.#offsets.delete(contact);
  }
}
