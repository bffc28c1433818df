import { type Durable, openDurable } from '../../store/durable.ts';

/** What is known of a recording besides its chunks. */
export interface RecordingNote {
  readonly id: string;
  /** The contact it belongs to. */
  readonly contact: string;
  /** Of the other side. */
  readonly name: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** Media type of the chunks, codecs included. */
  readonly type: string;
}

/**
 * Recordings as they run: `recording/ID/N` holds the N-th chunk, `note/ID` what belongs to all of them. Each write is
 * done when its chunk is on disk; reads and writes reject with a `DurableError`.
 */
export interface ChunkStore {
  begin(note: RecordingNote): Promise<void>;
  append(id: string, index: number, chunk: Blob): Promise<void>;
  read(id: string): Promise<{ readonly note: RecordingNote; readonly chunks: readonly Blob[] } | null>;
  notes(): Promise<readonly RecordingNote[]>;
  remove(id: string): Promise<void>;
}

let database: Durable | undefined;

export function openChunkStore(): ChunkStore {
  database ??= openDurable('vicino-recordings');
  const pairs = database;
  const all = (id: string) => `recording/${id}/`;
  return {
    begin: (note) => pairs.set(`note/${note.id}`, note),
    append: (id, index, chunk) => pairs.set(all(id) + String(index).padStart(8, '0'), chunk),
    async read(id) {
      const note = await pairs.get<RecordingNote>(`note/${id}`);
      const chunks = await pairs.entries<Blob>(all(id));
      return note && chunks.length > 0 ? { note, chunks: chunks.map(([, chunk]) => chunk) } : null;
    },
    notes: async () => (await pairs.entries<RecordingNote>('note/')).map(([, note]) => note),
    async remove(id) {
      await pairs.delPrefix(all(id));
      await pairs.del(`note/${id}`);
    },
  };
}
