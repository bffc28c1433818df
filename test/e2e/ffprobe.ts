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
  const run = async (command: string, ...args: string[]) => {
    const { stdout, success, stderr } = await new Deno.Command(command, {
      args,
      stdout: 'piped',
      stderr: 'piped',
    }).output();
    assert.ok(success, new TextDecoder().decode(stderr));
    return new TextDecoder().decode(stdout);
  };
  const facts = JSON.parse(
    await run('ffprobe', '-v', 'error', '-show_format', '-show_streams', '-of', 'json', path),
  );
  const packet = JSON.parse(
    await run(
      'ffprobe',
      '-v',
      'error',
      '-read_intervals',
      '3%+#1',
      '-select_streams',
      'v',
      '-show_packets',
      '-of',
      'json',
      path,
    ),
  );
  const at = Number(packet.packets[0].pts_time);
  return {
    duration: Number(facts.format.duration),
    kinds: facts.streams.map(({ codec_type }: { codec_type: string }) => codec_type),
    seeks: at > 0.5 && at <= 3.2,
  };
}
