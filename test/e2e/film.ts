import assert from 'node:assert/strict';

export interface Film {
  /** Seconds, as the container says. */
  readonly duration: number;
  /** `audio`, `video`, per stream. */
  readonly kinds: readonly string[];
  /** A seek to second three lands near it, by the cues. */
  readonly seeks: boolean;
}

/** What `ffprobe` says of a recording. */
export async function probe(path: string): Promise<Film> {
  const ask = async (...args: string[]) =>
    JSON.parse(new TextDecoder().decode(await run('ffprobe', '-v', 'error', ...args, '-of', 'json', path)));
  const facts = await ask('-show_format', '-show_streams');
  const packet = await ask('-read_intervals', '3%+#1', '-select_streams', 'v', '-show_packets');
  const at = Number(packet.packets[0].pts_time);
  return {
    duration: Number(facts.format.duration),
    kinds: facts.streams.map(({ codec_type }: { codec_type: string }) => codec_type),
    seeks: at > 0.5 && at <= 3.2,
  };
}

/** When each picture is shown, seconds. */
export async function picturesOf(path: string): Promise<number[]> {
  const list = await run(
    'ffprobe',
    '-v',
    'error',
    '-select_streams',
    'v',
    '-show_entries',
    'packet=pts_time',
    '-of',
    'csv=p=0',
    path,
  );
  return new TextDecoder().decode(list).trim().split('\n').map(Number.parseFloat);
}

/** Spans of a second and longer in which nothing moves; one that lasts to the end has no `to`. */
export async function freezesOf(path: string): Promise<{ from: number; to: number }[]> {
  const filter = 'freezedetect=n=-60dB:d=1,metadata=print:file=-';
  const said = await run('ffmpeg', '-v', 'error', '-i', path, '-vf', filter, '-f', 'null', '/dev/null');
  const times = (name: string) =>
    [...new TextDecoder().decode(said).matchAll(new RegExp(`freeze_${name}=(\\S+)`, 'g'))].map(([, at]) =>
      Number(at),
    );
  const ends = times('end');
  return times('start').map((from, n) => ({ from, to: ends[n] ?? Number.POSITIVE_INFINITY }));
}

export type Colour = 'red' | 'green' | 'blue' | 'black' | 'other';
/** What is seen large and in the corner: `red blue`. */
export type Sight = `${Colour} ${Colour}`;

const SIGHTS_PER_SECOND = 5;
const TINY = { width: 64, height: 36 };

/** What the film shows, five times a second. Taken where neither a name nor an edge is. */
export async function sightsOf(path: string): Promise<Sight[]> {
  const { width, height } = TINY;
  const filter = `fps=${SIGHTS_PER_SECOND},scale=${width}:${height}`;
  const pixels = await run(
    'ffmpeg',
    '-v',
    'error',
    '-i',
    path,
    '-vf',
    filter,
    '-pix_fmt',
    'rgb24',
    '-f',
    'rawvideo',
    '-',
  );
  const bytes = 3 * width * height;
  const at = (picture: Uint8Array, x: number, y: number) => colourOf(picture.subarray(3 * (y * width + x)));
  return Array.from({ length: Math.floor(pixels.length / bytes) }, (_, n) => {
    const picture = pixels.subarray(n * bytes, (n + 1) * bytes);
    return `${at(picture, 20, 8)} ${at(picture, 56, 30)}` as const;
  });
}

/** The same without repetition, and without what is seen only while one thing changes into another. */
export function scenesOf(sights: readonly Sight[]): Sight[] {
  const lasting = sights.filter((sight, n) => sights[n + 1] === sight && sights[n + 2] === sight);
  return lasting.filter((sight, n) => lasting[n - 1] !== sight);
}

function colourOf([red = 0, green = 0, blue = 0]: Uint8Array): Colour {
  const most = Math.max(red, green, blue);
  if (most < 50) return 'black';
  const others = red + green + blue - most;
  if (others > most) return 'other';
  if (most === red) return 'red';
  return most === green ? 'green' : 'blue';
}

const RATE = 8_000;

/** How loud a tone is in each half second of the film; that of a synthetic person is 0.03 and more. */
export async function loudnessOf(path: string, tone: number): Promise<number[]> {
  const raw = await run(
    'ffmpeg',
    '-v',
    'error',
    '-i',
    path,
    '-ac',
    '1',
    '-ar',
    `${RATE}`,
    '-f',
    'f32le',
    '-',
  );
  const samples = new Float32Array(raw.buffer, raw.byteOffset, Math.floor(raw.byteLength / 4));
  const part = RATE / 2;
  return Array.from({ length: Math.floor(samples.length / part) }, (_, n) =>
    goertzel(samples.subarray(n * part, (n + 1) * part), tone),
  );
}

/** Of a tone that is there, in half a second. */
const AUDIBLE = 0.02;

/** Whether a tone is there all the way, the ends apart. A machine that is busy may swallow less than half a second of it. */
export const isHeardThroughout = (loudness: readonly number[]): boolean =>
  loudness.slice(1, -1).every((part, n, all) => part > AUDIBLE || (all[n - 1] ?? part) > AUDIBLE);

/** Amplitude of one frequency; a full-scale sine gives 1. */
function goertzel(samples: Float32Array, tone: number): number {
  const step = 2 * Math.cos((2 * Math.PI * tone) / RATE);
  let [last, before] = [0, 0];
  for (const sample of samples) [last, before] = [sample + step * last - before, last];
  return (2 * Math.sqrt(Math.max(0, last * last + before * before - step * last * before))) / samples.length;
}

async function run(command: string, ...args: string[]): Promise<Uint8Array<ArrayBuffer>> {
  const { stdout, success, stderr } = await new Deno.Command(command, {
    args,
    stdout: 'piped',
    stderr: 'piped',
  }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
  return stdout;
}
