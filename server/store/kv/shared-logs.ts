import { type KnownLog, KnownLogs } from '../known-logs.ts';
import type { LogPage, LogRecord } from '../port.ts';
import type { KvDraft } from './draft.ts';
import { ARRIVALS, entryKey, FILED, logKey } from './keys.ts';
import { entryOf, type KvLogs, learn, newest, rowsOf } from './logs.ts';
import { unpack } from './packet.ts';
import type { KvRow } from './row.ts';

/**
 * The logs of a database that others have open, too: each entry is a row behind the head of its log, in the way of whoever else
 * wants that place.
 */
export class KvSharedLogs implements KvLogs {
  readonly partner = null;
  readonly #kv: Deno.Kv;
  readonly #known = new KnownLogs();

  constructor(kv: Deno.Kv) {
    this.#kv = kv;
  }

  weigh(log: string) {
    return { names: 2 * log.length, isChecked: true };
  }

  /** What a process that had the database to itself has put into packets becomes rows. */
  async open(): Promise<void> {
    for (const prefix of [FILED, ARRIVALS])
      for await (const { key, value } of this.#kv.list<Uint8Array>({ prefix }, { batchSize: 1 })) {
        const atomic = this.#kv.atomic().delete(key);
        for (const { log, offset, row } of unpack(value)) atomic.set(entryKey(log, offset), row.bytes);
        await atomic.commit();
      }
  }

  known(log: string): KnownLog {
    return this.#known.recall(log);
  }

  async catchUp(log: string): Promise<void> {
    const known = this.known(log);
    for await (const { offset, row } of rowsOf(this.#kv, log, known.head, Number.MAX_SAFE_INTEGER))
      learn(known, offset, entryOf(offset, row.text).record.id);
  }

  append(draft: KvDraft, log: string, id: string, row: KvRow): number {
    const known = this.known(log);
    const { offset, isFirst } = draft.append(log, id, row, known.head);
    const key = entryKey(log, offset);
    // Entries have no gaps: who was quicker stands where the first of this draft would, and the commit fails.
    if (isFirst) draft.renew(key, null, row);
    else draft.overwrite(key, row);
    draft.afterwards(() => learn(known, offset, id));
    return offset;
  }

  async row(log: string, offset: number): Promise<KvRow | null> {
    const [stored] = await Array.fromAsync(rowsOf(this.#kv, log, offset - 1, 1));
    return stored?.offset === offset ? stored.row : null;
  }

  isOutdated(): Promise<boolean> {
    return Promise.resolve(false);
  }

  async read<R extends LogRecord>(log: string, after: number, limit: number): Promise<LogPage<R>> {
    const entries = await Array.fromAsync(rowsOf(this.#kv, log, after, limit), ({ offset, row }) =>
      entryOf<R>(offset, row.text),
    );
    const last = entries.at(-1)?.offset;
    const isWhole = last !== undefined && entries.length < limit;
    return { head: isWhole ? last : await newest(this.#kv, logKey(log)), entries };
  }
}
