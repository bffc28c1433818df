import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { buildPackage } from '../../scripts/build-package.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const ELEMENTS = ['vc-widget', 'vc-agent-console', 'vc-media-bar'];

before(() => buildPackage(root));

/**
 * Runs a module that imports the package by its name, as a server would: no `window`, no `document`.
 * @param {string} source
 * @returns {Promise<unknown>} what it printed, as JSON
 */
async function onServer(source) {
  const args = ['--input-type=module', '--eval', source];
  return JSON.parse((await promisify(execFile)(process.execPath, args, { cwd: root })).stdout);
}

test('E1 E2 E3 the classes are there for a server and for other names, and register nothing public', async () => {
  const source = `
    import * as elements from 'vicino';
    const known = ${JSON.stringify(ELEMENTS)}.filter((name) => globalThis.customElements?.get(name));
    console.log(JSON.stringify([Object.keys(elements), known, typeof window, typeof document]));
  `;
  assert.deepEqual(await onServer(source), [
    ['VcAgentConsole', 'VcMediaBar', 'VcWidget'],
    [],
    'undefined',
    'undefined',
  ]);
});

for (const name of ELEMENTS) {
  test(`E1 E2 E3 ${name} may be imported, and registered, on a server, twice`, async () => {
    const source = `
      await import('vicino/define/${name}');
      await import(import.meta.resolve('vicino/define/${name}') + '?again');
      console.log(JSON.stringify([typeof customElements.get('${name}'), typeof window]));
    `;
    assert.deepEqual(await onServer(source), ['function', 'undefined']);
  });
}

test('S2 the protocol is there for other clients', async () => {
  const source = `
    import { decodeServerFrame, PROTOCOL_VERSION } from 'vicino/core';
    console.log(JSON.stringify([typeof decodeServerFrame, typeof PROTOCOL_VERSION]));
  `;
  assert.deepEqual(await onServer(source), ['function', 'number']);
});

/** @typedef {{ name: string, description?: string }} Named */
/** @typedef {{ tagName: string, attributes?: Named[], events: Named[], cssParts: Named[], cssProperties: Named[] }} Element */

/** @type {Record<string, { attributes: string[], events: string[], parts: string[], properties: string[] }>} */
const DESCRIBED = {
  'vc-widget': {
    attributes: ['server', 'service', 'locale', 'theme', 'position', 'open'],
    events: ['vc-opened', 'vc-minimised', 'vc-contact-opened', 'vc-contact-ended', 'vc-unread-changed'],
    parts: ['launcher', 'window', 'header', 'composer'],
    properties: ['--vc-accent', '--vc-on-accent', '--vc-surface', '--vc-text', '--vc-radius', '--vc-font'],
  },
  'vc-agent-console': {
    attributes: ['server', 'token', 'theme'],
    events: ['vc-contact-taken', 'vc-waiting-changed'],
    parts: ['rail', 'main'],
    properties: ['--vc-accent', '--vc-on-accent', '--vc-surface', '--vc-text', '--vc-radius', '--vc-font'],
  },
  'vc-media-bar': {
    attributes: [],
    events: ['vc-microphone-request', 'vc-camera-request', 'vc-sound-request', 'vc-hangup-request'],
    parts: ['layout', 'status', 'message', 'toolbar'],
    properties: ['--vc-radius', '--vc-font'],
  },
};

for (const [tag, { attributes, events, parts, properties }] of Object.entries(DESCRIBED)) {
  test(`E1 E2 E3 custom-elements.json describes ${tag}`, async () => {
    /** @type {{ modules: { path: string, declarations: Element[], exports: { kind: string, name: string }[] }[] }} */
    const { modules } = JSON.parse(await readFile(`${root}/dist/package/custom-elements.json`, 'utf8'));
    const element = modules
      .flatMap(({ declarations }) => declarations)
      .find(({ tagName }) => tagName === tag);
    assert.ok(element);
    const lists = [
      [element.attributes ?? [], attributes],
      [element.events, events],
      [element.cssParts, parts],
      [element.cssProperties, properties],
    ];
    for (const [described, expected] of /** @type {[Named[], string[]][]} */ (lists)) {
      const names = described.map(({ name }) => name);
      assert.deepEqual(
        expected.filter((name) => !names.includes(name)),
        [],
      );
      for (const { name, description } of described) assert.ok(description, `${name} is not described`);
    }
    const definer = modules.find((module) =>
      module.exports.some(({ kind, name }) => kind === 'custom-element-definition' && name === tag),
    );
    assert.ok(definer);
    assert.ok((await readFile(`${root}/${definer.path}`, 'utf8')).includes(`'${tag}'`));
  });
}
