import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/**
 * Installs the packages of `root` with `npm ci` when they are missing or not those of package-lock.json.
 * Throws when that fails.
 * @param {string} root the project folder
 */
export function ensurePackages(root) {
  if (isInstalled(root)) return;
  console.log('Installing packages …');
  const env = { ...process.env, PUPPETEER_SKIP_DOWNLOAD: '1' };
  const { status } = spawnSync('npm', ['ci'], {
    cwd: root,
    env,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`Cannot install packages: npm ci ended with ${status}`);
}

/** @param {string} root */
function isInstalled(root) {
  const wanted = readLock(join(root, 'package-lock.json'));
  // npm keeps there what it put into the folder.
  const present = readLock(join(root, 'node_modules/.package-lock.json'));
  if (present === undefined) return false;
  return Object.entries(wanted ?? {}).every(
    ([path, { version, optional }]) =>
      path === '' || (path in present ? present[path].version === version : optional === true),
  );
}

/**
 * @param {string} path
 * @returns {Record<string, { version: string, optional?: boolean }> | undefined}
 */
function readLock(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** @returns {string} the Deno executable that the npm package `deno` brings */
export function denoPath() {
  return createRequire(import.meta.url)('deno/install_api.cjs').runInstall();
}
