import { type Arrival, Arrivals } from './arrivals.ts';
import { type KnownLog, KnownLogs } from './known-logs.ts';
import type { KvDraft } from './kv-draft.ts';
import { ARRIVALS, arrivalKey, entryKey, logKey, TURN } from './kv-keys.ts';
import { untilUnlocked } from './kv-locked.ts';
import { type KvRow, newRow, readRow } from './kv-row.ts';
import type { LogPage, LogRecord, StoredRecord } from './port.ts';

/** The most that KV reads at once. */
export const BATCH_SIZE = 500;
/** Filed with one atomic operation at most: twice as many rows as come with it, for each is put somewhere and deleted elsewhere. */
const FILED = { rows: 480, keyBytes: 44_000, bytes: 350_000 };
/** Of a key beside the name of the log. */
const KEY_OVERHEAD = 40;
/** Rows that are filed together where nothing else is committed; the largest ones fit. */
const PAGE = 10;

interface KvArrival extends Arrival {
  readonly row: KvRow;
}

/**
 * Where the entries of logs are, and what is known of them. In a database that others have open, too, each stands behind the head of
 * its log, in the way of whoever else wants that place. In one of our own they stand in the order of their arrival first, and are filed
 * with what is committed later.
 */
export class KvLogs {
  readonly #kv: Deno.Kv;
  /** Whether others have the database open, too. */
  readonly isShared: boolean;
  readonly #known = new KnownLogs();
  readonly #arrivals = new Arrivals<KvArrival>();
  /** Keys of the arrivals that are not deleted yet, by number. */
  readonly #keys = new Map<number, Deno.KvKey>();
  /** Of the newest arrival. */
  #number = 0;
  /** Of the row that changes with every arrival, as it is known here; undefined: not yet. */
  #turn: string | null | undefined;
  /** Whether it may be another one by now. */
  #isSure = false;

  constructor(kv: Deno.Kv, isShared: boolean) {
    this.#kv = kv;
    this.isShared = isShared;
  }

  known(log: string): KnownLog {
    return this.#known.recall(log);
  }

  /** Learns the entries behind the head that is known. */
  async catchUp(log: string): Promise<void> {
    const known = this.known(log);
    const rest = { prefix: logKey(log), start: entryKey(log, known.head + 1) };
    for await (const entry of this.#kv.list(rest, { batchSize: BATCH_SIZE })) {
      const { offset, record } = entryOf(Number(entry.key.at(-1)), readRow(entry).text);
      known.head = offset;
      known.offsets.set(record.id, offset);
    }
    for (const { offset, id } of this.#arrivals.of(log)) {
      known.head = offset;
      known.offsets.set(id, offset);
    }
  }

  /** Puts an entry behind the head of its log, and gives its offset; of a shared database the commit fails when another one stands there by then. */
  append(draft: KvDraft, log: string, id: string, row: KvRow): number {
    const known = this.known(log);
    const { offset, isFirst } = draft.append(log, id, row, known.head);
    if (!this.isShared) this.#arrive(draft, log, { number: ++this.#number, offset, id, row });
    // Entries have no gaps: who was quicker stands where the first of this draft would.
    else if (isFirst) draft.renew(entryKey(log, offset), null, row);
    else draft.overwrite(entryKey(log, offset), row);
    draft.afterwards(() => {
      known.head = offset;
      known.offsets.set(id, offset);
    });
    return offset;
  }

  /** What stands there; null: nothing. */
  async row(draft: KvDraft, log: string, offset: number): Promise<KvRow | null> {
    const waiting = this.#arrivals.of(log).find((arrival) => arrival.offset === offset);
    return waiting?.row ?? (await draft.look(entryKey(log, offset))).row;
  }

  async read<R extends LogRecord>(log: string, after: number, limit: number): Promise<LogPage<R>> {
    // Before the database is asked: what is filed meanwhile is found there, too.
    const waiting = [...this.#arrivals.of(log)];
    const range = { prefix: logKey(log), start: entryKey(log, after + 1) };
    const found = this.#kv.list(range, { limit, batchSize: Math.min(limit, BATCH_SIZE) });
    const entries = await Array.fromAsync(found, (entry) =>
      entryOf<R>(Number(entry.key.at(-1)), readRow(entry).text),
    );
    const filed = entries.at(-1)?.offset;
    const isWhole = filed !== undefined && entries.length < limit;
    for (const { offset, row } of waiting)
      if (offset > (filed ?? after) && entries.length < limit) entries.push(entryOf<R>(offset, row.text));
    const newest = isWhole ? filed : await this.#newest(log);
    return { head: Math.max(newest, waiting.at(-1)?.offset ?? 0), entries };
  }

  /** Whether somebody else may have appended since, so that what is known here has to be learned anew. */
  async isOutdated(): Promise<boolean> {
    if (this.isShared) return false;
    this.#isSure &&= (await this.#kv.get(TURN)).versionstamp === this.#turn;
    return !this.#isSure;
  }

  /** Before each attempt to commit; what another process has put there, or left there, is filed first. */
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

  /** Adds to a draft what is to be filed with it. */
  complete(draft: KvDraft): void {
    if (this.isShared) return;
    const room = { ...FILED };
    const fits = (log: string, bytes: number) => {
      room.rows -= 1;
      room.keyBytes -= KEY_OVERHEAD + log.length;
      room.bytes -= bytes;
      return Math.min(...Object.values(room)) >= 0;
    };
    const gone: number[] = [];
    for (const [number, key] of this.#keys) {
      if (number >= this.#arrivals.oldest || !fits(String(key.at(-2)), 0)) break;
      draft.overwrite(key, null);
      gone.push(number);
    }
    for (const log of this.#arrivals.due()) {
      const waiting = this.#arrivals.of(log);
      const rest = waiting.findIndex(({ row }) => !fits(log, row.bytes.length));
      const now = rest === -1 ? waiting.length : rest;
      for (const { offset, row } of waiting.slice(0, now)) draft.overwrite(entryKey(log, offset), row);
      draft.afterwards(() => this.#arrivals.filed(log, now));
      if (rest !== -1) break;
    }
    if (draft.appended.size === 0 && room.rows === FILED.rows) return;
    draft.renew(TURN, this.#turn ?? null, newRow('turn', '1'));
    draft.afterwards((version) => {
      this.#turn = version;
      for (const number of gone) this.#keys.delete(number);
    });
  }

  /** Nobody knows whether it went through. */
  failed(): void {
    this.#isSure = this.isShared;
  }

  /** Files what waits, in one step or more, and knows nothing then. */
  async #fileAll(turn: Deno.KvEntryMaybe<unknown>): Promise<void> {
    const page = await Array.fromAsync(this.#kv.list<Uint8Array>({ prefix: ARRIVALS }, { limit: PAGE }));
    const atomic = this.#kv.atomic().check(turn).set(TURN, newRow('turn', '1').bytes);
    for (const { key, value } of page) {
      const [log, offset] = key.slice(-2) as [string, number];
      atomic.set(entryKey(log, offset), value).delete(key);
    }
    const filed = await untilUnlocked(() => atomic.commit());
    if (!filed.ok || page.length === PAGE) return;
    this.#turn = filed.versionstamp;
    this.#known.clear();
    this.#arrivals.clear();
    this.#keys.clear();
  }

  #arrive(draft: KvDraft, log: string, arrival: KvArrival): void {
    const key = arrivalKey(arrival.number, log, arrival.offset);
    draft.overwrite(key, arrival.row);
    draft.afterwards(() => {
      this.#keys.set(arrival.number, key);
      this.#arrivals.add(log, arrival);
    });
  }

  /** Offset of the newest entry that is with its log, 0 for none. */
  async #newest(log: string): Promise<number> {
    const [newest] = await Array.fromAsync(
      this.#kv.list({ prefix: logKey(log) }, { limit: 1, reverse: true }),
    );
    return newest ? Number(newest.key.at(-1)) : 0;
  }
}

/** Offsets have no gaps here, so the one before is one less. */
export function entryOf<R extends LogRecord>(offset: number, text: string): StoredRecord<R> {
  return { offset, previous: offset - 1, record: JSON.parse(text) as R };
}
