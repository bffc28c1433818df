import { setImmediate } from 'node:timers';
import { StoreError } from '../port.ts';
import { UnderWay } from '../under-way.ts';
import { KvDraft } from './draft.ts';
import { kvError } from './error.ts';
import { untilUnlocked } from './locked.ts';

/** Bytes of a key beside the names in it. */
const KEY_OVERHEAD = 48;
/** After this many attempts of a batch its changes go one by one, so that those in dispute hold up no others. */
const TOGETHER = 3;
/** Each failed attempt is a change of somebody else that went through. */
const MAX_ATTEMPTS = 200;

export interface KvChange<T> {
  /** What a read has to name to wait for this change. One check serves all changes of a target. */
  readonly target: string;
  /** An upper bound of what it needs of one atomic operation; `names` are characters of names in keys. */
  readonly weight: {
    readonly mutations: number;
    readonly names: number;
    readonly bytes: number;
    /** Whether it holds its target by a check; default: yes. */
    readonly isChecked?: boolean;
  };
  /** Reads what {@link apply} will need, together with those of the other changes of the batch. */
  prepare?(draft: KvDraft): Promise<void> | undefined;
  /**
   * Adds the change to the draft, on top of what is in it; called again for every attempt. Gives what
   * acknowledges it, with the version of what was written.
   */
  apply(draft: KvDraft): ((version: string) => T) | Promise<(version: string) => T>;
}

/** What changes may take of one atomic operation, with room left for what one counts too low. */
export interface KvLimits {
  /** Targets of changes, each with its check. */
  readonly checks: number;
  readonly mutations: number;
  readonly keyBytes: number;
  readonly bytes: number;
}

/** Has a part in each atomic operation. */
export interface KvPartner {
  /** Before anything is put into a draft. */
  begin(believing: boolean): Promise<void>;
  /** When everything is in it. */
  complete(draft: KvDraft): void;
  /** When nobody knows whether it went through. */
  failed(): void;
}

interface Queued extends PromiseWithResolvers<unknown> {
  readonly change: KvChange<unknown>;
}

/**
 * Puts changes into as few atomic operations as possible, because the cost of one is its fsync or its way over
 * the network: one is under way, and behind it the next one gathers.
 */
export class KvCommit {
  readonly #kv: Deno.Kv;
  readonly #name: string;
  readonly #limits: KvLimits;
  readonly #partner: KvPartner | null;
  /** The last change of each target, as long as it is under way; those before it are settled no later. */
  readonly #newest = new Map<string, Promise<unknown>>();
  readonly #reads = new UnderWay();
  #queue: Queued[] = [];
  #busy = false;
  #closed = false;
  #commits = 0;

  /** `name` says in errors which store it was. */
  constructor(kv: Deno.Kv, name: string, limits: KvLimits, partner: KvPartner | null) {
    this.#kv = kv;
    this.#name = name;
    this.#limits = limits;
    this.#partner = partner;
  }

  /** Atomic operations committed so far. */
  get commits(): number {
    return this.#commits;
  }

  /** Resolves once the change is committed; rejects with a {@link StoreError}. */
  write<T>(change: KvChange<T>): Promise<T> {
    return this.#closed ? Promise.reject(this.#isClosed()) : this.#put(change);
  }

  /** Resolves when the partner has had its turn; for a read that is under way. */
  async turn(target: string): Promise<void> {
    const weight = { mutations: 0, names: 0, bytes: 0 };
    await this.#put({ target, weight, apply: () => () => {} });
  }

  /** Runs `query` behind every change issued before it: to the target, or to any. */
  async read<T>(target: string | null, query: () => Promise<T>): Promise<T> {
    if (this.#closed) throw this.#isClosed();
    return await this.#reads.track('', this.#query(target, query));
  }

  /** Commits what is under way, lets the reads finish and refuses everything later. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([this.#settled(), this.#reads.all()]);
  }

  #put<T>(change: KvChange<T>): Promise<T> {
    const queued = { change, ...Promise.withResolvers<unknown>() };
    this.#queue.push(queued);
    this.#newest.set(change.target, queued.promise);
    if (!this.#busy) {
      this.#busy = true;
      setImmediate(() => this.#drain());
    }
    return queued.promise as Promise<T>;
  }

  /** Resolves when everything is settled that was issued until now. */
  async #settled(): Promise<void> {
    await Promise.allSettled(this.#newest.values());
  }

  async #query<T>(target: string | null, query: () => Promise<T>): Promise<T> {
    if (target === null) await this.#settled();
    else await this.#newest.get(target)?.catch(() => {});
    try {
      return await query();
    } catch (error) {
      throw kvError(`read from the store at ${this.#name}`, error);
    }
  }

  async #drain(): Promise<void> {
    while (this.#queue.length > 0) {
      const batch = this.#take();
      await this.#commit(batch);
      for (const { change, promise } of batch)
        if (this.#newest.get(change.target) === promise) this.#newest.delete(change.target);
      // Frames that came meanwhile are read now, and their changes go with the next operation and not with the one behind it.
      await endOfTurn();
    }
    this.#busy = false;
  }

  /** The next changes that fit into one atomic operation, at least one. */
  #take(): Queued[] {
    const targets = new Set<string>();
    const total = { mutations: 0, keyBytes: 0, bytes: 0 };
    const end = this.#queue.findIndex(({ change: { target, weight } }) => {
      const { isChecked = true } = weight;
      if (isChecked) targets.add(target);
      total.mutations += weight.mutations;
      total.keyBytes += (weight.mutations + Number(isChecked)) * KEY_OVERHEAD + weight.names;
      total.bytes += weight.bytes;
      const { checks, mutations, keyBytes, bytes } = this.#limits;
      return (
        total.mutations > mutations ||
        total.keyBytes > keyBytes ||
        total.bytes > bytes ||
        targets.size > checks
      );
    });
    return this.#queue.splice(0, end === -1 ? this.#queue.length : Math.max(end, 1));
  }

  async #commit(batch: readonly Queued[]): Promise<void> {
    try {
      for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
        if (attempt === TOGETHER && batch.length > 1) return await this.#commitEach(batch);
        if (await this.#attempt(batch, attempt === 0)) return;
      }
      throw new Error('others change the same all the time');
    } catch (error) {
      this.#partner?.failed();
      // A row that cannot be read is the matter of the change that wants it.
      if (error instanceof StoreError && batch.length > 1) return await this.#commitEach(batch);
      const failure = kvError(`write to the store at ${this.#name}`, error);
      for (const { reject } of batch) reject(failure);
    }
  }

  async #commitEach(batch: readonly Queued[]): Promise<void> {
    for (const one of batch) await this.#commit([one]);
  }

  /** Gives whether it went through. */
  async #attempt(batch: readonly Queued[], believing: boolean): Promise<boolean> {
    await this.#partner?.begin(believing);
    const draft = new KvDraft(this.#kv, believing);
    const preparing = batch.map(({ change }) => change.prepare?.(draft)).filter((each) => each !== undefined);
    if (preparing.length > 0) await Promise.all(preparing);
    const acknowledgements: (() => void)[] = [];
    let version = '';
    for (const { change, resolve } of batch) {
      const applied = change.apply(draft);
      const acknowledge = applied instanceof Promise ? await applied : applied;
      acknowledgements.push(() => resolve(acknowledge(version)));
    }
    this.#partner?.complete(draft);
    const committed = await untilUnlocked(() => draft.commit());
    if (committed === null) return false;
    version = committed;
    this.#commits += 1;
    for (const acknowledge of acknowledgements) acknowledge();
    return true;
  }

  #isClosed(): StoreError {
    return new StoreError('store.closed', `Cannot use the store at ${this.#name}: it is closed`);
  }
}

const endOfTurn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
