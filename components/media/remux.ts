import {
  BlobSource,
  EncodedAudioPacketSource,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  Input,
  Mp4OutputFormat,
  Output,
  StreamTarget,
  WEBM,
  WebMOutputFormat,
} from 'mediabunny';

/**
 * Copies the packets of a recorder's WebM into a WebM or MP4 that has a duration and cues, so that it plays and seeks
 * everywhere; nothing is encoded again. The input may end anywhere, as after a killed tab.
 * @throws {Error} when the input holds no picture, or one that players of MP4 do not know.
 */
export async function remux(recorded: Blob, format: 'webm' | 'mp4' = 'webm'): Promise<Blob> {
  const input = new Input({ source: new BlobSource(recorded), formats: [WEBM] });
  const film = createFilm(`video/${format}`);
  const output = new Output({
    format: format === 'mp4' ? new Mp4OutputFormat({ fastStart: false }) : new WebMOutputFormat(),
    target: new StreamTarget(film.writable, { chunked: true }),
  });
  const copies = [await copyVideo(input, output, format), await copyAudio(input, output)];
  await output.start();
  await Promise.all(copies.map((copy) => copy()));
  await output.finalize();
  input.dispose();
  return film.blob();
}

async function copyVideo(input: Input, output: Output, format: string): Promise<() => Promise<void>> {
  const track = await input.getPrimaryVideoTrack();
  const codec = await track?.getCodec();
  if (!track || !codec) throw new Error('Cannot finish the recording: it holds no picture');
  // It could be written, but next to nothing would play it.
  if (format === 'mp4' && codec === 'vp8')
    throw new Error(
      'Cannot save the recording as MP4: this browser recorded VP8, which MP4 players do not know.',
    );
  const config = await track.getDecoderConfig();
  const source = new EncodedVideoPacketSource(codec);
  output.addVideoTrack(source);
  return async () => {
    for await (const packet of new EncodedPacketSink(track).packets()) {
      await source.add(packet, config ? { decoderConfig: config } : undefined);
    }
    source.close();
  };
}

async function copyAudio(input: Input, output: Output): Promise<() => Promise<void>> {
  const track = await input.getPrimaryAudioTrack();
  const codec = await track?.getCodec();
  if (!track || !codec) return async () => {};
  const config = await track.getDecoderConfig();
  const source = new EncodedAudioPacketSource(codec);
  output.addAudioTrack(source);
  return async () => {
    for await (const packet of new EncodedPacketSink(track).packets()) {
      await source.add(packet, config ? { decoderConfig: config } : undefined);
    }
    source.close();
  };
}

/** Takes writes at any position, as a file would. Parts are Blobs, which a browser may keep on disk. */
function createFilm(type: string) {
  let film = new Blob([]);
  return {
    writable: new WritableStream<{ data: Uint8Array<ArrayBuffer>; position: number }>({
      write({ data, position }) {
        film = new Blob([film.slice(0, position), data, film.slice(position + data.byteLength)]);
      },
    }),
    blob: () => film.slice(0, film.size, type),
  };
}
