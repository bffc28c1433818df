// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the sources under test hold templates
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { minifyTemplates } from '../../scripts/minify-styles.mjs';

/** @type {[what: string, source: string, expected: string][]} */
const CASES = [
  [
    'a style sheet loses what it does not need',
    'const a = css`\n  /* Why. */\n  :host {\n    color: red;\n  }\n`;',
    'const a = css`:host{color:red}`;',
  ],
  [
    'a string marked as one does, too',
    'const a = /* css */ `\n.b { color: red; }\n`;',
    'const a = /* css */ `.b{color:red}`;',
  ],
  [
    'a string that is not stays',
    'const a = `\n  .b { color: red; }`;',
    'const a = `\n  .b { color: red; }`;',
  ],
  [
    'a style sheet with a variable stays',
    'const a = css`.b {\n  width: ${w}px;\n}`;',
    'const a = css`.b {\n  width: ${w}px;\n}`;',
  ],
  ['a part of a rule stays', 'const a = css`10px 20px`;', 'const a = css`10px 20px`;'],
  [
    'what a template must escape stays escaped',
    "const a = css`.b::after { content: '\\\\201c\\`'; }`;",
    'const a = css`.b:after{content:"\\\\201c\\`"}`;',
  ],
  [
    'newer functions are not rewritten for older browsers',
    'const a = css`.b { color: light-dark(#fff, #000); inset-inline: 0; &:hover { margin: 0; } }`;',
    'const a = css`.b{color:light-dark(#fff,#000);inset-inline:0;&:hover{margin:0}}`;',
  ],
  [
    'markup loses its indentation, never a line break or a space within a line',
    'const a = html`\n    <p  class="b">\n      Hello ${name},\n      you  ${html`\n  <b>there</b>`}\n    </p>\n  `;',
    'const a = html`\n<p  class="b">\nHello ${name},\nyou  ${html`\n<b>there</b>`}\n</p>\n`;',
  ],
  [
    'code between the parts of markup is not touched',
    'const a = html`\n  ${list.map(\n    (x) => `\n      ${x}`,\n  )}`;',
    'const a = html`\n${list.map(\n    (x) => `\n      ${x}`,\n  )}`;',
  ],
  [
    'comments may speak of templates',
    '// A `css` template and `html` ones\nconst a = 1; // `css`',
    '// A `css` template and `html` ones\nconst a = 1; // `css`',
  ],
];

for (const [what, source, expected] of CASES) {
  test(`E1 minified: ${what}`, async () => assert.equal(await minifyTemplates(source), expected));
}
