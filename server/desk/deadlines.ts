import type { Cancel, Timers } from '../broker/timers.ts';

/** Pause before a deadline that could not be met (the store failed) is tried again. */
const RETRY = 1_000;
/** Longest delay a timer takes. */
const MAX_DELAY = 2_147_483_647;

/** One timer, armed for whichever contact has something due first. */
export class Deadlines {
  readonly #due = new Map<string, number>();
  readonly #clock: () => number;
  readonly #timers: Timers;
  readonly #expire: (contact: string) => Promise<void>;
  readonly #failed: (error: unknown, contact: string) => void;
  #armedFor = Number.POSITIVE_INFINITY;
  #cancel: Cancel | undefined;
  #closed = false;

  constructor(deps: {
    readonly clock: () => number;
    readonly timers: Timers;
    /** Told of a contact with something due; must set its next deadline. */
    readonly expire: (contact: string) => Promise<void>;
    readonly failed: (error: unknown, contact: string) => void;
  }) {
    this.#clock = deps.clock;
    this.#timers = deps.timers;
    this.#expire = deps.expire;
    this.#failed = deps.failed;
  }

  /** Milliseconds since the epoch; null: nothing is due any more. */
  set(contact: string, at: number | null): void {
    if (this.#closed) return;
    if (at === null) {
      // The timer may be armed for this one: it then fires once for nothing, and is armed anew.
      this.#due.delete(contact);
      return;
    }
    this.#due.set(contact, at);
    if (at < this.#armedFor) this.#arm(at);
  }

  close(): void {
    this.#closed = true;
    this.#cancel?.();
    this.#due.clear();
  }

  #arm(at: number): void {
    this.#cancel?.();
    this.#armedFor = at;
    const delay = Math.min(Math.max(0, at - this.#clock()), MAX_DELAY);
    this.#cancel = this.#timers.after(delay, () => this.#fire());
  }

  #fire(): void {
    this.#armedFor = Number.POSITIVE_INFINITY;
    const now = this.#clock();
    let next = Number.POSITIVE_INFINITY;
    for (const [contact, at] of this.#due) {
      if (at > now) {
        next = Math.min(next, at);
        continue;
      }
      this.#due.delete(contact);
      this.#expire(contact).catch((error: unknown) => {
        this.#failed(error, contact);
        this.set(contact, this.#clock() + RETRY);
      });
    }
    if (next < this.#armedFor) this.#arm(next);
  }
}
