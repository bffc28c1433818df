import { type Durable, openDurable } from '../../store/durable.ts';
import type { RecordingNote } from '../../store/recorder-factory.ts';

/**
 * Recordings as they run: `recording/ID/N` holds the N-th chunk, `note/ID` what belongs to all of them. Each write is
 * done when its chunk is on disk; reads and writes reject with a `DurableError`.
 */
export interface ChunkStore {
  begin(note: RecordingNote): Promise<void>;
  append(id: string, index: number, chunk: Blob): Promise<void>;
  mark(id: string, stage: RecordingNote['stage']): Promise<void>;
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
    async mark(id, stage) {
      const note = await pairs.get<RecordingNote>(`note/${id}`);
      if (note) await pairs.set(`note/${id}`, { ...note, stage });
    },
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
