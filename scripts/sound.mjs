import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { findExecutable } from './chromium.mjs';

/** Seconds after the last browser that used it. */
const LASTS = 120;

/** @param {string} folder where the sound server is found */
const socketIn = (folder) => join(folder, 'native');

/**
 * @param {string} folder of its own
 * @returns {string[]} arguments of a PulseAudio that has one loudspeaker nobody hears
 */
export const silentServer = (folder) => [
  '-n',
  '--load=module-null-sink',
  `--load=module-native-protocol-unix auth-anonymous=1 socket=${socketIn(folder)}`,
];

/**
 * @param {string} folder of the sound server
 * @returns {Record<string, string>} what the environment of a browser says of it
 */
export const soundOf = (folder) => ({ PULSE_SERVER: `unix:${socketIn(folder)}` });

/**
 * A loudspeaker that nobody hears: Firefox runs no sound on a machine that has none, as servers are. It is a sound server of
 * its own, which starts when the first asks for it and ends by itself.
 * @returns {Record<string, string>} what a browser's environment says of it; nothing where there is no PulseAudio
 */
export function silentLoudspeaker() {
  const pulseaudio = findExecutable('pulseaudio');
  if (!pulseaudio) return {};
  const folder = join(tmpdir(), `vicino-sound-${userInfo().uid}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // It refuses to be there twice.
  spawnSync(pulseaudio, [...silentServer(folder), '--daemonize', `--exit-idle-time=${LASTS}`], {
    env: { ...process.env, HOME: folder, XDG_RUNTIME_DIR: folder },
  });
  return soundOf(folder);
}
