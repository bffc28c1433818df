import { join, relative } from 'node:path';

const ON_DEMAND = 'on-demand';

/**
 * Plugin for esbuild, which cuts what an entry shares with the parts it loads on demand into a chunk for every set of parts
 * that share it. Each of those parts is loaded by `entry` alone, when all of that is there; told so, esbuild leaves it in one
 * piece, which is fewer requests and compresses better.
 * @param {string} entry source file, from the project folder
 * @param {Readonly<Record<string, string>>} elsewhere names of the files, beside the chunks, of parts that are built by
 * themselves
 * @returns {import('esbuild').Plugin}
 */
export const inOneChunk = (entry, elsewhere) => ({
  name: 'in-one-chunk',
  setup({ onResolve, onLoad, initialOptions: { absWorkingDir: root = '.' } }) {
    onResolve({ filter: /^\.{1,2}\// }, ({ kind, path, resolveDir }) => {
      if (kind !== 'dynamic-import') return undefined;
      const part = relative(root, join(resolveDir, path));
      if (elsewhere[part]) return { path: `./${elsewhere[part]}`, external: true };
      return { path: part, namespace: ON_DEMAND };
    });
    onLoad({ filter: /.*/, namespace: ON_DEMAND }, ({ path }) => ({
      contents: `import './${entry}'; export * from './${path}';`,
      resolveDir: root,
    }));
  },
});

/**
 * Source file of a chunk.
 * @param {string} entryPoint as esbuild names it
 */
export const sourceOfPart = (entryPoint) => entryPoint.replace(`${ON_DEMAND}:`, '');
