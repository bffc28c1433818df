import type { KnownLog } from '../known-logs.ts';
import type { LogPage, LogRecord, StoredRecord } from '../port.ts';
import type { KvPartner } from './commit.ts';
import type { KvDraft } from './draft.ts';
import { entryKey, logKey } from './keys.ts';
import type { Packed } from './packet.ts';
import { type KvRow, readRow } from './row.ts';

/** The most that KV reads at once. */
export const BATCH_SIZE = 500;

/** Where the entries of logs are, and what is known of them. */
export interface KvLogs {
  /** Has a part in what is committed where entries move later. */
  readonly partner: KvPartner | null;
  /** What an append takes of the room for keys, and whether it takes a check. */
  weigh(log: string): { readonly names: number; readonly isChecked: boolean };
  /** Brings what others have left into the form of this one. */
  open(): Promise<void>;
  known(log: string): KnownLog;
  /** Learns the entries behind the head that is known. */
  catchUp(log: string): Promise<void>;
  /** Puts an entry behind the head of its log, and gives its offset. */
  append(draft: KvDraft, log: string, id: string, row: KvRow): number;
  /** What stands there; null: nothing. */
  row(log: string, offset: number): Promise<KvRow | null>;
  /** Whether somebody else may have appended what is not known, which {@link KvPartner.begin} learns. */
  isOutdated(): Promise<boolean>;
  read<R extends LogRecord>(log: string, after: number, limit: number): Promise<LogPage<R>>;
}

/** The entries of a log that are rows of their own. */
export async function* rowsOf(
  kv: Deno.Kv,
  log: string,
  after: number,
  limit: number,
): AsyncGenerator<Packed> {
  const range = { prefix: logKey(log), start: entryKey(log, after + 1) };
  for await (const entry of kv.list(range, { limit, batchSize: Math.min(limit, BATCH_SIZE) }))
    yield { log, offset: Number(entry.key.at(-1)), row: readRow(entry) };
}

/** The last part of the newest key behind a prefix, 0 for none. */
export async function newest(kv: Deno.Kv, prefix: Deno.KvKey): Promise<number> {
  const [entry] = await Array.fromAsync(kv.list({ prefix }, { limit: 1, reverse: true }));
  return entry ? Number(entry.key.at(-1)) : 0;
}

export function learn(known: KnownLog, offset: number, id: string): void {
  known.head = offset;
  known.offsets.set(id, offset);
}

/** Offsets have no gaps here, so the one before is one less. */
export function entryOf<R extends LogRecord>(offset: number, text: string): StoredRecord<R> {
  return { offset, previous: offset - 1, record: JSON.parse(text) as R };
}
