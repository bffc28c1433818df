import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { findExecutable } from './chromium.mjs';

/** The store needs messages that expire and reading in batches. */
const OLDEST = [2, 11];
/** Of the release page, for where apt has none. */
const RELEASE = '2.15.1';
/** Where Debian has a newer one than its stable release, the nearest first. */
const SUITES = ['forky', 'sid'];
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';
const cache = join(dirname(dirname(fileURLToPath(import.meta.url))), 'node_modules/.cache/nats-server');

/**
 * Finds a nats-server that is new enough, and brings one into the cache of the project where there is none: the
 * package of a newer Debian, which needs nothing else, or else the release from GitHub. Neither is installed.
 * @returns {Promise<string>} its path
 */
export const ensureNatsServer = () => {
  // Those who ask while it is being brought wait for the same one.
  server ??= ensure();
  return server;
};

/** @type {Promise<string> | undefined} */
let server;

async function ensure() {
  const cached = join(cache, 'nats-server');
  const found = [process.env.NATS_SERVER, findExecutable('nats-server'), cached].find(isNewEnough);
  if (found) return found;
  for (const bring of [fromDebian, fromGitHub]) {
    mkdirSync(dirname(cache), { recursive: true });
    // Of its own, for several may be at it.
    const folder = mkdtempSync(`${cache}.`);
    try {
      const brought = await bring(folder);
      if (!isNewEnough(brought)) continue;
      mkdirSync(cache, { recursive: true });
      // Whole or not at all.
      renameSync(brought, cached);
      return cached;
    } catch {
      // The next way may do.
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  throw new Error(
    `Cannot find nats-server: install version ${OLDEST.join('.')} or newer, or name it in NATS_SERVER`,
  );
}

/** @param {string | undefined} path */
function isNewEnough(path) {
  if (!path || !existsSync(path)) return false;
  const [, major, minor] =
    spawnSync(path, ['--version'])
      .stdout?.toString()
      .match(/v(\d+)\.(\d+)/) ?? [];
  return Number(major) > OLDEST[0] || (Number(major) === OLDEST[0] && Number(minor) >= OLDEST[1]);
}

/**
 * With lists and caches of its own, so that the machine's own apt knows nothing of the newer suite.
 * @param {string} folder to work in
 * @returns {Promise<string>}
 */
async function fromDebian(folder) {
  const server = join(folder, 'package/usr/sbin/nats-server');
  if (!existsSync(KEYRING) || !findExecutable('apt-get') || !findExecutable('dpkg')) return server;
  mkdirSync(join(folder, 'lists/partial'), { recursive: true });
  mkdirSync(join(folder, 'archives/partial'), { recursive: true });
  const options = {
    'Dir::Etc::SourceList': join(folder, 'suite.list'),
    'Dir::Etc::SourceParts': '-',
    'Dir::State::Lists': join(folder, 'lists'),
    'Dir::Cache': folder,
    'APT::Sandbox::User': '',
  };
  const apt = (/** @type {string[]} */ ...args) =>
    spawnSync(
      'apt-get',
      [...Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]), ...args],
      {
        cwd: folder,
      },
    );
  for (const suite of SUITES) {
    writeFileSync(
      join(folder, 'suite.list'),
      `deb [signed-by=${KEYRING}] http://deb.debian.org/debian ${suite} main\n`,
    );
    if (apt('update').status !== 0 || apt('download', 'nats-server').status !== 0) continue;
    const [archive = ''] = readdirSync(folder).filter((name) => name.endsWith('.deb'));
    spawnSync('dpkg', ['-x', archive, 'package'], { cwd: folder });
    if (isNewEnough(server)) break;
    rmSync(join(folder, archive), { force: true });
  }
  return server;
}

/**
 * @param {string} folder to work in
 * @returns {Promise<string>}
 */
async function fromGitHub(folder) {
  const name = `nats-server-v${RELEASE}-${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`;
  const address = `https://github.com/nats-io/nats-server/releases/download/v${RELEASE}/${name}.tar.gz`;
  const response = await fetch(address, { signal: AbortSignal.timeout(120_000) });
  if (!response.ok) throw new Error(`${response.status}`);
  writeFileSync(join(folder, 'release.tar.gz'), Buffer.from(await response.arrayBuffer()));
  spawnSync('tar', ['-xzf', 'release.tar.gz'], { cwd: folder });
  const server = join(folder, name, 'nats-server');
  chmodSync(server, 0o755);
  return server;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(await ensureNatsServer());
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
