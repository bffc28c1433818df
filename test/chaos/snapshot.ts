import type { Contact } from '../../core/contact/contact.ts';
import type { LogEntry } from '../../core/protocol/server-frames.ts';
import type { StoredContact } from '../../server/desk/stored-contact.ts';
import type { Store, StoredRecord } from '../../server/store/port.ts';

/** A contact as it is on disk. */
export interface Kept {
  readonly contact: Contact;
  readonly log: readonly LogEntry[];
}

/** All contacts in the store, by id. */
export type Snapshot = ReadonlyMap<string, Kept>;

const PREFIX = 'contact/';

export async function readStore(store: Store): Promise<Snapshot> {
  const kept = new Map<string, Kept>();
  let after = '';
  while (true) {
    const page = await store.list<StoredContact>(PREFIX, { after });
    for (const { key, value } of page) {
      const id = key.slice(PREFIX.length);
      kept.set(id, { contact: value.contact, log: await readLog(store, id) });
    }
    const last = page.at(-1);
    if (!last) return kept;
    after = last.key;
  }
}

async function readLog(store: Store, contact: string): Promise<LogEntry[]> {
  const log: LogEntry[] = [];
  while (true) {
    const { entries, head } = await store.read(contact, log.at(-1)?.offset ?? 0);
    log.push(...entries.map(entryOf));
    if ((log.at(-1)?.offset ?? 0) >= head || entries.length === 0) return log;
  }
}

const entryOf = ({ offset, previous, record }: StoredRecord): LogEntry =>
  ({ ...record, offset, previous }) as unknown as LogEntry;
