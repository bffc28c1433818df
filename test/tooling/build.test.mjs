import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { brotliDecompressSync } from 'node:zlib';
import { weigh } from '../../scripts/budget.mjs';
import { build } from '../../scripts/build.mjs';

/** A project with the same entries as the real one and next to nothing in them. */
const SOURCES = {
  'tsconfig.json': '{"compilerOptions": {"experimentalDecorators": true, "useDefineForClassFields": false}}',
  'components/define/vc-widget.ts': "import '../elements/widget/vc-widget.ts';",
  'components/define/vc-agent-console.ts':
    "import { greet } from '../elements/strings.ts'; greet('agent'); import('../media/recording/recorder.ts');",
  'components/define/vc-media-bar.ts': "console.log('bar');",
  'components/elements/strings.ts': "export const greet = (name: string) => console.log('Hello', name);",
  'components/elements/widget/vc-widget.ts':
    "import { greet } from '../strings.ts'; greet('visitor'); import('../../media/call.ts'); import('./invite-here.ts');",
  'components/elements/widget/invite-here.ts': "import('./invitations.ts');",
  'components/elements/widget/invitations.ts': "export const invite = () => console.log('Come in');",
  'components/media/call.ts':
    "import './peer.ts'; import { greet } from '../elements/strings.ts'; greet('caller');",
  'components/media/peer.ts': "console.log('dialling');",
  'components/media/recording/recorder.ts': "console.log('recording');",
  'components/loader/vc.ts':
    'declare const __VC_WIDGET__: string; declare const __VC_INVITATIONS__: string; for (const s of [__VC_WIDGET__, __VC_INVITATIONS__]) import(s);',
  'demo/shop.html':
    '<link rel="stylesheet" href="{{asset:shop.css}}"><script src="{{asset:shop.js}}"></script>',
  'demo/shop.css': 'body { color: black; }',
  'demo/shop.ts': "console.log('shop');",
};

/** @type {string} */
let root;
/** @type {import('../../scripts/build.mjs').Manifest} */
let manifest;
const read = (/** @type {string} */ path) => readFile(join(root, 'dist', path), 'utf8');

before(async () => {
  root = await project({});
  manifest = await build(root, 'silent');
});
after(() => rm(root, { recursive: true }));

/** @param {Record<string, string>} changes */
async function project(changes) {
  const folder = await mkdtemp(join(tmpdir(), 'vicino-build-'));
  for (const [path, text] of Object.entries({ ...SOURCES, ...changes })) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}

/** @param {Record<string, string>} changes */
async function weighProject(changes) {
  const folder = await project(changes);
  try {
    return weigh(await build(folder, 'silent'));
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('S1 every entry has a hashed address, the loader a fixed one', async () => {
  for (const name of ['vc-agent-console', 'vc-media-bar', 'invitations']) {
    assert.match(manifest.entries[name], new RegExp(`^/assets/${name}-[A-Z0-9]{8}\\.js$`));
  }
  assert.match(manifest.entries['vc-widget'], /^\/assets\/chunk-[A-Z0-9]{8}\.js$/);
  assert.match(manifest.entries['shop.css'], /^\/assets\/shop-[A-Z0-9]{8}\.css$/);
  assert.equal(manifest.entries['vc.js'], '/vc.js');
  assert.deepEqual(JSON.parse(await read('manifest.json')), manifest);
  for (const path of Object.keys(manifest.chunks)) assert.ok(existsSync(join(root, 'dist', path)), path);
});

test('S1 the loader is a classic script that knows the addresses of the widget and its invitations', async () => {
  const loader = await read('vc.js');
  assert.ok(loader.includes(manifest.entries['vc-widget']));
  assert.ok(loader.includes(manifest.entries.invitations));
  assert.doesNotThrow(() => new Function(loader));
});

test('S1 a page gets the addresses of its assets', async () => {
  const { entries } = manifest;
  const page = await read('pages/shop.html');
  assert.equal(
    page,
    SOURCES['demo/shop.html']
      .replace('{{asset:shop.css}}', entries['shop.css'])
      .replace('{{asset:shop.js}}', entries['shop.js']),
  );
});

test('S1 a page that asks for a missing asset stops the build', async () => {
  const folder = await project({ 'demo/desk.html': '<script src="{{asset:desk.js}}"></script>' });
  await assert.rejects(build(folder, 'silent'), /desk\.ts/);
  await rm(folder, { recursive: true });
});

test('S1 the manifest tells static from dynamic imports, and what a chunk weighs', async () => {
  const widget = manifest.chunks[manifest.entries['vc-widget']];
  assert.deepEqual(widget.dynamic.map((path) => manifest.chunks[path].source).sort(), [
    'components/elements/widget/invite-here.ts',
    'components/media/call.ts',
  ]);
  const [here] = widget.dynamic.filter((path) => manifest.chunks[path].source?.endsWith('invite-here.ts'));
  assert.deepEqual(manifest.chunks[here].dynamic, [manifest.entries.invitations]);
  for (const [path, { bytes, brotli }] of Object.entries(manifest.chunks)) {
    const compressed = await readFile(join(root, 'dist', `${path}.br`));
    assert.equal(compressed.length, brotli);
    assert.equal(brotliDecompressSync(compressed).length, bytes);
  }
});

test('S1 a source that changes changes its address', async () => {
  const folder = await project({ 'demo/shop.ts': "console.log('another shop');" });
  const { entries } = await build(folder, 'silent');
  await rm(folder, { recursive: true });
  assert.notEqual(entries['shop.js'], manifest.entries['shop.js']);
  assert.equal(entries['shop.css'], manifest.entries['shop.css']);
});

test('S1 what the widget shares with its parts stays in one piece, with source maps', async () => {
  const widget = manifest.chunks[manifest.entries['vc-widget']];
  assert.deepEqual(widget.static, []);
  assert.ok(widget.inputs.includes('components/elements/strings.ts'));
  const { sources } = JSON.parse(await read(`${manifest.entries['vc-widget']}.map`));
  assert.ok(sources.some((/** @type {string} */ source) => source.endsWith('elements/strings.ts')));
});

test('S1 an invitation brings nothing of the widget', () => {
  const { inputs, static: imports } = manifest.chunks[manifest.entries.invitations];
  assert.deepEqual([inputs, imports], [['components/elements/widget/invitations.ts'], []]);
});

test('the budget counts the launcher, the open chat, and what each part adds', () => {
  const { rows, leaks, strays } = weigh(manifest);
  const sizes = Object.fromEntries(rows.map(({ name, bytes }) => [name, bytes]));
  const { brotli, dynamic } = manifest.chunks[manifest.entries['vc-widget']];
  const weight = (/** @type {string} */ source) =>
    dynamic
      .map((path) => manifest.chunks[path])
      .filter((chunk) => chunk.source === source)
      .reduce((sum, chunk) => sum + chunk.brotli, 0);
  const launcher = manifest.chunks['/vc.js'].brotli;
  assert.equal(sizes['closed launcher'], launcher);
  assert.equal(sizes['chat open'], launcher + brotli);
  assert.equal(sizes['a call adds'], weight('components/media/call.ts'));
  assert.equal(
    sizes['an invitation adds'],
    weight('components/elements/widget/invite-here.ts') +
      manifest.chunks[manifest.entries.invitations].brotli,
  );
  assert.deepEqual([leaks, strays], [[], []]);
});

test('the budget grows red with what is downloaded', async () => {
  const noise = Array.from({ length: 40_000 }, (_, at) => (at * 7919 * (at % 251)).toString(36)).join('');
  const heavy = { 'components/media/peer.ts': `console.log('${noise}');` };
  const { rows } = await weighProject(heavy);
  assert.deepEqual(
    rows.filter(({ bytes, limit }) => bytes > limit).map(({ name }) => name),
    ['a call adds'],
  );
});

test('the budget names what comes on demand and is counted nowhere', async () => {
  const { strays } = await weighProject({
    'components/elements/widget/vc-widget.ts': "import('../../media/call.ts'); import('./surprise.ts');",
    'components/elements/widget/surprise.ts': "console.log('surprise');",
  });
  assert.deepEqual(strays, ['components/elements/widget/surprise.ts']);
});

for (const [way, source] of [
  ['at once', "import '../agent-console/desk.ts'; import('../../media/call.ts');"],
  ['on demand', "import('../agent-console/desk.ts'); import('../../media/call.ts');"],
]) {
  test(`the budget sees agent code that the widget loads ${way}`, async () => {
    const { leaks } = await weighProject({
      'components/elements/widget/vc-widget.ts': source,
      'components/elements/agent-console/desk.ts': "console.log('desk');",
    });
    assert.equal(leaks.length, 1);
    assert.match(leaks[0], /components\/elements\/agent-console\/desk\.ts$/);
  });
}

test('the budget cannot be passed by a widget that has no call', async () => {
  await assert.rejects(
    weighProject({ 'components/elements/widget/vc-widget.ts': "console.log('chat');" }),
    /Cannot weigh/,
  );
});
