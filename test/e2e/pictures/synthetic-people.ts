import { Buffer } from 'node:buffer';

/** How a person looks and sounds to a browser that has no camera and no microphone: one colour, one tone. */
export interface SyntheticPerson {
  /** BT.601, full range. */
  readonly yuv: readonly [y: number, u: number, v: number];
  /** Hertz. */
  readonly tone: number;
}

export const RED: SyntheticPerson = { yuv: [76, 85, 255], tone: 1000 };
export const BLUE: SyntheticPerson = { yuv: [29, 255, 107], tone: 440 };

/** Writes picture and sound into `folder`; gives the flags with which Chromium takes them for its devices. */
export async function devicesOf(folder: string, name: string, person: SyntheticPerson): Promise<string[]> {
  const [camera, microphone] = [`${folder}/${name}.y4m`, `${folder}/${name}.wav`];
  await Promise.all([
    Deno.writeFile(camera, film(person.yuv)),
    Deno.writeFile(microphone, sound(person.tone)),
  ]);
  return [`--use-file-for-fake-video-capture=${camera}`, `--use-file-for-fake-audio-capture=${microphone}`];
}

/** Two pictures of 640 × 360 in one colour, which are shown in turn. */
function film([y, u, v]: SyntheticPerson['yuv']): Uint8Array {
  const [width, height] = [640, 360];
  const quarter = (width * height) / 4;
  const picture = [
    Buffer.from('FRAME\n'),
    Buffer.alloc(4 * quarter, y),
    Buffer.alloc(quarter, u),
    Buffer.alloc(quarter, v),
  ];
  const header = Buffer.from(`YUV4MPEG2 W${width} H${height} F20:1 Ip A1:1 C420jpeg\n`);
  return Buffer.concat([header, ...picture, ...picture]);
}

/** One second of a tone, which is played over and over: a whole number of waves, so that it does not click. */
function sound(tone: number): Uint8Array {
  const rate = 48_000;
  const samples = Int16Array.from(
    { length: rate },
    (_, n) => 8_000 * Math.sin((2 * Math.PI * tone * n) / rate),
  );
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples.byteLength, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(2 * rate, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples.byteLength, 40);
  return Buffer.concat([header, new Uint8Array(samples.buffer)]);
}
