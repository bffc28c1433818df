import { spawnSync } from 'node:child_process';
import { findChromium, findExecutable } from './chromium.mjs';
import { findFirefox } from './firefox.mjs';

/**
 * Sees to it that Chromium, Firefox and what their tests need are there: as root with apt they are installed. Throws with what
 * to install when they cannot be.
 */
export function ensureBrowserTools() {
  const missing = findMissing();
  if (missing.length === 0) return;
  if (process.getuid?.() === 0 && findExecutable('apt-get')) {
    const apt = (/** @type {string[]} */ ...args) => spawnSync('apt-get', args, { stdio: 'inherit' });
    apt('update');
    // One by one: a name that this system does not know takes no other with it.
    for (const name of missing) apt('install', '-y', '--no-install-recommends', name);
  }
  const still = findMissing();
  if (still.length > 0) throw new Error(`Cannot test in a browser: install ${still.join(' and ')} first`);
}

/** @returns {string[]} names of Debian packages */
function findMissing() {
  return [
    ...(findChromium() ? [] : ['chromium']),
    ...(findFirefox() ? [] : ['firefox-esr']),
    ...(findExecutable('ffprobe') ? [] : ['ffmpeg']),
    // A loudspeaker, microphones and a screen that are nobody's.
    ...(findExecutable('pulseaudio') ? [] : ['pulseaudio']),
    ...(findExecutable('Xvfb') ? [] : ['xvfb']),
  ];
}
