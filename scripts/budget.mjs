import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Most a visitor may download, in brotli bytes (quality 11). All that the widget loads on demand belongs to the call. */
export const LIMITS = { launcher: 4_000, chat: 28_000, call: 27_000 };

/** Source folders and packages that must never be downloadable from the widget. */
export const AGENT_ONLY = [
  'components/elements/agent-console/',
  'components/media/recording',
  'components/media/remux.ts',
  'node_modules/mediabunny/',
];

const LAUNCHER = '/vc.js';
const CALL = 'components/media/call.ts';

/**
 * @typedef {object} Row
 * @property {string} name
 * @property {number} bytes brotli
 * @property {number} limit
 *
 * @param {import('./build.mjs').Manifest} manifest
 * @returns {{ rows: Row[], leaks: string[] }} sizes beside their limits; agent-only sources within a visitor's reach
 */
export function weigh({ entries, chunks }) {
  const all = (/** @type {import('./build.mjs').Chunk} */ chunk) => [...chunk.static, ...chunk.dynamic];
  const widget = entries['vc-widget'];
  const open = reach(chunks, widget, (chunk) => chunk.static);
  const everything = reach(chunks, widget, all);
  const added = [...everything].filter((path) => !open.has(path));
  if (!added.some((path) => chunks[path].source === CALL)) {
    throw new Error(`Cannot weigh the call: the widget does not import ${CALL} on demand`);
  }
  const weight = (/** @type {Iterable<string>} */ paths) =>
    [...paths].reduce((sum, path) => sum + chunks[path].brotli, 0);
  return {
    rows: [
      { name: 'closed launcher', bytes: weight([LAUNCHER]), limit: LIMITS.launcher },
      { name: 'chat open', bytes: weight([LAUNCHER, ...open]), limit: LIMITS.chat },
      { name: 'a call adds', bytes: weight(added), limit: LIMITS.call },
    ],
    leaks: [...everything, LAUNCHER].flatMap((path) =>
      chunks[path].inputs
        .filter((input) => AGENT_ONLY.some((forbidden) => input.startsWith(forbidden)))
        .map((input) => `${path} contains ${input}`),
    ),
  };
}

/**
 * @param {Record<string, import('./build.mjs').Chunk>} chunks
 * @param {string} from
 * @param {(chunk: import('./build.mjs').Chunk) => string[]} next
 */
function reach(chunks, from, next) {
  const seen = new Set([from]);
  for (const path of seen) for (const other of next(chunks[path])) seen.add(other);
  return seen;
}

const main = fileURLToPath(import.meta.url);
if (process.argv[1] === main) {
  const manifest = JSON.parse(await readFile(join(dirname(dirname(main)), 'dist/manifest.json'), 'utf8'));
  const { rows, leaks } = weigh(manifest);
  for (const { name, bytes, limit } of rows) {
    const verdict = bytes > limit ? 'OVER' : 'ok';
    console.log(
      `${name.padEnd(16)} ${String(bytes).padStart(7)} of ${String(limit).padStart(7)} B brotli  ${verdict}`,
    );
  }
  for (const leak of leaks) console.log(`Only agents may download this, but the widget reaches it: ${leak}`);
  if (leaks.length > 0 || rows.some(({ bytes, limit }) => bytes > limit)) process.exitCode = 1;
}
