import { expect } from '@open-wc/testing';
import { sendMouse } from '@web/test-runner-commands';
import { initialCallState } from '../../../components/media/call-state.ts';
import { dropTrack, putTrack } from '../../../components/media/live-stream.ts';
import { createRecorder } from '../../../components/media/recording/recorder.ts';
import {
  asMp4,
  discard,
  finish,
  prepare,
  release,
  unfinished,
} from '../../../components/media/recording/recordings.ts';
import { openDurable } from '../../../components/store/durable.ts';
import type { RunningRecorder } from '../../../components/store/recorder-factory.ts';
import { createStore } from '../../../components/store/store.ts';
import { colourAt, colouredCamera, loudness, received, toneMicrophone } from './synthetic-media.ts';
import { happens } from './wait-for.ts';

const OWN_TONE = 440;
const OTHER_TONE = 1000;
const disk = openDurable('vicino-recordings');
const state = createStore(
  (state) => state,
  initialCallState({ kind: 'video', otherName: 'Vera', canRecord: true }),
);

let context: AudioContext;
let ownStream: MediaStream;
let otherStream: MediaStream;
const errors: Error[] = [];
const running: RunningRecorder[] = [];
/** Seconds that are left, as told with the newest chunk. */
let room = 0;

interface Running {
  readonly recorder: RunningRecorder;
  /** Resolves when `count` chunks are on disk. */
  chunks(count: number): Promise<void>;
}

async function record(): Promise<Running> {
  const kept = new EventTarget();
  let count = 0;
  const recorder = await createRecorder({
    ownStream,
    otherStream,
    state,
    contact: 'contact 7',
    onChunk(now) {
      count = now.count;
      room = now.room;
      kept.dispatchEvent(new Event('chunk'));
    },
    onError: (error) => errors.push(error),
  });
  running.push(recorder);
  return {
    recorder,
    async chunks(wanted) {
      while (count < wanted) await happens(kept, 'chunk');
    },
  };
}

/** The file of a recording that runs, once it is `seconds` long. */
async function fileAfter(seconds: number, { recorder, chunks }: Running): Promise<File> {
  await film(seconds);
  await chunks(1);
  await recorder.stop();
  return (await finish(recorder.note.id)) as File;
}

async function open(file: Blob): Promise<HTMLVideoElement> {
  const video = document.createElement('video');
  video.muted = true;
  video.src = URL.createObjectURL(file);
  await happens(video, 'loadedmetadata');
  return video;
}

/** Waits in the time of the recording: on a busy machine sound, and the film with it, is slower than the clock. */
async function film(seconds: number): Promise<void> {
  const silence = new ConstantSourceNode(context, { offset: 0 });
  silence.connect(context.destination);
  silence.start();
  silence.stop(context.currentTime + seconds);
  await happens(silence, 'ended');
}

async function seek(video: HTMLVideoElement, seconds: number): Promise<void> {
  const sought = happens(video, 'seeked');
  video.currentTime = seconds;
  await sought;
}

/** Blocks of room that are taken. */
async function reserved(): Promise<string[]> {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle('vicino-reserve').catch(() => null);
  const taken = ['0', '1', '2'].map((block) =>
    folder?.getFileHandle(block).then(
      ({ name }) => [name],
      () => [],
    ),
  );
  return (await Promise.all(taken)).flatMap((names) => names ?? []);
}

/** What the film shows, large and inset, in order and without repetition. */
async function scenes(video: HTMLVideoElement): Promise<string[]> {
  const seen: string[] = [];
  for (let at = 0.25; at < video.duration; at += 0.25) {
    await seek(video, at);
    const scene = `${colourAt(video, 200, 200)} ${colourAt(video, 1100, 600)}`;
    if (seen.at(-1) !== scene) seen.push(scene);
  }
  return seen;
}

describe('recorder', () => {
  // Nothing sounds on a page that nobody touched, and a recording begins with a click.
  before(() => sendMouse({ type: 'click', position: [1, 1] }));
  beforeEach(async () => {
    await disk.clear();
    errors.length = 0;
    context = new AudioContext();
    ownStream = new MediaStream([toneMicrophone(context, OWN_TONE), colouredCamera('blue', 320, 180)]);
    otherStream = new MediaStream([toneMicrophone(context, OTHER_TONE), colouredCamera('red', 640, 360)]);
  });
  afterEach(async () => {
    for (const recorder of running.splice(0)) {
      await recorder.stop();
      await release(recorder.note.id);
    }
    await context.close();
  });

  it('R3 makes a file with its duration that seeks', async () => {
    const file = await fileAfter(3, await record());
    expect(file.name).to.match(/^recording-vera-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.webm$/);
    expect(file.type).to.equal('video/webm');
    const video = await open(file);
    expect(video.duration).to.be.within(2, 4);
    expect(video.seekable.end(0)).to.equal(video.duration);
    await seek(video, 2);
    expect(video.currentTime).to.be.closeTo(2, 0.1);
    expect([video.videoWidth, video.videoHeight]).to.deep.equal([1280, 720]);
    expect(errors).to.deep.equal([]);
  });

  it('R3 R5 makes the same bytes of the same chunks, however often', async () => {
    const running = await record();
    const file = await fileAfter(2, running);
    const again = (await finish(running.recorder.note.id)) as File;
    const [one, other] = await Promise.all(
      [file, again].map(async (film) => new Uint8Array(await film.arrayBuffer())),
    );
    expect(one).to.deep.equal(other);
  });

  it('R3 gives the same film as MP4, without encoding it again, or says that this browser recorded none', async () => {
    const running = await record();
    const file = await fileAfter(3, running);
    if (running.recorder.note.type.includes('vp8')) {
      const refusal = await asMp4(file).catch((error: Error) => error.message);
      expect(refusal).to.match(/this browser recorded VP8/);
      return;
    }
    const film = await asMp4(file);
    expect([film.name, film.type]).to.deep.equal([file.name.replace('.webm', '.mp4'), 'video/mp4']);
    expect(film.size).to.be.closeTo(file.size, 0.1 * file.size);
    const [webm, mp4] = await Promise.all([open(file), open(film)]);
    expect(mp4.duration).to.be.closeTo(webm.duration, 0.1);
    await seek(mp4, mp4.duration - 0.5);
    expect(colourAt(mp4, 200, 200)).to.equal('red');
  });

  it('R2 has both pictures in the film', async () => {
    const seen = await scenes(await open(await fileAfter(2, await record())));
    expect(seen).to.include('red blue');
  });

  it('R2 hears both sides, also one that is muted here or that spoke later', async () => {
    const [voice] = otherStream.getAudioTracks() as [MediaStreamTrack];
    voice.enabled = false;
    dropTrack(otherStream, voice);
    const recording = await record();
    putTrack(otherStream, voice);
    const file = await fileAfter(2, recording);
    const sound = await context.decodeAudioData(await file.arrayBuffer());
    expect(loudness(sound, OWN_TONE)).to.be.greaterThan(0.1);
    expect(loudness(sound, OTHER_TONE)).to.be.greaterThan(0.1);
    expect(loudness(sound, 700)).to.be.lessThan(0.01);
  });

  it('R2 hears a voice that came over the network and that no element plays', async () => {
    const ending = new AbortController();
    const voice = await received(toneMicrophone(context, OTHER_TONE), ending.signal);
    await happens(voice, 'unmute');
    putTrack(otherStream, voice);
    const file = await fileAfter(3, await record());
    ending.abort();
    const sound = await context.decodeAudioData(await file.arrayBuffer());
    expect(loudness(sound, OTHER_TONE)).to.be.greaterThan(0.1);
  });

  it('R2 hears nothing of a muted own microphone', async () => {
    for (const track of ownStream.getAudioTracks()) track.enabled = false;
    const file = await fileAfter(2, await record());
    const sound = await context.decodeAudioData(await file.arrayBuffer());
    expect(loudness(sound, OWN_TONE)).to.be.lessThan(0.01);
    expect(loudness(sound, OTHER_TONE)).to.be.greaterThan(0.1);
  });

  it('R4 asks for a chunk every second and keeps each one', async () => {
    const { start } = MediaRecorder.prototype;
    let timeslice = Number.POSITIVE_INFINITY;
    MediaRecorder.prototype.start = function (milliseconds) {
      timeslice = milliseconds ?? timeslice;
      start.call(this, milliseconds);
    };
    const { recorder, chunks } = await record();
    MediaRecorder.prototype.start = start;
    expect(timeslice).to.be.at.most(1000);
    await chunks(3);
    const kept = await disk.entries<Blob>(`recording/${recorder.note.id}/`);
    expect(kept[0]?.[0]).to.equal(`recording/${recorder.note.id}/00000000`);
    expect(kept.length).to.be.at.least(3);
    for (const [, chunk] of kept) expect(chunk.size).to.be.greaterThan(0);
  });

  it('R4 finishes what a killed tab left', async () => {
    const { recorder, chunks } = await record();
    const { id } = recorder.note;
    await chunks(3);
    // The disk as it is in the middle of a recording is what a kill leaves behind.
    const left = await disk.entries<Blob>(`recording/${id}/`);
    expect(await unfinished()).to.deep.equal([]);
    await recorder.stop();
    await release(id);
    await disk.delPrefix(`recording/${id}/`);
    await disk.setMany([...left, [`note/${id}`, recorder.note]]);

    expect(await unfinished()).to.deep.equal([recorder.note]);
    const file = (await finish(id)) as File;
    const [sound, raw] = await Promise.all(
      [file, new Blob(left.map(([, chunk]) => chunk))].map(async (film) =>
        context.decodeAudioData(await film.arrayBuffer()),
      ),
    );
    expect(sound?.duration).to.be.greaterThan(0);
    expect(sound?.duration).to.be.closeTo(raw?.duration ?? 0, 0.1);
    const video = await open(file);
    expect(video.seekable.end(0)).to.equal(video.duration);
  });

  it('R4 forgets a recording only when told so', async () => {
    const { recorder, chunks } = await record();
    await chunks(1);
    const { id } = recorder.note;
    await recorder.stop();
    expect(await finish(id)).to.be.instanceOf(File);
    expect(await unfinished(), 'this tab has it').to.deep.equal([]);
    await release(id);
    expect(await unfinished()).to.deep.equal([{ ...recorder.note, stage: 'ended' }]);
    await discard(id);
    expect(await unfinished()).to.deep.equal([]);
    expect(await disk.entries('')).to.deep.equal([]);
    expect(await finish(id)).to.equal(null);
  });

  it('R2 does not begin where nothing sounds, and says what to do', async () => {
    const { resume } = AudioContext.prototype;
    // As in a browser that has no loudspeaker, or whose page nobody touched.
    AudioContext.prototype.resume = () => new Promise(() => {});
    const refusal = await prepare().catch((error: Error) => error);
    AudioContext.prototype.resume = resume;
    expect(refusal).to.include({ code: 'recording.sound' });
    expect((refusal as Error).message).to.match(/Connect a loudspeaker or a headset/);
    expect([await reserved(), await disk.entries('')]).to.deep.equal([[], []]);
  });

  it('R4 takes room before it begins, warns as that is used up, ends in time, and loses nothing', async () => {
    await prepare();
    expect(await reserved()).to.deep.equal(['0', '1', '2']);
    const { put } = IDBObjectStore.prototype;
    /** Writes that fail before one goes through. */
    let refusals = 0;
    IDBObjectStore.prototype.put = function (value, key) {
      if (refusals-- > 0) throw new DOMException('full', 'QuotaExceededError');
      return put.call(this, value, key);
    };
    try {
      const { recorder, chunks } = await record();
      await chunks(1);
      expect(room).to.be.greaterThan(600);
      refusals = 1;
      await chunks(2);
      expect(room).to.be.within(120, 180);
      expect([await reserved(), errors]).to.deep.equal([['0', '1'], []]);
      refusals = 2;
      await chunks(3);
      expect(errors.map((error) => (error as Error & { code?: string }).code)).to.deep.equal([
        'recording.room',
      ]);
      await recorder.stop();
      expect((await disk.entries('recording/')).length).to.be.greaterThan(3);
      expect(await reserved()).to.deep.equal([]);
      expect((await finish(recorder.note.id))?.size).to.be.greaterThan(0);
    } finally {
      IDBObjectStore.prototype.put = put;
    }
  });

  for (const name of ['QuotaExceededError', 'AbortError'])
    it(`R4 says that there is no room before anything is recorded, also where the browser calls that ${name}`, async () => {
      const { write } = FileSystemWritableFileStream.prototype;
      FileSystemWritableFileStream.prototype.write = async () => {
        throw new DOMException('full', name);
      };
      const refusal = await prepare().catch((error: Error) => error.message);
      FileSystemWritableFileStream.prototype.write = write;
      expect(refusal).to.match(/room for less than three minutes/);
      expect([await reserved(), await disk.entries('')]).to.deep.equal([[], []]);
    });

  it('R4 stops and says so when the disk is full, and keeps what it has', async () => {
    const { recorder, chunks } = await record();
    await chunks(2);
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    const kept = (await disk.entries('recording/')).length;
    await recorder.stop();
    IDBObjectStore.prototype.put = put;
    expect(errors.map((error) => (error as Error & { code?: string }).code)).to.deep.equal(['durable.full']);
    expect((await disk.entries('recording/')).length).to.equal(kept);
    expect((await finish(recorder.note.id))?.size).to.be.greaterThan(0);
  });
});
