import { type KvRow, readRow } from './row.ts';

/** A row and its version, both null where there is none; the version of what a draft itself writes is {@link PENDING}. */
export interface SeenRow {
  readonly version: string | null;
  readonly row: KvRow | null;
}

export const PENDING = 'pending';
export const ABSENT: SeenRow = { version: null, row: null };

/**
 * One atomic operation while it is put together. The first attempt goes by what is believed to be there and
 * reads nothing; whatever was believed is checked with the commit. The attempts after it read.
 */
export class KvDraft {
  /** Whether this is the attempt that goes by beliefs. */
  readonly believing: boolean;
  readonly #kv: Deno.Kv;
  readonly #seen = new Map<string, { readonly key: Deno.KvKey; readonly seen: Promise<SeenRow> }>();
  readonly #checked = new Set<string>();
  readonly #written = new Map<string, { readonly key: Deno.KvKey; readonly row: KvRow | null }>();
  readonly #appended = new Map<string, Map<string, { readonly offset: number; readonly row: KvRow }>>();
  readonly #puts: { readonly key: Deno.KvKey; readonly value: Uint8Array | null }[] = [];
  readonly #afterwards: ((version: string) => void)[] = [];
  readonly #done = new Map<string, Promise<void>>();
  readonly #bells = new Map<string, Deno.KvKey>();

  constructor(kv: Deno.Kv, believing: boolean) {
    this.believing = believing;
    this.#kv = kv;
  }

  /** What this draft appends, by log and id. */
  get appended(): ReadonlyMap<string, ReadonlyMap<string, { readonly offset: number; readonly row: KvRow }>> {
    return this.#appended;
  }

  /** Will be called when the draft was committed, with the version of what it wrote. */
  afterwards(learn: (version: string) => void): void {
    this.#afterwards.push(learn);
  }

  /** Does something for the draft that several changes want, the first time only. */
  once(name: string, work: () => Promise<void>): Promise<void> {
    const done = this.#done.get(name) ?? work();
    this.#done.set(name, done);
    return done;
  }

  /** The row as this draft leaves it. `belief` stands for it in the first attempt. */
  async look(key: Deno.KvKey, belief?: SeenRow): Promise<SeenRow> {
    const name = nameOf(key);
    const written = this.#written.get(name);
    if (written) return written.row ? { version: PENDING, row: written.row } : ABSENT;
    const known = this.#seen.get(name);
    if (known) return await known.seen;
    const believed = this.believing ? belief : undefined;
    const seen = believed ? Promise.resolve(believed) : this.#read(key);
    this.#seen.set(name, { key, seen });
    if (believed) this.#checked.add(name);
    return await seen;
  }

  /** Lets the commit fail when the row, looked at before, is another by then. */
  hold(key: Deno.KvKey): void {
    this.#checked.add(nameOf(key));
  }

  /** Writes or deletes a row that was looked at; the commit fails when it is another by then. */
  replace(key: Deno.KvKey, row: KvRow | null): void {
    this.hold(key);
    this.overwrite(key, row);
  }

  /** Writes or deletes whatever is there. */
  overwrite(key: Deno.KvKey, row: KvRow | null): void {
    this.#written.set(nameOf(key), { key, row });
  }

  /** The same for what no change of this draft looks at. */
  put(key: Deno.KvKey, value: Uint8Array | null): void {
    this.#puts.push({ key, value });
  }

  /** Changes a row that says nothing, so that who watches it wakes up. */
  ring(key: Deno.KvKey): void {
    this.#bells.set(nameOf(key), key);
  }

  /** Writes a row where one of this version is, or (null) none; the commit fails when it is another by then. */
  renew(key: Deno.KvKey, version: string | null, row: KvRow): void {
    this.#seen.set(nameOf(key), { key, seen: Promise.resolve({ version, row: null }) });
    this.replace(key, row);
  }

  /** Counts an entry behind the head of a log, and gives its offset, and whether it is the first one of this draft. */
  append(
    log: string,
    id: string,
    row: KvRow,
    head: number,
  ): { readonly offset: number; readonly isFirst: boolean } {
    const appended = this.#appended.get(log) ?? new Map<string, { offset: number; row: KvRow }>();
    const isFirst = appended.size === 0;
    const offset = head + appended.size + 1;
    this.#appended.set(log, appended.set(id, { offset, row }));
    return { offset, isFirst };
  }

  /** Gives the version of what was written, or null when a check failed and nothing was. */
  async commit(): Promise<string | null> {
    const { size } = this.#checked;
    if (size + this.#written.size + this.#bells.size + this.#puts.length === 0) return '';
    const atomic = this.#kv.atomic();
    for (const name of this.#checked) {
      const known = this.#seen.get(name);
      if (known) atomic.check({ key: known.key, versionstamp: (await known.seen).version });
    }
    const written = [...this.#written.values()].map(({ key, row }) => ({ key, value: row?.bytes ?? null }));
    for (const { key, value } of [...written, ...this.#puts])
      if (value) atomic.set(key, value);
      else atomic.delete(key);
    for (const key of this.#bells.values()) atomic.sum(key, 1n);
    const result = await atomic.commit();
    if (!result.ok) return null;
    for (const learn of this.#afterwards) learn(result.versionstamp);
    return result.versionstamp;
  }

  async #read(key: Deno.KvKey): Promise<SeenRow> {
    const entry = await this.#kv.get(key);
    return entry.versionstamp === null ? ABSENT : { version: entry.versionstamp, row: readRow(entry) };
  }
}

/** Joined by what no part holds. */
const nameOf = (key: Deno.KvKey): string => key.join('\u0000');
