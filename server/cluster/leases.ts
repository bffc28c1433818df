import type { Store, Version } from '../store/port.ts';

const PREFIX = 'instance/';
/** More than any two clocks differ, in milliseconds: a lease that ended before is over at first sight. */
const LONG_OVER = 600_000;
const keyOf = (instance: string): string => PREFIX + instance;

/** What an instance writes to show that it lives. */
export interface Lease {
  /** When it counts as gone unless renewed, milliseconds since the epoch. */
  readonly until: number;
  /** Number of the last message it had told. */
  readonly told: number;
}

/** The sign of life of another instance. */
interface Sign {
  readonly version: Version;
  /** Since when it has been seen unchanged. By our own clock: those of others may go differently. */
  readonly since: number;
}

/**
 * Who lives. Whoever finds a lease that was not renewed deletes it by compare-and-set: with that the instance is dead, and
 * it finds out itself when it cannot renew.
 */
export class Leases {
  readonly #store: Store;
  readonly #clock: () => number;
  readonly #length: number;
  readonly #signs = new Map<string, Sign>();
  #mine: Version | null = null;

  /** @param length milliseconds without a renewal after which an instance is dead */
  constructor(store: Store, clock: () => number, length: number) {
    this.#store = store;
    this.#clock = clock;
    this.#length = length;
  }

  /** Shows for the first time that `me` lives. */
  async begin(me: string): Promise<void> {
    this.#mine = await this.#store.put<Lease>(keyOf(me), this.#lease(0), null);
  }

  /** Gives false when others have taken `me` for dead. */
  async renew(me: string, told: number): Promise<boolean> {
    const key = keyOf(me);
    while (this.#mine !== null) {
      const renewed = await this.#store.put<Lease>(key, this.#lease(told), this.#mine);
      // Nobody else writes it: what is there is from a renewal that seemed to fail.
      this.#mine = renewed ?? (await this.#store.get<Lease>(key))?.version ?? null;
      if (renewed !== null) return true;
    }
    return false;
  }

  async end(me: string): Promise<void> {
    if (this.#mine !== null) await this.#store.delete(keyOf(me), this.#mine);
    this.#mine = null;
  }

  /**
   * The others who live. An instance that was held up itself cannot tell how long others have been silent; one that has just
   * begun knows of none how long, and takes only those for dead who must be.
   */
  async others(me: string, state: 'beginning' | 'held up' | 'punctual'): Promise<ReadonlyMap<string, Lease>> {
    const now = this.#clock();
    const living = new Map<string, Lease>();
    for (const { key, version, value } of await this.#store.list<Lease>(PREFIX)) {
      const id = key.slice(PREFIX.length);
      if (id === me) continue;
      const sign = this.#signs.get(id);
      const since = sign?.version === version && state === 'punctual' ? sign.since : now;
      this.#signs.set(id, { version, since });
      const isOver = now - since >= this.#length || (state === 'beginning' && value.until + LONG_OVER < now);
      if (isOver && (await this.#store.delete(key, version))) continue;
      living.set(id, value);
    }
    for (const id of this.#signs.keys()) if (!living.has(id)) this.#signs.delete(id);
    return living;
  }

  #lease(told: number): Lease {
    return { until: this.#clock() + this.#length, told };
  }
}
