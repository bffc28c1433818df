/** Randomness that a seed decides. */
export class Random {
  #state: number;

  constructor(seed: number) {
    // Seeds that differ by one must not begin alike, and no state may be zero.
    this.#state = hash(`seed ${seed}`) || 1;
  }

  /** A source of its own, so that what one actor draws does not depend on when another does. */
  fork(name: string): Random {
    return new Random(hash(`${this.#state} ${name}`));
  }

  /** From 0 on, below 1. */
  next(): number {
    // Xorshift (Marsaglia, 2003).
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return (this.#state >>> 0) / 2 ** 32;
  }

  between(low: number, high: number): number {
    return low + this.next() * (high - low);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** One of them; throws when there is none. */
  pick<T>(items: readonly T[]): T {
    const item = items[Math.floor(this.next() * items.length)];
    if (item === undefined) throw new RangeError('Cannot pick: there is nothing to pick from');
    return item;
  }

  /** One of them, as often as its weight says. */
  weighted<T extends { readonly weight: number }>(items: readonly T[]): T {
    let left = this.next() * items.reduce((sum, { weight }) => sum + weight, 0);
    for (const item of items) {
      left -= item.weight;
      if (left < 0) return item;
    }
    return this.pick(items);
  }
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}
