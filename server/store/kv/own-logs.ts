import { type Arrival, Arrivals } from '../arrivals.ts';
import { type KnownLog, KnownLogs } from '../known-logs.ts';
import type { LogPage, LogRecord } from '../port.ts';
import type { KvPartner } from './commit.ts';
import type { KvDraft } from './draft.ts';
import { ARRIVALS, arrivalsKey, filedKey, filedLogKey, logKey, TURN } from './keys.ts';
import { untilUnlocked } from './locked.ts';
import { entryOf, type KvLogs, learn, newest, rowsOf } from './logs.ts';
import { type Packed, pack, unpack } from './packet.ts';
import { type KvRow, newRow } from './row.ts';

/** Bytes of entries that are filed with one commit at least, where so many are due, beside as many as come with it. */
const FILED = 2_000;
/** Packets deleted with one commit at most, beside as many as come with it. */
const DELETED = 3;
/** Packets that a process which finds them files together, and how many changes go into one commit then: the largest ones fit. */
const FILED_AT_ONCE = 400;
const CHANGES_AT_ONCE = 10;
/** Packets of a log that are read at once. */
const PACKETS = 32;

type KvArrival = Arrival & Packed;

/**
 * The logs of a database of our own. Entries are put down in packets in the order of their arrival, and filed later, with what is
 * committed then: those of a log in packets of its own, behind entries of former versions, which are rows.
 *
 * Should another process have the database open, too, whoever finds that the other one has put something down files all of it first.
 */
export class KvOwnLogs implements KvLogs, KvPartner {
  readonly partner = this;
  readonly #kv: Deno.Kv;
  readonly #known = new KnownLogs();
  readonly #arrivals = new Arrivals<KvArrival>();
  /** Packets of arrivals that are not deleted yet: the key by the number of the last entry. */
  readonly #packets = new Map<number, Deno.KvKey>();
  /** Of the newest arrival. */
  #number = 0;
  /** Of the row that changes with every arrival, as it is known here; undefined: not yet. */
  #turn: string | null | undefined;
  /** Whether it may be another one by now. */
  #isSure = false;

  constructor(kv: Deno.Kv) {
    this.#kv = kv;
  }

  weigh() {
    return { names: 0, isChecked: false };
  }

  open(): Promise<void> {
    return this.begin(true);
  }

  known(log: string): KnownLog {
    return this.#known.recall(log);
  }

  async catchUp(log: string): Promise<void> {
    const known = this.known(log);
    for await (const { offset, row } of this.#stored(log, known.head))
      learn(known, offset, entryOf(offset, row.text).record.id);
    for (const { offset, id } of this.#arrivals.of(log)) learn(known, offset, id);
  }

  append(draft: KvDraft, log: string, id: string, row: KvRow): number {
    return draft.append(log, id, row, this.known(log).head).offset;
  }

  async row(log: string, offset: number): Promise<KvRow | null> {
    const waiting = this.#arrivals.of(log).find((arrival) => arrival.offset === offset);
    if (waiting) return waiting.row;
    for await (const stored of this.#stored(log, offset - 1))
      return stored.offset === offset ? stored.row : null;
    return null;
  }

  async read<R extends LogRecord>(log: string, after: number, limit: number): Promise<LogPage<R>> {
    // Before the database is asked: what is filed meanwhile is found there, too.
    const waiting = [...this.#arrivals.of(log)];
    const found: Pick<Packed, 'offset' | 'row'>[] = [];
    for await (const stored of this.#stored(log, after)) if (found.push(stored) === limit) break;
    const filed = found.at(-1)?.offset;
    const isWhole = filed !== undefined && found.length < limit;
    const rest = waiting.filter(({ offset }) => offset > (filed ?? after));
    found.push(...rest.slice(0, limit - found.length));
    const head = Math.max(isWhole ? filed : await this.#newest(log), waiting.at(-1)?.offset ?? 0);
    return { head, entries: found.map(({ offset, row }) => entryOf<R>(offset, row.text)) };
  }

  async isOutdated(): Promise<boolean> {
    if ((await this.#kv.get(TURN)).versionstamp !== this.#turn) this.#isSure = false;
    return !this.#isSure;
  }

  async begin(believing: boolean): Promise<void> {
    if (!believing) this.failed();
    if (this.#isSure) return;
    for (;;) {
      const turn = await this.#kv.get(TURN);
      if (turn.versionstamp === this.#turn) break;
      await this.#fileAll(turn);
    }
    this.#isSure = true;
  }

  complete(draft: KvDraft): void {
    const arrived = this.#arrive(draft);
    const filed = this.#file(draft, arrived.bytes + FILED);
    const gone = this.#forget(draft, arrived.packets + DELETED);
    if (arrived.packets + filed + gone === 0) return;
    draft.renew(TURN, this.#turn ?? null, newRow('turn', '1'));
    draft.afterwards((version) => {
      this.#turn = version;
    });
  }

  failed(): void {
    this.#isSure = false;
  }

  /** @returns what is put down */
  #arrive(draft: KvDraft): { readonly packets: number; readonly bytes: number } {
    let [packets, bytes] = [0, 0];
    const arrived: KvArrival[] = [];
    for (const [log, entries] of draft.appended)
      for (const [id, { offset, row }] of entries)
        arrived.push({ number: ++this.#number, log, offset, id, row });
    for (const [value, entries] of pack(arrived)) {
      const [first, last] = [entries[0]?.number ?? 0, entries.at(-1)?.number ?? 0];
      packets += 1;
      bytes += value.length;
      draft.put(arrivalsKey(first), value);
      draft.afterwards(() => this.#packets.set(last, arrivalsKey(first)));
    }
    draft.afterwards(() => {
      for (const arrival of arrived) {
        this.#arrivals.add(arrival.log, arrival);
        learn(this.known(arrival.log), arrival.offset, arrival.id);
      }
    });
    return { packets, bytes };
  }

  /** @returns bytes of what is filed: when they are `enough`, the rest waits, so that nobody waits for it */
  #file(draft: KvDraft, enough: number): number {
    let bytes = 0;
    for (const log of this.#arrivals.due()) {
      if (bytes >= enough) break;
      for (const [value, entries] of pack(this.#arrivals.of(log))) {
        if (bytes >= enough) break;
        bytes += value.length;
        draft.put(filedKey(log, entries.at(-1)?.offset ?? 0), value);
        draft.afterwards(() => this.#arrivals.filed(log, entries.length));
      }
    }
    return bytes;
  }

  /** Deletes packets of arrivals that are filed, so many at most. @returns how many */
  #forget(draft: KvDraft, most: number): number {
    const gone: number[] = [];
    for (const [last, key] of this.#packets) {
      if (last >= this.#arrivals.oldest || gone.length === most) break;
      draft.put(key, null);
      gone.push(last);
    }
    draft.afterwards(() => {
      for (const last of gone) this.#packets.delete(last);
    });
    return gone.length;
  }

  /** Files some of what waits; knows nothing when there was none. */
  async #fileAll(turn: Deno.KvEntryMaybe<unknown>): Promise<void> {
    const packets = await Array.fromAsync(
      this.#kv.list<Uint8Array>({ prefix: ARRIVALS }, { limit: FILED_AT_ONCE }),
    );
    const changes: (readonly [Deno.KvKey, Uint8Array | null])[] = [];
    const waiting = packets.flatMap(({ value }) => unpack(value));
    for (const [log, entries] of Map.groupBy(waiting, (entry) => entry.log)) {
      // Some may be filed already: a packet is deleted when all of it is.
      const filed = await this.#newest(log);
      for (const [value, some] of pack(entries.filter(({ offset }) => offset > filed)))
        changes.push([filedKey(log, some.at(-1)?.offset ?? 0), value]);
    }
    changes.push(...packets.map(({ key }) => [key, null] as const));
    let version = turn.versionstamp;
    do {
      const atomic = this.#kv.atomic().check({ key: TURN, versionstamp: version });
      atomic.set(TURN, newRow('turn', '1').bytes);
      for (const [key, value] of changes.splice(0, CHANGES_AT_ONCE))
        if (value) atomic.set(key, value);
        else atomic.delete(key);
      const done = await untilUnlocked(() => atomic.commit());
      if (!done.ok) return;
      version = done.versionstamp;
    } while (changes.length > 0);
    if (packets.length > 0) return;
    this.#turn = version;
    this.#known.clear();
    this.#arrivals.clear();
    this.#packets.clear();
  }

  /** What is filed of a log. */
  async *#stored(log: string, after: number): AsyncGenerator<Packed> {
    yield* rowsOf(this.#kv, log, after, Number.MAX_SAFE_INTEGER);
    const range = { prefix: filedLogKey(log), start: filedKey(log, after + 1) };
    for await (const { value } of this.#kv.list<Uint8Array>(range, { batchSize: PACKETS }))
      for (const stored of unpack(value)) if (stored.offset > after) yield stored;
  }

  async #newest(log: string): Promise<number> {
    return (await newest(this.#kv, filedLogKey(log))) || (await newest(this.#kv, logKey(log)));
  }
}
