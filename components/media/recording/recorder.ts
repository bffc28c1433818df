import type { CallState } from '../../store/call-handle.ts';
import type { RecorderOptions, RecordingNote, RunningRecorder } from '../../store/recorder-factory.ts';
import { openChunkStore } from './chunk-store.ts';
import { claim } from './claim.ts';
import { startClock } from './clock.ts';
import { createComposition, type Scene } from './composition.ts';
import { mixStream } from './mix.ts';
import { clearReserve } from './reserve.ts';
import { BITS_PER_SECOND, createRoom, RoomError } from './room.ts';
import { openSound } from './sound.ts';

/** VP9 first: MP4 holds it as well, so that whoever wants that gets it without another encoding. */
const TYPES = ['video/webm;codecs=vp9,opus', 'video/webm;codecs=vp8,opus'];
const FRAMES_PER_SECOND = 20;
/** Milliseconds of recording a killed tab may lose, besides what is being written. */
const TIMESLICE = 1000;
/** Milliseconds between whole pictures: a seek lands on one. Browsers that do not know the option choose themselves. */
const KEY_FRAMES = { videoKeyFrameIntervalDuration: 2000 };

const recordingType = () =>
  TYPES.find((type) => typeof MediaRecorder === 'function' && MediaRecorder.isTypeSupported(type));

/**
 * Records both sides of a call into one file, from now until `stop`. Every second a chunk goes to disk.
 * @throws {SoundError} when this page runs no sound; {Error} when this browser has no WebM recorder.
 */
export async function createRecorder(options: RecorderOptions): Promise<RunningRecorder> {
  const type = recordingType();
  if (!type) throw new Error('Cannot record the call: this browser has no WebM recorder');
  const context = await openSound();
  const { ownStream, otherStream, state } = options;
  const capture = new AbortController();
  const { signal } = capture;
  const note: RecordingNote = {
    id: crypto.randomUUID(),
    contact: options.contact,
    name: state.state.otherName,
    startedAt: Date.now(),
    type,
    stage: 'running',
  };

  const voices = new MediaStreamAudioDestinationNode(context);
  mixStream(voices, ownStream, { always: false, signal });
  mixStream(voices, otherStream, { always: true, signal });
  const picture = createComposition({ ownStream, otherStream, scene: () => sceneOf(state.state), signal });
  picture.draw();
  startClock(voices, { interval: 1 / FRAMES_PER_SECOND, tick: picture.draw, signal });
  const film = picture.canvas.captureStream();
  const release = () => {
    capture.abort();
    for (const track of film.getTracks()) track.stop();
    context.close().catch(() => {});
  };
  let media: MediaRecorder;
  try {
    media = new MediaRecorder(new MediaStream([...film.getTracks(), ...voices.stream.getTracks()]), {
      ...KEY_FRAMES,
      mimeType: type,
      videoBitsPerSecond: BITS_PER_SECOND.video,
      audioBitsPerSecond: BITS_PER_SECOND.audio,
    });
  } catch (error) {
    release();
    throw error;
  }

  const store = openChunkStore();
  claim(note.id).catch(() => {}); // Its id is new: nobody else asks for it.
  let count = 0;
  let size = 0;
  let broken = false;
  const fail = (error: Error) => {
    if (broken) return;
    broken = true;
    if (media.state !== 'inactive') media.stop();
    options.onError(error);
  };
  const within = createRoom();
  const keep = async (chunk: Blob) => {
    if (broken) return;
    const room = await within(() => store.append(note.id, count, chunk), chunk.size);
    count += 1;
    size += chunk.size;
    options.onChunk?.({ count, size, room: room.seconds });
    if (!room.isOver || media.state === 'inactive') return;
    // What the encoder still holds fits in: it is asked for before it would be too late.
    media.stop();
    options.onError(
      new RoomError('Cannot go on recording: this device has no more room. All that was recorded is kept.'),
    );
  };
  // One write after the other, and none after a failed one: a recording may end early but has no holes.
  let writes = store.begin(note).catch(fail);
  media.addEventListener('dataavailable', ({ data }) => {
    if (data.size > 0) writes = writes.then(() => keep(data)).catch(fail);
  });
  media.addEventListener('error', (event) => fail((event as ErrorEvent).error));
  const stopped = new Promise<void>((resolve) => {
    media.addEventListener('stop', () => {
      release();
      resolve();
    });
  });
  media.start(TIMESLICE);

  return {
    note,
    async stop() {
      if (media.state !== 'inactive') media.stop();
      await stopped;
      await writes;
      await clearReserve();
      // A disk that is full takes no mark either: then the recording is offered like one whose tab died.
      await store.mark(note.id, 'ended').catch(() => {});
    },
  };
}

/** A shared screen is large, the other side's before one's own; else the other side is. */
function sceneOf({ own, other, otherName }: CallState): Scene {
  return { large: own.screen && !other.screen ? 'own' : 'other', name: otherName };
}
