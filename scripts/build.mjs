import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import * as esbuild from 'esbuild';
import { inOneChunk, sourceOfPart } from './in-one-chunk.mjs';
import { minifyStyles } from './minify-styles.mjs';
import { shrink } from './shrink.mjs';

const VISITOR = 'vc-widget';
/** The widget loads it on demand, and the loader before there is a widget: the smaller for bringing nothing else. */
const INVITATIONS = 'components/elements/widget/invitations.ts';
const AGENT = ['vc-agent-console', 'vc-media-bar'];
const PLACEHOLDER = /\{\{asset:([\w-]+\.(?:js|css))\}\}/g;

/**
 * @typedef {object} Chunk
 * @property {number} bytes
 * @property {number} brotli bytes at quality 11
 * @property {string[]} static addresses it imports at once
 * @property {string[]} dynamic addresses it imports on demand
 * @property {string[]} inputs source files and packages inside
 * @property {string} [source] the source file that is imported as this chunk
 *
 * @typedef {object} Manifest written to `dist/manifest.json`
 * @property {Record<string, string>} entries name → address: `vc-widget`, …, `vc.js`, and the assets of the demo pages
 * @property {Record<string, Chunk>} chunks by address
 */

/**
 * Bundles the browser side of `root` into `root/dist`: hashed modules and styles in `assets/`, the classic script `vc.js`,
 * the demo pages with their assets filled in, and `manifest.json`. A brotli copy (`.br`) lies beside each script and style.
 * Rejects when a source file is missing or broken.
 * @param {string} root the project folder
 * @param {esbuild.LogLevel} [logLevel] what to print
 * @returns {Promise<Manifest>}
 */
export async function build(root, logLevel = 'warning') {
  const dist = join(root, 'dist');
  await Promise.all(
    ['assets', 'pages'].map((folder) => rm(join(dist, folder), { recursive: true, force: true })),
  );
  const pages = await readPages(join(root, 'demo'));
  const options = common(root, logLevel);
  const visitor = await bundleVisitor(options, dist);
  const agent = await bundleModules(options, dist, [...AGENT, ...new Set(assetsOf(pages))]);
  const loader = await bundleLoader(options, dist, visitor.entries);
  const manifest = {
    entries: { ...visitor.entries, ...agent.entries, 'vc.js': '/vc.js' },
    chunks: { ...visitor.chunks, ...agent.chunks, ...loader },
  };
  await writeFile(join(dist, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  await writePages(join(dist, 'pages'), pages, manifest.entries);
  return manifest;
}

/** @typedef {esbuild.BuildOptions & { metafile: true, absWorkingDir: string, plugins: esbuild.Plugin[] }} Options */

/**
 * @param {string} root
 * @param {esbuild.LogLevel} logLevel
 * @returns {Options}
 */
const common = (root, logLevel) => ({
  absWorkingDir: root,
  tsconfig: join(root, 'tsconfig.json'),
  bundle: true,
  alias: {
    'webrtc-adapter': join(root, 'components/media/standard-webrtc.ts'),
    'peerjs-js-binarypack': join(root, 'components/media/no-packing.ts'),
  },
  minify: true,
  plugins: [minifyStyles],
  target: 'es2022',
  charset: 'utf8',
  sourcemap: 'external',
  legalComments: 'external',
  metafile: true,
  logLevel,
});

/**
 * @param {Map<string, string>} pages
 * @returns {string[]} names of the assets they ask for
 */
const assetsOf = (pages) =>
  [...pages.values()].flatMap((text) => [...text.matchAll(PLACEHOLDER)].map(([, name]) => name));

/**
 * What visitors load. Built by itself: sharing chunks with what only agents load would cut it into more and larger pieces.
 * @param {Options} options
 * @param {string} dist
 * @returns {Promise<Manifest>}
 */
async function bundleVisitor(options, dist) {
  const alone = await bundle(options, dist, new Map([[INVITATIONS, 'invitations']]), true);
  const elsewhere = { [INVITATIONS]: basename(alone.entries.invitations) };
  const source = sourceOf(VISITOR);
  const plugins = [...options.plugins, inOneChunk(source, elsewhere)];
  const { entries, chunks } = await bundle({ ...options, plugins }, dist, new Map([[source, VISITOR]]), true);
  return {
    entries: { ...alone.entries, [VISITOR]: withoutStub(entries[VISITOR], chunks) },
    chunks: { ...alone.chunks, ...chunks },
  };
}

/**
 * Where everything of an entry is in a chunk that it shares with its parts, the entry itself only imports that one: a
 * request less without it.
 * @param {string} entry
 * @param {Record<string, Chunk>} chunks
 */
function withoutStub(entry, chunks) {
  const { static: imports, inputs } = chunks[entry];
  return imports.length === 1 && inputs.length === 0 ? imports[0] : entry;
}

/**
 * @param {Options} options
 * @param {string} dist
 * @param {string[]} names of elements and of assets of the demo
 * @returns {Promise<Manifest>}
 */
function bundleModules(options, dist, names) {
  return bundle(options, dist, new Map(names.map((name) => [sourceOf(name), name])), false);
}

/**
 * @param {Options} options
 * @param {string} dist
 * @param {ReadonlyMap<string, string>} sources source file → name of the entry
 * @param {boolean} small whether every byte counts
 * @returns {Promise<Manifest>}
 */
async function bundle(options, dist, sources, small) {
  const { metafile } = await esbuild.build({
    ...options,
    entryPoints: [...sources].map(([path, name]) => ({ in: path, out: name.replace(/\.\w+$/, '') })),
    outdir: dist,
    format: 'esm',
    splitting: true,
    entryNames: 'assets/[name]-[hash]',
    chunkNames: 'assets/[name]-[hash]',
    assetNames: 'assets/[name]-[hash]',
    loader: { '.svg': 'file', '.png': 'file', '.webp': 'file' },
  });
  /** @type {Record<string, string>} */
  const entries = {};
  for (const [path, { entryPoint = '' }] of Object.entries(metafile.outputs)) {
    const name = sources.get(entryPoint);
    if (name !== undefined) entries[name] = address(path);
  }
  return { entries, chunks: await measure(options.absWorkingDir, metafile, small) };
}

/** @param {string} name */
const sourceOf = (name) =>
  name.startsWith('vc-') ? `components/define/${name}.ts` : `demo/${name.replace(/\.js$/, '.ts')}`;

/**
 * A classic script for a plain script tag: it learns the addresses of what it loads here, so it is built last.
 * @param {Options} options
 * @param {string} dist
 * @param {Record<string, string>} entries
 */
async function bundleLoader(options, dist, { [VISITOR]: widget, invitations }) {
  const { metafile } = await esbuild.build({
    ...options,
    entryPoints: ['components/loader/vc.ts'],
    outfile: join(dist, 'vc.js'),
    format: 'iife',
    define: { __VC_WIDGET__: JSON.stringify(widget), __VC_INVITATIONS__: JSON.stringify(invitations) },
  });
  return measure(options.absWorkingDir, metafile, true);
}

/**
 * @param {string} root
 * @param {esbuild.Metafile} metafile
 * @param {boolean} small whether every byte counts
 * @returns {Promise<Record<string, Chunk>>}
 */
async function measure(root, metafile, small) {
  const outputs = Object.entries(metafile.outputs).filter(([path]) => /\.(js|css)$/.test(path));
  const chunks = outputs.map(async ([out, { entryPoint, imports, inputs }]) => {
    if (small) await shrink(join(root, out), out.includes('/assets/'));
    const content = await readFile(join(root, out));
    const compressed = brotliCompressSync(content);
    await writeFile(join(root, `${out}.br`), compressed);
    // What was built by itself lies beside this chunk, and is external to its build.
    const internal = imports.map(({ path, kind, external }) => ({
      kind,
      path: external ? join(dirname(out), path) : path,
    }));
    const of = (/** @type {boolean} */ dynamic) =>
      internal.filter(({ kind }) => (kind === 'dynamic-import') === dynamic).map(({ path }) => address(path));
    const chunk = {
      bytes: content.length,
      brotli: compressed.length,
      static: of(false),
      dynamic: of(true),
      inputs: Object.keys(inputs),
      ...(entryPoint === undefined ? {} : { source: sourceOfPart(entryPoint) }),
    };
    return /** @type {const} */ ([address(out), chunk]);
  });
  return Object.fromEntries(await Promise.all(chunks));
}

/** @param {string} path as esbuild names it, beginning with `dist/` */
const address = (path) => path.replace(/^dist/, '');

/**
 * @param {string} folder
 * @returns {Promise<Map<string, string>>} file name → text
 */
async function readPages(folder) {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.html'));
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return new Map(names.map((name, at) => [name, texts[at]]));
}

/**
 * @param {string} folder
 * @param {Map<string, string>} pages
 * @param {Record<string, string>} entries
 */
async function writePages(folder, pages, entries) {
  await mkdir(folder, { recursive: true });
  for (const [name, text] of pages) {
    const filled = text.replaceAll(PLACEHOLDER, (_, /** @type {string} */ asset) => entries[asset]);
    await writeFile(join(folder, name), filled);
  }
}

const main = fileURLToPath(import.meta.url);
if (process.argv[1] === main) {
  const root = dirname(dirname(main));
  const { entries, chunks } = await build(root).catch((error) => {
    // What is wrong in a source file is printed already.
    if (!('errors' in error)) console.error(error);
    process.exit(1);
  });
  for (const [name, path] of Object.entries(entries)) {
    console.log(`${name.padEnd(18)} ${path.padEnd(36)} ${String(chunks[path].brotli).padStart(7)} B brotli`);
  }
  console.log(`${Object.keys(chunks).length} files in dist`);
}
