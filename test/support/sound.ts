import { silentServer, soundOf } from '../../scripts/sound.mjs';

/** Microphones and loudspeakers that a real browser can have plugged in and pulled out. */
export interface SoundDevices extends AsyncDisposable {
  /** What the environment of a browser says of them. */
  readonly env: Record<string, string>;
  /** Plugs in a microphone that hears one tone, in hertz; gives the function that pulls it out. */
  microphone(name: string, tone: number): Promise<() => Promise<void>>;
  /** The same with a loudspeaker nobody hears. */
  loudspeaker(name: string): Promise<() => Promise<void>>;
}

/** Starts a PulseAudio of its own. */
export async function startSoundDevices(): Promise<SoundDevices> {
  const folder = await Deno.makeTempDir({ prefix: 'vicino-sound-' });
  const env = soundOf(folder);
  const server = new Deno.Command('pulseaudio', {
    args: [...silentServer(folder), '--exit-idle-time=-1', '--use-pid-file=no'],
    env: { HOME: folder, XDG_RUNTIME_DIR: folder },
    stdout: 'null',
    stderr: 'null',
  }).spawn();
  const ask = async (...args: string[]) => {
    const { success, stdout, stderr } = await new Deno.Command('pactl', { args, env }).output();
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trim();
    if (!success) throw new Error(`pactl ${args.join(' ')}: ${text(stderr)}`);
    return text(stdout);
  };
  while (
    !(await ask('info').then(
      () => true,
      () => false,
    ))
  );
  const plugIn = async (...module: string[]) => {
    const number = await ask('load-module', ...module);
    return async () => void (await ask('unload-module', number));
  };
  return {
    env,
    microphone: (name, tone) =>
      plugIn(
        'module-sine-source',
        `source_name=${name}`,
        `frequency=${tone}`,
        `source_properties=device.description=${name}`,
      ),
    loudspeaker: (name) =>
      plugIn('module-null-sink', `sink_name=${name}`, `sink_properties=device.description=${name}`),
    async [Symbol.asyncDispose]() {
      server.kill('SIGKILL');
      await server.status;
      await Deno.remove(folder, { recursive: true });
    },
  };
}
