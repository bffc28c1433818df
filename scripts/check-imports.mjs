import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/**
 * Who may import whom, by the beginning of a path; the first row that fits a file decides. Every row may import its own
 * `from` as well. `lazy` targets may be named in a type or in `import()`, never in a plain import.
 * @type {{ from: string, to: string[], lazy?: string[] }[]}
 */
const LAYERS = [
  { from: 'core/', to: [] },
  { from: 'server/', to: ['core/', 'package.json'] },
  { from: 'components/store/', to: ['core/'] },
  { from: 'components/check/', to: [] },
  { from: 'components/session/', to: ['components/check/', 'components/store/', 'core/'] },
  { from: 'components/media/', to: ['components/store/', 'core/'] },
  ...['widget/vc-widget.ts', 'agent-console/vc-agent-console.ts'].map((root) => ({
    from: `components/elements/${root}`,
    to: ['components/check/', 'components/elements/', 'components/session/', 'components/store/', 'core/'],
    lazy: ['components/media/'],
  })),
  { from: 'components/elements/', to: ['components/check/', 'components/store/', 'core/'] },
  { from: 'components/define/', to: ['components/elements/'] },
  {
    from: 'components/loader/',
    to: [
      'components/elements/icons.ts',
      'components/elements/strings/',
      'components/elements/widget/launcher',
      'components/elements/widget/live-flag.ts',
      'components/elements/widget/invite-later.ts',
    ],
  },
  { from: 'components/index.ts', to: ['components/elements/', 'components/store/', 'core/'] },
  { from: 'demo/', to: ['components/define/', 'components/elements/parts/vc-connection-check.ts', 'core/'] },
];

/** Packages wrapped by exactly one file. */
const WRAPPED = {
  peerjs: 'components/media/peer.ts',
  'idb-keyval': 'components/store/durable.ts',
  mediabunny: 'components/media/remux.ts',
};

/** Packages that keep `core` pure. */
const CORE_PACKAGES = ['valibot'];

/** Too heavy to come along with whoever needs it. */
const LAZY = 'components/media/remux.ts';

/**
 * @typedef {{ specifier: string, kind: 'static' | 'dynamic' | 'type', line: number }} Import
 *
 * @param {string} path of the file, from the project folder, with `/`
 * @param {string} source its text
 * @returns {string[]} one sentence for each import that breaks a rule
 */
export function checkImports(path, source) {
  return importsOf(path, source).flatMap((entry) => {
    const reason = entry.specifier.startsWith('.')
      ? refuseFile(path, posix.join(posix.dirname(path), entry.specifier), entry.kind)
      : refusePackage(path, entry.specifier);
    return reason === undefined ? [] : [`${path}:${entry.line} Cannot import ${entry.specifier}: ${reason}`];
  });
}

/**
 * @param {string} path
 * @param {string} target
 * @param {Import['kind']} kind
 * @returns {string | undefined} the reason to refuse
 */
function refuseFile(path, target, kind) {
  const layer = LAYERS.find(({ from }) => path.startsWith(from));
  if (layer === undefined) return path.startsWith('components/') ? 'its folder has no rules yet' : undefined;
  const { from, to, lazy = [] } = layer;
  const within = (/** @type {string[]} */ prefixes) => prefixes.some((prefix) => target.startsWith(prefix));
  if (within(lazy) || target === LAZY) {
    if (kind === 'static') return `${target} is loaded lazily, with import()`;
    if (within(lazy)) return undefined;
  }
  return within([from, ...to]) ? undefined : `${from} may import only ${[from, ...to, ...lazy].join(', ')}`;
}

/**
 * @param {string} path
 * @param {string} specifier
 * @returns {string | undefined} the reason to refuse
 */
function refusePackage(path, specifier) {
  for (const [name, file] of Object.entries(WRAPPED)) {
    if (specifier === name || specifier.startsWith(`${name}/`)) {
      return path === file ? undefined : `only ${file} may`;
    }
  }
  if (path.startsWith('core/') && !CORE_PACKAGES.includes(specifier)) {
    return `core/ may import only ${CORE_PACKAGES.join(', ')} and its own files`;
  }
  return undefined;
}

/**
 * @param {string} path
 * @param {string} source
 * @returns {Import[]}
 */
function importsOf(path, source) {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.ES2022);
  /** @type {Import[]} */
  const found = [];
  const add = (/** @type {ts.Node | undefined} */ specifier, /** @type {Import['kind']} */ kind) => {
    if (specifier === undefined || !ts.isStringLiteralLike(specifier)) return;
    const { line } = file.getLineAndCharacterOfPosition(specifier.getStart(file));
    found.push({ specifier: specifier.text, kind, line: line + 1 });
  };
  const visit = (/** @type {ts.Node} */ node) => {
    if (ts.isImportDeclaration(node)) {
      add(node.moduleSpecifier, node.importClause?.isTypeOnly ? 'type' : 'static');
    } else if (ts.isExportDeclaration(node)) {
      add(node.moduleSpecifier, node.isTypeOnly ? 'type' : 'static');
    } else if (ts.isImportTypeNode(node)) {
      add(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, 'type');
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], 'dynamic');
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

const main = fileURLToPath(import.meta.url);
if (process.argv[1] === main) {
  const root = dirname(dirname(main));
  const paths = ['core', 'server', 'components', 'demo'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => `${folder}/${name.replaceAll(sep, '/')}`),
  );
  const complaints = paths.flatMap((path) => checkImports(path, readFileSync(join(root, path), 'utf8')));
  for (const complaint of complaints) console.log(complaint);
  console.log(`${paths.length} files, ${complaints.length} forbidden imports`);
  if (complaints.length > 0) process.exitCode = 1;
}
