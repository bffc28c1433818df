import { fetchCode } from '../../store/fetch-code.ts';
import type { RecordingNote } from '../../store/recorder-factory.ts';
import { openChunkStore } from './chunk-store.ts';
import { claim, claimed, unclaim } from './claim.ts';
import { clearReserve } from './reserve.ts';
import { makeRoom } from './room.ts';
import { checkSound } from './sound.ts';

export { createRecorder } from './recorder.ts';
export { unclaim as release };

/** Comes with the recording: when that ends there may be no server to get it from. */
const loadRemux = () =>
  fetchCode(() => import('../remux.ts')).catch((cause: unknown) => {
    throw new Error(
      'Cannot make the file without the server. The recording is kept here: try again when the connection is back.',
      { cause },
    );
  });

/** Takes room for a recording. @throws {SoundError} or {RoomError} when there could be none. */
export async function prepare(): Promise<void> {
  loadRemux().catch(() => {}); // Tried again at the end.
  await checkSound();
  await makeRoom();
}

/**
 * Makes the file of a recording that ended, by itself or with its tab: the same bytes every time. The chunks stay on disk
 * until `discard`, so a failed upload or download can begin again.
 * @returns `recording-NAME-DATE.webm` with duration and cues, or null when nothing of the recording was kept, or another tab
 * is at it.
 * @throws {DurableError} when the disk cannot be read; {Error} when the chunks make no film, or what makes it did not come.
 */
export async function finish(id: string): Promise<File | null> {
  if (!(await claim(id))) return null;
  const kept = await openChunkStore().read(id);
  if (!kept) return null;
  const { remux } = await loadRemux();
  const film = await remux(new Blob([...kept.chunks]));
  return new File([film], `${nameOf(kept.note)}.webm`, { type: film.type });
}

/** The same film as MP4. @throws {Error} when players of MP4 would not know its pictures. */
export async function asMp4(file: File): Promise<File> {
  const { remux } = await loadRemux();
  const film = await remux(file, 'mp4');
  return new File([film], file.name.replace(/webm$/, 'mp4'), { type: film.type });
}

/** Recordings that no tab has and nobody discarded, oldest first. */
export async function unfinished(): Promise<readonly RecordingNote[]> {
  const [notes, taken] = await Promise.all([openChunkStore().notes(), claimed()]);
  // A tab that died left its reserve behind as well.
  if (taken.size === 0) await clearReserve();
  return notes.filter(({ id }) => !taken.has(id)).sort((a, b) => a.startedAt - b.startedAt);
}

/** Notes that a whole recording is on its way to the server, or stays on this device. */
export function mark(id: string, stage: RecordingNote['stage']): Promise<void> {
  return openChunkStore().mark(id, stage);
}

/** Forgets a recording, once its file is where it should be. */
export async function discard(id: string): Promise<void> {
  await openChunkStore().remove(id);
  await unclaim(id);
}

function nameOf({ name, startedAt }: RecordingNote): string {
  const who = name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-');
  const date = new Date(startedAt).toISOString().slice(0, 19).replaceAll(':', '-');
  return ['recording', who, date]
    .map((part) => part.replace(/^-|-$/g, ''))
    .filter(Boolean)
    .join('-');
}
