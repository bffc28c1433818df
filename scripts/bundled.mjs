import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build } from 'esbuild';

/** Where what several modules share is served. */
const SHARED = '__shared__';

/**
 * Plugins for web-test-runner: every module of a folder is served at its own address with all it imports, what several of them
 * need in chunks. A page then loads a few files instead of hundreds, and packages that a browser cannot load file by file
 * (CommonJS inside, imports of Node's own modules) load like any other. Asked for with a query, a module comes by itself.
 * @param {string} folder
 * @param {import('@web/dev-server-core').Plugin} single reads those
 * @returns {import('@web/dev-server-core').Plugin[]}
 */
export function bundled(folder, single) {
  /** @type {Map<string, string>} */
  const served = new Map();
  const find = (/** @type {import('@web/dev-server-core').Context} */ { path, query }) =>
    Object.keys(query).every((name) => name.startsWith('wtr-')) ? served.get(path) : undefined;
  /** @type {import('@web/dev-server-core').Plugin} */
  const all = {
    name: 'bundled',
    async serverStart({ config: { rootDir } }) {
      const { outputFiles } = await build({
        absWorkingDir: rootDir,
        entryPoints: readdirSync(join(rootDir, folder), { recursive: true, encoding: 'utf8' })
          .filter((name) => name.endsWith('.ts'))
          .map((name) => join(folder, name)),
        outdir: rootDir,
        outbase: '.',
        outExtension: { '.js': '.ts' },
        chunkNames: `${SHARED}/[name]-[hash]`,
        bundle: true,
        splitting: true,
        format: 'esm',
        target: 'es2022',
        tsconfig: 'tsconfig.base.json',
        // Beside it, for who asks: within, every page reads it, a quarter of all the work.
        sourcemap: 'linked',
        write: false,
      });
      for (const { path, text } of outputFiles) served.set(`/${relative(rootDir, path)}`, text);
    },
    serve(context) {
      const body = find(context);
      return body === undefined ? undefined : { body, type: context.path.endsWith('.map') ? 'json' : 'js' };
    },
  };
  // What was bundled is JavaScript, whatever it is called.
  const { transform } = single;
  single.transform = (context) =>
    find(context) === undefined ? transform?.call(single, context) : undefined;
  return [all, single];
}
