import { readFile } from 'node:fs/promises';
import { transform } from 'esbuild';
import ts from 'typescript';

/**
 * Plugin for esbuild, which minifies scripts but leaves the text inside templates alone: does it to the templates of
 * elements.
 * @type {import('esbuild').Plugin}
 */
export const minifyStyles = {
  name: 'minify-styles',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]components[\\/]elements[\\/].+\.ts$/ }, async ({ path }) => ({
      contents: await minifyTemplates(await readFile(path, 'utf8')),
      loader: 'ts',
    }));
  },
};

/**
 * Minifies `css` templates, and strings marked `/* css *\/`, that are a whole style sheet without variables, and takes the
 * indentation out of `html` templates: line breaks stay, so that words stay apart.
 * @param {string} source TypeScript
 * @returns {Promise<string>}
 */
export async function minifyTemplates(source) {
  const file = ts.createSourceFile('element.ts', source, ts.ScriptTarget.ES2022, true);
  /** @type {Promise<{ start: number, end: number, text: string }>[]} */
  const changes = [];
  const visit = (/** @type {ts.Node} */ node) => {
    const start = node.getStart(file);
    const { end } = node;
    if (ts.isNoSubstitutionTemplateLiteral(node) && isStyle(node, source)) {
      changes.push(minifyStyle(node.text).then((text) => ({ start, end, text: `\`${quote(text)}\`` })));
    } else if (isPartOfMarkup(node)) {
      const text = source.slice(start, end).replace(/\n[ \t]+/g, '\n');
      changes.push(Promise.resolve({ start, end, text }));
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  const ordered = (await Promise.all(changes)).sort((a, b) => b.start - a.start);
  return ordered.reduce(
    (result, { start, end, text }) => result.slice(0, start) + text + result.slice(end),
    source,
  );
}

/**
 * @param {ts.NoSubstitutionTemplateLiteral} node
 * @param {string} source
 */
const isStyle = (node, source) =>
  isTagged(node.parent, 'css') ||
  /\/\* css \*\/\s*$/.test(source.slice(node.getFullStart(), node.getStart()));

/**
 * @param {ts.Node} node
 * @param {string} name
 */
const isTagged = (node, name) =>
  ts.isTaggedTemplateExpression(node) && ts.isIdentifier(node.tag) && node.tag.text === name;

/** @param {ts.Node} node a whole `html` template, or what stands before, between or after its variables */
function isPartOfMarkup(node) {
  if (ts.isNoSubstitutionTemplateLiteral(node)) return isTagged(node.parent, 'html');
  if (ts.isTemplateHead(node)) return isTagged(node.parent.parent, 'html');
  const between = ts.isTemplateMiddle(node) || ts.isTemplateTail(node);
  return between && isTagged(node.parent.parent.parent, 'html');
}

/** @param {string} style */
async function minifyStyle(style) {
  const { code, warnings } = await transform(style, { loader: 'css', minify: true, logLevel: 'silent' });
  // Part of a rule, for another template to complete.
  return warnings.length > 0 ? style : code.trim();
}

/** @param {string} text for the inside of a template literal */
const quote = (text) => text.replace(/[\\`]|\$\{/g, '\\$&');
