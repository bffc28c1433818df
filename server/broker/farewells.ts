import type { Cancel, Timers } from './timers.ts';

/** Milliseconds between two rounds of goodbyes, and how many are said in one: to close a socket costs as much as to pass four frames on. */
const PAUSE = 5;
const AT_ONCE = 10;

/** The goodbyes to peers who are too many: a few at a time, because those who stay wait for them. */
export class Farewells {
  readonly #timers: Timers;
  readonly #waiting: (() => void)[] = [];
  #cancel: Cancel | null = null;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  add(farewell: () => void): void {
    this.#waiting.push(farewell);
    if (!this.#cancel) this.#sayLater();
  }

  /** Says all of them now. */
  flush(): void {
    this.#cancel?.();
    this.#cancel = null;
    for (const farewell of this.#waiting.splice(0)) farewell();
  }

  #sayLater(): void {
    this.#cancel = this.#timers.after(PAUSE, () => {
      this.#cancel = null;
      const some = this.#waiting.splice(0, AT_ONCE);
      if (this.#waiting.length > 0) this.#sayLater();
      for (const farewell of some) farewell();
    });
  }
}
