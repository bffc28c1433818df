import type { LoggedEvent, Side } from '../../core/contact/model.ts';
import { PAGE_SIZE } from '../../core/protocol/limits.ts';
import type { Position } from '../../core/protocol/schemas.ts';
import type {
  EventEntry,
  FileEntry,
  LogEntry,
  MessageEntry,
  NoteEntry,
  ServerFrameOf,
} from '../../core/protocol/server-frames.ts';
import { visibleTo } from '../../core/transcript/visible.ts';
import type { Store, StoredRecord } from '../store/port.ts';

export type MessageRecord = Omit<MessageEntry, 'offset' | 'previous'>;
export type EventRecord = Omit<EventEntry, 'offset' | 'previous'>;
export type FileRecord = Omit<FileEntry, 'offset' | 'previous'>;
export type NoteRecord = Omit<NoteEntry, 'offset' | 'previous'>;
/** Holds the id of a message that was refused for good, so that no copy of it, under way elsewhere, is written later. */
export type RefusedRecord = { readonly id: string; readonly at: number; readonly kind: 'hidden' };
type EntryRecord = MessageRecord | EventRecord | FileRecord | NoteRecord | RefusedRecord;

/** Ids of event lines follow from the change they tell of, so that writing one again is a duplicate. */
export const eventRecord = (rev: number, n: number, event: LoggedEvent, at: number): EventRecord => ({
  id: `e-${rev}-${n}`,
  at,
  kind: 'event',
  ...event,
});

/** A message with such an id would pass for an event line written already, or for what stands in place of a note. */
export const isEventId = (id: string): boolean => /^(e-\d+-\d+|h-\d+)$/.test(id);

/** The conversations, as entries of the wire. */
export class ContactLog {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Writes an entry once; `duplicate` says that it stood there already. Resolves when it is on disk. */
  async append(contact: string, record: EntryRecord): Promise<{ entry: LogEntry; duplicate: boolean }> {
    const appended = await this.#store.append<EntryRecord>(contact, record);
    return { entry: entryOf(appended), duplicate: appended.duplicate };
  }

  /** The page that follows a position, or the first page where the position means nothing in this log, as a side may see it. */
  async page(
    contact: string,
    position: Omit<Position, 'contact'> | null,
    side: Side,
  ): Promise<ServerFrameOf<'log.page'>> {
    const { epoch } = this.#store;
    const after = position?.epoch === epoch ? position.offset : null;
    let page = await this.#store.read<EntryRecord>(contact, after ?? 0, PAGE_SIZE);
    const recovered = after !== null && after <= page.head;
    if (after !== null && !recovered) page = await this.#store.read<EntryRecord>(contact, 0, PAGE_SIZE);
    return {
      type: 'log.page',
      contact,
      epoch,
      recovered,
      after: recovered ? after : 0,
      head: page.head,
      entries: page.entries.map((stored) => visibleTo(side, entryOf(stored))),
    };
  }

  /** The entry with an id, or null. Reads through the log, so for rare questions only. */
  async find(contact: string, id: string): Promise<LogEntry | null> {
    for await (const entry of this.since(contact, 0)) if (entry.id === id) return entry;
    return null;
  }

  /** The entries behind an offset, in their order. */
  async *since(contact: string, offset: number): AsyncGenerator<LogEntry> {
    for (let after = offset; ; ) {
      const { entries, head } = await this.#store.read<EntryRecord>(contact, after);
      yield* entries.map(entryOf);
      after = entries.at(-1)?.offset ?? head;
      if (after >= head) return;
    }
  }

  /** Offset of the newest entry, 0 for none. */
  async head(contact: string): Promise<number> {
    return (await this.#store.read(contact, Number.MAX_SAFE_INTEGER, 1)).head;
  }
}

const entryOf = ({ offset, previous, record }: StoredRecord<EntryRecord>): LogEntry => ({
  ...record,
  offset,
  previous,
});
