import { build } from 'esbuild';

const PREFIX = '/__prebundled__/';

/**
 * Plugin for web-test-runner: packages that a browser cannot load file by file (CommonJS inside, imports of Node's own
 * modules) are served as one bundled ES module each.
 * @param {string[]} packages bare import names
 * @returns {import('@web/dev-server-core').Plugin}
 */
export function prebundle(packages) {
  /** @type {Map<string, Promise<string>>} */
  const bundles = new Map();
  return {
    name: 'prebundle',
    resolveImport({ source }) {
      return packages.includes(source) ? `${PREFIX}${source}.js` : undefined;
    },
    serve({ path }) {
      const name = packages.find((name) => path === `${PREFIX}${name}.js`);
      if (name === undefined) return undefined;
      if (!bundles.has(name)) bundles.set(name, bundle(name));
      return bundles.get(name);
    },
  };
}

/** @param {string} name */
async function bundle(name) {
  const { outputFiles } = await build({
    stdin: { contents: `export * from '${name}';`, resolveDir: process.cwd() },
    bundle: true,
    format: 'esm',
    target: 'es2022',
    write: false,
  });
  return outputFiles[0].text;
}
