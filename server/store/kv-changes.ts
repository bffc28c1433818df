import type { KnownLog } from './known-logs.ts';
import type { KvChange } from './kv-commit.ts';
import { ABSENT, PENDING } from './kv-draft.ts';
import { documentKey, entryKey } from './kv-keys.ts';
import { type KvRow, newRow } from './kv-row.ts';
import { type Appended, type LogRecord, type StoredRecord, StoreError, type Version } from './port.ts';

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
    weight: { mutations: 1, names: 2 * key.length, bytes: row?.bytes.length ?? 0 },
    prepare: async (draft) => {
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

/** Appends a record once; `known` gives what is known of its log, and `catchUp` learns the rest. */
export function appendRecord<R extends LogRecord>(
  log: string,
  id: string,
  text: string,
  known: () => KnownLog,
  catchUp: () => Promise<void>,
): KvChange<Appended<R>> {
  const row = newRow(`${log} ${id}`, text);
  return {
    target: logTarget(log),
    weight: { mutations: 1, names: 2 * log.length, bytes: row.bytes.length },
    prepare: async (draft) => {
      if (!draft.believing || known().head === 0) await draft.once(log, catchUp);
    },
    async apply(draft) {
      const there = draft.appended.get(log)?.get(id) ?? known().offsets.get(id);
      if (there === undefined) {
        const offset = draft.append(log, id, row, known().head);
        return () => ({ ...entryOf<R>(offset, text), duplicate: false });
      }
      const first = (await draft.look(entryKey(log, there))).row;
      if (!first) throw new StoreError('store.corrupt', `Cannot read ${log}: its entry ${there} is missing`);
      return () => ({ ...entryOf<R>(there, first.text), duplicate: first.mark !== row.mark });
    },
  };
}

export const documentTarget = (key: string): string => `document ${key}`;
export const logTarget = (log: string): string => `log ${log}`;

/** Offsets have no gaps here, so the one before is one less. */
export function entryOf<R extends LogRecord>(offset: number, text: string): StoredRecord<R> {
  return { offset, previous: offset - 1, record: JSON.parse(text) as R };
}
