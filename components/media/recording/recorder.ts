import type { CallState } from '../../store/call-handle.ts';
import type { ReadableStore } from '../../store/store.ts';
import { openChunkStore, type RecordingNote } from './chunk-store.ts';
import { claim } from './claim.ts';
import { startClock } from './clock.ts';
import { createComposition } from './composition.ts';
import { mixStream } from './mix.ts';

export interface RecorderOptions {
  readonly ownStream: MediaStream;
  readonly otherStream: MediaStream;
  readonly state: ReadableStore<CallState>;
  /** Id of the contact; becomes part of the file's name. */
  readonly contact: string;
  /** `count` chunks of about a second are on disk. */
  onChunk?(count: number): void;
  /** Recording stopped by itself (a `DurableError`, or the encoder's). What was kept can still be finished. */
  onError(error: Error): void;
}

export interface Recorder {
  readonly note: RecordingNote;
  /** Ends the recording; done when the last chunk is on disk, then `finish(note.id)` makes the file. */
  stop(): Promise<void>;
}

/** VP8 first: it takes less of the processor that also runs the call. */
const TYPES = ['video/webm;codecs=vp8,opus', 'video/webm;codecs=vp9,opus'];
const FRAMES_PER_SECOND = 20;
/** Milliseconds of recording a killed tab may lose, besides what is being written. */
const TIMESLICE = 1000;
/** Milliseconds between whole pictures: a seek lands on one. Browsers that do not know the option choose themselves. */
const KEY_FRAMES = { videoKeyFrameIntervalDuration: 2000 };
const BITS_PER_SECOND = { video: 1_200_000, audio: 64_000 };

const recordingType = () =>
  TYPES.find((type) => typeof MediaRecorder === 'function' && MediaRecorder.isTypeSupported(type));

/**
 * Records both sides of a call into one file, from now until `stop`. Every second a chunk goes to disk. The page must
 * have been clicked once: before that browsers run no AudioContext, and neither voices nor pictures advance.
 * @throws {Error} when this browser has no WebM recorder.
 */
export function createRecorder(options: RecorderOptions): Recorder {
  const type = recordingType();
  if (!type) throw new Error('Cannot record the call: this browser has no WebM recorder');
  const { ownStream, otherStream, state } = options;
  const capture = new AbortController();
  const { signal } = capture;
  const note = {
    id: crypto.randomUUID(),
    contact: options.contact,
    name: state.state.otherName,
    startedAt: Date.now(),
    type,
  };

  const context = new AudioContext();
  const voices = new MediaStreamAudioDestinationNode(context);
  mixStream(voices, ownStream, { always: false, signal });
  mixStream(voices, otherStream, { always: true, signal });
  const picture = createComposition({ ownStream, otherStream, name: () => state.state.otherName, signal });
  picture.draw();
  startClock(voices, { interval: 1 / FRAMES_PER_SECOND, tick: picture.draw, signal });
  const film = picture.canvas.captureStream(FRAMES_PER_SECOND);
  const release = () => {
    capture.abort();
    for (const track of film.getTracks()) track.stop();
    context.close().catch(() => {});
  };
  const media = new MediaRecorder(new MediaStream([...film.getTracks(), ...voices.stream.getTracks()]), {
    ...KEY_FRAMES,
    mimeType: type,
    videoBitsPerSecond: BITS_PER_SECOND.video,
    audioBitsPerSecond: BITS_PER_SECOND.audio,
  });

  const store = openChunkStore();
  const unclaim = claim(note.id);
  let count = 0;
  let broken = false;
  const fail = (error: Error) => {
    if (broken) return;
    broken = true;
    if (media.state !== 'inactive') media.stop();
    options.onError(error);
  };
  // One write after the other, and none after a failed one: a recording may end early but has no holes.
  let writes = store.begin(note).catch(fail);
  media.addEventListener('dataavailable', ({ data }) => {
    if (data.size === 0) return;
    writes = writes.then(async () => {
      if (broken) return;
      await store.append(note.id, count, data);
      count += 1;
      options.onChunk?.(count);
    });
    writes = writes.catch(fail);
  });
  media.addEventListener('error', (event) => fail((event as ErrorEvent).error));
  const stopped = new Promise<void>((resolve) => {
    media.addEventListener('stop', () => {
      release();
      resolve();
    });
  });
  context.resume().catch(() => {}); // Closed before it ran.
  media.start(TIMESLICE);

  return {
    note,
    async stop() {
      if (media.state !== 'inactive') media.stop();
      await stopped;
      await writes;
      unclaim();
    },
  };
}
