import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { findExecutable } from './chromium.mjs';

/** Seconds after the last browser that used it. */
const LASTS = 120;

/** @returns {boolean} whether there is a sound server, or something to start one with */
export const hasSound = () =>
  process.platform !== 'linux' ||
  Boolean(findExecutable('pulseaudio')) ||
  existsSync(join(process.env.XDG_RUNTIME_DIR ?? '', 'pulse/native'));

/**
 * A loudspeaker that nobody hears: Firefox runs no sound on a machine that has none, as servers are. It is a sound server of
 * its own, which starts when the first asks for it and ends by itself.
 * @returns {Record<string, string>} what a browser's environment says of it; nothing where the user has one to lend
 */
export function silentLoudspeaker() {
  const pulseaudio = findExecutable('pulseaudio');
  if (process.platform !== 'linux' || !pulseaudio) return {};
  const folder = join(tmpdir(), `vicino-sound-${userInfo().uid}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const socket = join(folder, 'native');
  const settings = ['-n', '--daemonize', `--exit-idle-time=${LASTS}`];
  const modules = ['module-null-sink', `module-native-protocol-unix auth-anonymous=1 socket=${socket}`];
  // It refuses to be there twice.
  spawnSync(pulseaudio, [...settings, ...modules.flatMap((module) => ['-L', module])], {
    env: { ...process.env, HOME: folder, XDG_RUNTIME_DIR: folder },
  });
  return { PULSE_SERVER: `unix:${socket}` };
}
