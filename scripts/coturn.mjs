import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { findExecutable } from './chromium.mjs';

/**
 * Sees to it that coturn is there: as root with apt it is installed. Throws with what to install when it cannot be.
 * @returns {{ turnserver: string, uclient: string }} paths of the server and of the client that tries it
 */
export function ensureCoturn() {
  if (!findExecutable('turnserver') && process.getuid?.() === 0 && findExecutable('apt-get')) {
    const apt = (/** @type {string[]} */ ...args) => spawnSync('apt-get', args, { stdio: 'inherit' });
    apt('update');
    apt('install', '-y', '--no-install-recommends', 'coturn');
  }
  const [turnserver, uclient] = ['turnserver', 'turnutils_uclient'].map(findExecutable);
  if (!turnserver || !uclient) throw new Error('Cannot test with a TURN server: install coturn first');
  return { turnserver, uclient };
}
