import { readFile, writeFile } from 'node:fs/promises';
import { minify } from 'terser';

/**
 * Minifies a script that esbuild wrote once more, with its source map: terser names things by how often they occur, which
 * compresses 3 % better. Takes a while, so it is for what visitors download. The address stays: what it is a hash of
 * decides what comes out.
 * @param {string} path
 * @param {boolean} module
 */
export async function shrink(path, module) {
  const [code, map] = await Promise.all([readFile(path, 'utf8'), readFile(`${path}.map`, 'utf8')]);
  const result = await minify(code, {
    module,
    ecma: 2020,
    compress: { passes: 2 },
    sourceMap: { content: map, asObject: false },
  });
  await writeFile(path, result.code ?? code);
  await writeFile(`${path}.map`, String(result.map ?? map));
}
