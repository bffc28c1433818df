import { openChunkStore, type RecordingNote } from './chunk-store.ts';
import { claimed } from './claim.ts';

export { createRecorder } from './recorder.ts';

/**
 * Makes the file of a recording that ended, by itself or with its tab. The chunks stay on disk until `discard`, so a
 * failed upload or download can begin again.
 * @returns `vicino-CONTACT-DATE.webm` with duration and cues, or null when nothing of the recording was kept.
 * @throws {DurableError} when the disk cannot be read; {Error} when the chunks make no film.
 */
export async function finish(id: string): Promise<File | null> {
  const kept = await openChunkStore().read(id);
  if (!kept) return null;
  const { remux } = await import('../remux.ts');
  const film = await remux(new Blob([...kept.chunks]));
  return new File([film], fileName(kept.note), { type: 'video/webm' });
}

/** Recordings that no tab runs any more and nobody discarded, oldest first. */
export async function unfinished(): Promise<readonly RecordingNote[]> {
  const [notes, running] = await Promise.all([openChunkStore().notes(), claimed()]);
  return notes.filter(({ id }) => !running.has(id)).sort((a, b) => a.startedAt - b.startedAt);
}

/** Forgets a recording, once its file is where it should be. */
export function discard(id: string): Promise<void> {
  return openChunkStore().remove(id);
}

function fileName({ contact, startedAt }: RecordingNote): string {
  const date = new Date(startedAt).toISOString().slice(0, 19).replaceAll(':', '-');
  return `vicino-${contact.replace(/[^\w-]+/g, '-')}-${date}.webm`;
}
