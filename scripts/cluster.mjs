import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { ensureNatsServer } from './nats-server.mjs';
import { denoPath, ensurePackages } from './packages.mjs';
import { roundRobin } from './round-robin.mjs';

/** Three instances on one NATS behind one port, as they would run on three machines. Nothing of it is kept. */

const INSTANCES = 3;
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const port = Number(process.env.PORT ?? 8000);

ensurePackages(root);
if (spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: 'inherit' }).status !== 0)
  process.exit(1);

const data = mkdtempSync(join(tmpdir(), 'vicino-cluster-'));
const [natsPort = 0, ...ports] = await Promise.all(Array.from({ length: INSTANCES + 1 }, freePort));
/** @type {import('node:child_process').ChildProcess[]} */
const instances = [];
const proxy = roundRobin(ports);
let isStopping = false;
const nats = spawn(await ensureNatsServer(), ['-a', '127.0.0.1', '-p', `${natsPort}`, '-js', '-sd', data], {
  stdio: ['ignore', 'ignore', 'ignore'],
  detached: true,
});
nats.on('exit', () => void stop());
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => void stop());
// Told to stop, npm and its shell end without passing it on: under npm, losing the parent is the signal.
const parent = process.ppid;
setInterval(() => {
  if (process.env.npm_lifecycle_event !== undefined && process.ppid !== parent) void stop();
}, 100).unref();
await answers(natsPort);

const env = {
  VC_DEMO: '1',
  VC_SECRET: randomBytes(32).toString('hex'),
  ...process.env,
  VC_STORE: `nats://127.0.0.1:${natsPort}/vicino`,
};
for (const own of ports) {
  const child = spawn(denoPath(), ['run', '-A', 'server/main.ts'], {
    cwd: root,
    env: { ...env, PORT: `${own}` },
    // Its own group: an interrupt of the terminal is for this script, which passes it on in order.
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  child.on('exit', (code, signal) => console.log(`Instance ${own} has ended (${signal ?? code}).`));
  instances.push(child);
}
await Promise.all(ports.map(answers));

proxy.on('error', (error) => {
  console.error(`Cannot listen on port ${port}: ${error.message}`);
  process.exitCode = 1;
  void stop();
});
proxy.listen(port, () => {
  const address = `http://localhost:${port}`;
  const rows = [
    `Shop       ${address}/`,
    `Desk       ${address}/agent?as=anna`,
    ...instances.map(({ pid }, n) => `Instance   http://localhost:${ports[n]}  (process ${pid})`),
    'Stop       Ctrl+C',
  ];
  console.log(['', ...rows, ''].join('\n  '));
});

/** The instances first, for they have something to say to each other; then what they said it through. */
async function stop() {
  if (isStopping) return;
  isStopping = true;
  proxy.close();
  await Promise.all(instances.map(ended));
  await ended(nats);
  rmSync(data, { recursive: true, force: true });
  process.exit();
}

/** @param {import('node:child_process').ChildProcess} child */
async function ended(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await exit;
}

/** @returns {Promise<number>} free when asked */
function freePort() {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/**
 * Resolves when somebody listens on the port.
 * @param {number} own
 */
async function answers(own) {
  while (true) {
    try {
      await fetch(`http://127.0.0.1:${own}/readyz`);
      return;
    } catch (error) {
      // What is no HTTP has answered, too.
      const { code } = /** @type {{ cause?: { code?: string } }} */ (error).cause ?? {};
      if (code !== 'ECONNREFUSED') return;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
