import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { denoPath, ensurePackages } from './packages.mjs';
import { ensureBrowserTools } from './system.mjs';
import { readTotals, sum } from './totals.mjs';

const MINUTE = 60_000;
const LONGEST = 20 * MINUTE;
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const only = process.argv.slice(2);

/**
 * @typedef {object} Stage
 * @property {string} name
 * @property {string[][]} commands run one after the other
 * @property {'deno' | 'node' | 'browser'} [runner] whose totals to read; a stage without one is a single check
 * @property {boolean} [built] needs the output of the build
 * @property {boolean} [browser] needs a real browser
 * @property {boolean} [waits] mostly for other processes, so that it runs beside those which work
 * @property {boolean} [alone] needs the whole machine: pictures come late on a busy one
 */

/** @returns {Stage[]} */
function allStages() {
  const deno = denoPath();
  const node = process.execPath;
  const colour = process.stdout.isTTY ? 'force' : 'off';
  const { server, pages } = denoFiles();
  const bin = (/** @type {string} */ path, /** @type {string[]} */ ...args) => [
    node,
    join('node_modules', path),
    ...args,
  ];
  const denoTest = (/** @type {string} */ folder, /** @type {string[]} */ ...flags) => [
    [deno, 'test', '-A', '--no-check', ...flags, `test/${folder}`],
  ];
  // Brought before tests that run side by side ask for it.
  const nats = [node, 'scripts/nats-server.mjs'];
  return [
    { name: 'build', commands: [[node, 'scripts/build.mjs']] },
    {
      name: 'biome',
      commands: [[...bin('@biomejs/biome/bin/biome'), 'ci', '--error-on-warnings', `--colors=${colour}`]],
    },
    { name: 'eslint', commands: [[...bin('eslint/bin/eslint.js'), '--max-warnings=0', 'components']] },
    { name: 'imports', commands: [[node, 'scripts/check-imports.mjs']] },
    {
      name: 'types',
      commands: [
        [...bin('typescript/bin/tsc'), '-p', 'tsconfig.json'],
        [...bin('typescript/bin/tsc'), '-p', 'tsconfig.core.json'],
        [...bin('typescript/bin/tsc'), '-p', 'tsconfig.scripts.json'],
        [deno, 'check', '--quiet', ...server],
        [deno, 'check', '--quiet', ...pages],
      ],
    },
    { name: 'budget', commands: [[node, 'scripts/budget.mjs']], built: true },
    {
      name: 'tooling',
      commands: [[node, '--test', '--test-reporter=spec', ...filesIn('test/tooling', '.test.mjs')]],
      runner: 'node',
    },
    { name: 'core', commands: denoTest('core', '--parallel'), runner: 'deno' },
    { name: 'server', commands: [nats, ...denoTest('server', '--parallel')], runner: 'deno' },
    { name: 'chaos', commands: [nats, ...denoTest('chaos', '--parallel')], runner: 'deno' },
    {
      name: 'bench',
      commands: [[deno, 'run', '-A', '--no-check', 'test/bench/main.ts', '--brief']],
    },
    { name: 'elements', commands: [bin('@web/test-runner/dist/bin.js')], runner: 'browser', browser: true },
    {
      name: 'firefox',
      commands: [bin('@web/test-runner/dist/bin.js', '--config', 'web-test-runner.firefox.config.mjs')],
      runner: 'browser',
      browser: true,
      waits: true,
    },
    {
      name: 'e2e-calls',
      commands: denoTest('e2e/calls/main.ts'),
      runner: 'deno',
      built: true,
      browser: true,
      waits: true,
    },
    {
      name: 'e2e-chat',
      commands: denoTest('e2e/chat/main.ts'),
      runner: 'deno',
      built: true,
      browser: true,
      waits: true,
    },
    {
      name: 'contract',
      commands: [nats, ...denoTest('contract', '--parallel')],
      runner: 'deno',
      waits: true,
    },
    // The database behind its KV servers (@deno/kv, native) crashes Deno when two threads use it.
    { name: 'cluster', commands: [nats, ...denoTest('cluster')], runner: 'deno', waits: true },
    { name: 'conformance', commands: denoTest('conformance'), runner: 'deno', browser: true, waits: true },
    {
      name: 'e2e-pictures',
      commands: denoTest('e2e/pictures/main.ts'),
      runner: 'deno',
      built: true,
      browser: true,
      alone: true,
    },
  ];
}

/** What Deno runs and `tsc` therefore does not see; what drives pages apart, for the types of a page are others. */
function denoFiles() {
  const tests = (/** @type {string[]} */ ...folders) =>
    folders.flatMap((folder) => filesIn(`test/${folder}`, '_test.ts'));
  return {
    server: [
      'server/main.ts',
      ...filesIn('core', '.ts'),
      ...filesIn('test/chaos', '.ts'),
      ...tests('core', 'server', 'contract', 'cluster'),
    ],
    pages: [...tests('conformance', 'e2e'), 'test/bench/main.ts', ...filesIn('scripts', '.ts')],
  };
}

/**
 * @param {string} folder
 * @param {string} ending
 */
function filesIn(folder, ending) {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name));
}

/**
 * Runs one command, shows what it prints and keeps it.
 * @param {string[]} command
 * @param {(text: string) => void} show
 * @returns {Promise<{ code: number, output: string }>}
 */
function run([file, ...args], show) {
  return new Promise((resolve) => {
    const colour = process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' };
    const env = { ...process.env, ...colour, DENO_NO_UPDATE_CHECK: '1' };
    const child = spawn(file, args, {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: LONGEST,
      killSignal: 'SIGKILL',
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
        show(text);
      });
    child.on('error', (error) => resolve({ code: 1, output: `${error}` }));
    // A killed runner may leave children behind that hold its pipes open.
    child.on('exit', (_, signal) => signal && [child.stdout, child.stderr].map((stream) => stream.destroy()));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/**
 * @param {Stage} stage
 * @param {(text: string) => void} show
 * @returns {Promise<import('./totals.mjs').Totals>}
 */
async function runStage({ commands, runner }, show) {
  let worst = 0;
  let output = '';
  for (const command of commands) {
    const result = await run(command, show);
    worst ||= result.code;
    output += result.output;
  }
  if (runner) return readTotals(runner, output, worst);
  return worst === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** @returns {Stage[]} those named on the command line, with the build if one needs it, or all */
function chooseStages() {
  const all = allStages();
  const unknown = only.filter((name) => !all.some((stage) => stage.name === name));
  if (unknown.length > 0) {
    throw new Error(
      `Cannot run ${unknown.join(', ')}: the stages are ${all.map(({ name }) => name).join(', ')}`,
    );
  }
  if (only.length === 0) return all;
  const built = all.some(({ name, built }) => built && only.includes(name));
  return all.filter(({ name }) => only.includes(name) || (built && name === 'build'));
}

/** @returns {Stage[]} what to run, with all it needs installed */
function prepare() {
  try {
    ensurePackages(root);
    const stages = chooseStages();
    if (stages.some(({ browser }) => browser)) ensureBrowserTools();
    return stages;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}

/** @type {{ name: string, seconds: number, totals: import('./totals.mjs').Totals }[]} */
const results = [];
let buildFailed = false;

/**
 * One stage after the other, until nothing is left in any of the queues.
 * @param {Stage[][]} queues the first is emptied first
 * @param {boolean} [later] shows what a stage printed when it has ended
 */
async function runAll(queues, later = false) {
  const next = () => queues.find((queue) => queue.length > 0)?.shift();
  for (let stage = next(); stage; stage = next()) {
    let held = '';
    const show = (/** @type {string} */ text) => {
      if (later) held += text;
      else process.stdout.write(text);
    };
    show(`\n── ${stage.name} ${'─'.repeat(70 - stage.name.length)}\n`);
    const began = performance.now();
    const blocked = buildFailed && stage.built === true;
    if (blocked) show('Cannot run: the build failed\n');
    /** @type {import('./totals.mjs').Totals} */
    const totals = blocked ? { passed: 0, failed: 1 } : await runStage(stage, show);
    process.stdout.write(held);
    buildFailed ||= stage.name === 'build' && totals.failed > 0;
    results.push({ name: stage.name, seconds: (performance.now() - began) / 1000, totals });
  }
}

const stages = prepare();
await runAll([stages.filter(({ name }) => name === 'build')]);
const together = stages.filter(({ name, alone }) => name !== 'build' && !alone);
const waiting = together.filter(({ waits }) => waits);
const working = together.filter(({ waits }) => !waits);
// Whoever has nothing left helps the other.
if (working.length > 0 && waiting.length > 0)
  await Promise.all([runAll([working, waiting]), runAll([waiting, working], true)]);
else await runAll([together]);
await runAll([stages.filter(({ alone }) => alone)]);

console.log(`\n${'stage'.padEnd(14)}${'passed'.padStart(8)}${'failed'.padStart(8)}${'time'.padStart(10)}`);
for (const { name, seconds, totals } of results) {
  const time = `${seconds.toFixed(1)} s`;
  console.log(
    `${name.padEnd(14)}${String(totals.passed).padStart(8)}${String(totals.failed).padStart(8)}${time.padStart(10)}`,
  );
}
const { passed, failed } = sum(results.map(({ totals }) => totals));
process.exitCode = failed > 0 ? 1 : 0;
console.log(`\n${passed} passed, ${failed} failed`);
