import { type Arrival, Arrivals } from './arrivals.ts';
import { type KnownLog, KnownLogs } from './known-logs.ts';
import type { KvDraft } from './kv-draft.ts';
import { ARRIVALS, entryKey, logKey, packetKey, TURN } from './kv-keys.ts';
import { untilUnlocked } from './kv-locked.ts';
import { type Packed, pack, unpack } from './kv-packet.ts';
import { type KvRow, newRow, readRow } from './kv-row.ts';
import type { LogPage, LogRecord, StoredRecord } from './port.ts';

/** The most that KV reads at once. */
export const BATCH_SIZE = 500;
/** Filed with one atomic operation at most: more than come with one, so that none wait for long. */
const FILED = { rows: 450, keyBytes: 40_000, bytes: 350_000 };
/** Of a key beside the name of the log. */
const KEY_OVERHEAD = 40;
/** Packets deleted with one. */
const PACKETS = 40;

type KvArrival = Arrival & Packed;

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
  /** Packets that are not deleted yet: the key by the number of the last entry. */
  readonly #packets = new Map<number, Deno.KvKey>();
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
      learn(known, offset, record.id);
    }
    for (const { offset, id } of this.#arrivals.of(log)) learn(known, offset, id);
  }

  /** Puts an entry behind the head of its log, and gives its offset; of a shared database the commit fails when another one stands there by then. */
  append(draft: KvDraft, log: string, id: string, row: KvRow): number {
    const known = this.known(log);
    const { offset, isFirst } = draft.append(log, id, row, known.head);
    if (!this.isShared) return offset;
    // Entries have no gaps: who was quicker stands where the first of this draft would.
    if (isFirst) draft.renew(entryKey(log, offset), null, row);
    else draft.overwrite(entryKey(log, offset), row);
    draft.afterwards(() => learn(known, offset, id));
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

  /** Puts what is appended down in the order of its arrival, and adds what is to be filed. */
  complete(draft: KvDraft): void {
    if (this.isShared) return;
    const moves = [this.#arrive(draft), this.#file(draft), this.#forget(draft)];
    if (!moves.includes(true)) return;
    draft.renew(TURN, this.#turn ?? null, newRow('turn', '1'));
    draft.afterwards((version) => {
      this.#turn = version;
    });
  }

  /** Nobody knows whether it went through. */
  failed(): void {
    this.#isSure = this.isShared;
  }

  #arrive(draft: KvDraft): boolean {
    const arrived: KvArrival[] = [];
    for (const [log, entries] of draft.appended)
      for (const [id, { offset, row }] of entries)
        arrived.push({ number: ++this.#number, log, offset, id, row });
    const packets = [...pack(arrived)].map(([value, entries]) => {
      const key = packetKey(entries[0]?.number ?? 0);
      draft.put(key, value);
      return { key, last: entries.at(-1)?.number ?? 0 };
    });
    draft.afterwards(() => {
      for (const { last, key } of packets) this.#packets.set(last, key);
      for (const arrival of arrived) {
        const { log, offset, id } = arrival;
        this.#arrivals.add(log, arrival);
        learn(this.known(log), offset, id);
      }
    });
    return arrived.length > 0;
  }

  #file(draft: KvDraft): boolean {
    const room = { ...FILED };
    const fits = ({ log, row }: KvArrival) => {
      room.rows -= 1;
      room.keyBytes -= KEY_OVERHEAD + log.length;
      room.bytes -= row.bytes.length;
      return Math.min(room.rows, room.keyBytes, room.bytes) >= 0;
    };
    for (const log of this.#arrivals.due()) {
      const waiting = this.#arrivals.of(log);
      let count = 0;
      for (const arrival of waiting) {
        if (!fits(arrival)) break;
        draft.put(entryKey(log, arrival.offset), arrival.row.bytes);
        count += 1;
      }
      draft.afterwards(() => this.#arrivals.filed(log, count));
      if (count < waiting.length) break;
    }
    return room.rows < FILED.rows;
  }

  /** Deletes the packets of which everything is filed. */
  #forget(draft: KvDraft): boolean {
    const gone: number[] = [];
    for (const [last, key] of this.#packets) {
      if (last >= this.#arrivals.oldest || gone.length === PACKETS) break;
      draft.put(key, null);
      gone.push(last);
    }
    draft.afterwards(() => {
      for (const last of gone) this.#packets.delete(last);
    });
    return gone.length > 0;
  }

  /** Files what waits, in one step or more, and knows nothing then. */
  async #fileAll(turn: Deno.KvEntryMaybe<unknown>): Promise<void> {
    const [packet] = await Array.fromAsync(this.#kv.list<Uint8Array>({ prefix: ARRIVALS }, { limit: 1 }));
    const atomic = this.#kv.atomic().check(turn).set(TURN, newRow('turn', '1').bytes);
    if (packet) {
      atomic.delete(packet.key);
      for (const { log, offset, row } of unpack(packet.value)) atomic.set(entryKey(log, offset), row.bytes);
    }
    const filed = await untilUnlocked(() => atomic.commit());
    if (!filed.ok || packet) return;
    this.#turn = filed.versionstamp;
    this.#known.clear();
    this.#arrivals.clear();
    this.#packets.clear();
  }

  /** Offset of the newest entry that is with its log, 0 for none. */
  async #newest(log: string): Promise<number> {
    const [newest] = await Array.fromAsync(
      this.#kv.list({ prefix: logKey(log) }, { limit: 1, reverse: true }),
    );
    return newest ? Number(newest.key.at(-1)) : 0;
  }
}

function learn(known: KnownLog, offset: number, id: string): void {
  known.head = offset;
  known.offsets.set(id, offset);
}

/** Offsets have no gaps here, so the one before is one less. */
export function entryOf<R extends LogRecord>(offset: number, text: string): StoredRecord<R> {
  return { offset, previous: offset - 1, record: JSON.parse(text) as R };
}
