import { type Appended, type LogRecord, StoreError, type Version } from '../port.ts';
import type { KvChange } from './commit.ts';
import { ABSENT, PENDING } from './draft.ts';
import { documentKey } from './keys.ts';
import { entryOf, type KvLogs } from './logs.ts';
import { besideInPacket } from './packet.ts';
import { type KvRow, newRow } from './row.ts';

/** What the store does to documents and logs, as changes of one atomic operation. */

/** Anything else the database refuses to compare with, and it is the version of nothing. */
const isVersion = (text: string): boolean => /^[0-9a-f]{20}$/.test(text);

/** Writes or (`row` null) deletes a document at the version expected; gives its version after that, or null on a conflict. */
export function replaceDocument(
  key: string,
  row: KvRow | null,
  expected: Version | null,
): KvChange<Version | null> {
  const at = documentKey(key);
  const belief = expected === null ? ABSENT : { version: expected, row: null };
  const believable = expected === null || isVersion(expected);
  return {
    target: documentTarget(key),
    weight: { mutations: 1, names: 2 * key.length, bytes: row?.size ?? 0 },
    async prepare(draft) {
      if (!draft.believing && believable) await draft.look(at);
    },
    async apply(draft) {
      if (!believable) return () => null;
      const seen = await draft.look(at, belief);
      if (row && seen.version !== PENDING && seen.row?.mark === row.mark) return () => seen.version;
      if (seen.version !== expected) return () => null;
      draft.replace(at, row);
      return (version) => version;
    },
  };
}

/** Appends a record once. */
export function appendRecord<R extends LogRecord>(
  logs: KvLogs,
  log: string,
  id: string,
  text: string,
): KvChange<Appended<R>> {
  const row = newRow(`${log} ${id}`, text, besideInPacket(log));
  return {
    target: logTarget(log),
    weight: { mutations: 1, bytes: row.size + log.length, ...logs.weigh(log) },
    prepare(draft) {
      if (draft.believing && logs.known(log).head > 0) return undefined;
      return draft.once(log, () => logs.catchUp(log));
    },
    apply(draft) {
      const first = draft.appended.get(log)?.get(id);
      if (first) return () => ({ ...entryOf<R>(first.offset, first.row.text), duplicate: true });
      const there = logs.known(log).offsets.get(id);
      if (there !== undefined) return duplicate<R>(logs.row(log, there), log, there, row);
      const offset = logs.append(draft, log, id, row);
      return () => ({ ...entryOf<R>(offset, text), duplicate: false });
    },
  };
}

async function duplicate<R extends LogRecord>(
  standing: Promise<KvRow | null>,
  log: string,
  offset: number,
  row: KvRow,
): Promise<() => Appended<R>> {
  const first = await standing;
  if (!first) throw new StoreError('store.corrupt', `Cannot read ${log}: its entry ${offset} is missing`);
  // What bears our own mark we have written ourselves, and only its acknowledgement was lost.
  return () => ({ ...entryOf<R>(offset, first.text), duplicate: first.mark !== row.mark });
}

export const documentTarget = (key: string): string => `document ${key}`;
export const logTarget = (log: string): string => `log ${log}`;
