import { spawn, spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { denoPath, ensurePackages } from './packages.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const demo = process.env.VC_CONFIG ? {} : { VC_DEMO: '1' };
const env = { PORT: '8000', ...demo, ...process.env };

ensurePackages(root);
const { status } = spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: 'inherit' });
if (status !== 0) process.exit(1);

const server = spawn(denoPath(), ['run', '-A', 'server/main.ts'], { cwd: root, env, stdio: 'inherit' });
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
  process.on(signal, () => server.kill(signal));
// Told to stop, npm and its shell end without passing it on: under npm, losing the parent is the signal.
const parent = process.ppid;
const orphaned = () => process.env.npm_lifecycle_event !== undefined && process.ppid !== parent;
setInterval(() => orphaned() && server.kill('SIGTERM'), 100).unref();

const ended = new AbortController();
server.on('exit', (code, signal) => {
  ended.abort();
  process.exitCode = code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1);
});

const address = `http://localhost:${env.PORT}`;
if (await answers(`${address}/healthz`, ended.signal)) {
  const rows = env.VC_DEMO
    ? [`Shop     ${address}/`, `Desk     ${address}/agent?as=anna`]
    : [`Health   ${address}/healthz`];
  console.log(['', ...rows, `Script   ${address}/vc.js`, 'Stop     Ctrl+C', ''].join('\n  '));
}

/**
 * @param {string} url
 * @param {AbortSignal} signal aborted when there is nobody left to answer
 * @returns {Promise<boolean>} true at the first good answer
 */
async function answers(url, signal) {
  while (!signal.aborted) {
    try {
      if ((await fetch(url, { signal })).ok) return true;
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}
