import { spawnSync } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
// @ts-expect-error The analyzer brings no types for its programmatic use.
import { cli } from '@custom-elements-manifest/analyzer/cli.js';

/**
 * The layout that package.json `exports` points into: `dist/package` with the modules as plain JavaScript, their types,
 * and `custom-elements.json`. Throws when a type is wrong.
 * @param {string} root the project folder
 */
export async function buildPackage(root) {
  const folder = join(root, 'dist/package');
  await rm(folder, { recursive: true, force: true });
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const { status } = spawnSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.package.json')], {
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`Cannot build the package: tsc ended with ${status}`);
  const manifest = await describeElements(root);
  await writeFile(join(folder, 'custom-elements.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

/**
 * @typedef {{ name: string, tagName?: string }} Declaration
 * @typedef {{ path: string, declarations: Declaration[], exports: object[] }} Module
 *
 * The custom elements manifest of the public elements, speaking of the emitted files and without what is private.
 * @param {string} root
 * @returns {Promise<object>}
 */
async function describeElements(root) {
  const elements = [
    'widget/vc-widget',
    'agent-console/vc-agent-console',
    'media-bar/vc-media-bar',
    'base-element',
  ];
  const globs = ['components/define/*.ts', ...elements.map((name) => `components/elements/${name}.ts`)];
  const argv = ['analyze', '--litelement', '--quiet', '--globs', ...globs];
  const manifest = JSON.parse(JSON.stringify(await cli({ argv, cwd: root, noWrite: true })), (key, value) => {
    if ((key === 'path' || key === 'module') && typeof value === 'string')
      return value.replace(/^\/?(.+)\.ts$/, 'dist/package/$1.js');
    if (key === 'members') return value.filter((/** @type {{ privacy?: string }} */ { privacy }) => !privacy);
    return value;
  });
  addDefinitions(manifest.modules);
  return manifest;
}

/**
 * Says which module registers which element: the analyzer does not follow a name into the function that registers it.
 * @param {Module[]} modules
 */
function addDefinitions(modules) {
  for (const { path, declarations } of modules)
    for (const { name, tagName } of declarations) {
      const definer = modules.find((module) => module.path.endsWith(`/define/${tagName}.js`));
      const declaration = { name, module: path };
      definer?.exports.push({ kind: 'custom-element-definition', name: tagName, declaration });
    }
}

const main = fileURLToPath(import.meta.url);
if (process.argv[1] === main) await buildPackage(dirname(dirname(main)));
