import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Most a visitor may download, in brotli bytes (quality 11). */
export const LIMITS = { launcher: 4_000, chat: 28_000 };

/**
 * What comes on demand: the sources by which the widget loads it, and the most all of them may add to the open chat. A
 * chunk that two of them reach counts for both.
 * @type {Record<string, { sources: string[], limit: number }>}
 */
export const ON_DEMAND = {
  'a call adds': {
    sources: [
      'components/session/call-director.ts',
      'components/elements/widget/call-parts.ts',
      'components/media/call.ts',
    ],
    limit: 27_000,
  },
  'a word on hidden calls adds': { sources: ['components/elements/widget/vc-calls-hidden.ts'], limit: 400 },
  'sharing the page adds': { sources: ['components/media/clear-page.ts'], limit: 500 },
  // Comes in every call, but after it is up.
  'speaking directly adds': {
    sources: ['components/media/direct-line.ts', 'components/session/direct-talk.ts'],
    limit: 4_200,
  },
  'a snapshot adds': { sources: ['components/media/snapshot.ts'], limit: 500 },
  // Comes in every call, but after it is up.
  'call quality adds': {
    sources: ['components/elements/parts/vc-call-health.ts', 'components/media/safety-words.ts'],
    limit: 4_300,
  },
  'help with a device adds': { sources: ['components/elements/parts/vc-device-help.ts'], limit: 3_400 },
  'looking at devices before a call adds': {
    sources: ['components/elements/parts/vc-pre-join.ts', 'components/elements/widget/vc-call-ready.ts'],
    limit: 5_400,
  },
  'a check of the connection adds': {
    sources: ['components/elements/parts/vc-connection-check.ts'],
    limit: 5_000,
  },
  'a call on the whole screen adds': {
    sources: ['components/elements/parts/vc-full-screen.ts'],
    limit: 1_200,
  },
  // Comes in every call once it is up, and tries again when it did not come.
  'keeping a call adds': { sources: ['components/media/upkeep.ts'], limit: 2_000 },
  'call settings add': { sources: ['components/elements/parts/vc-call-settings.ts'], limit: 3_000 },
  'a call window adds': { sources: ['components/elements/parts/call-window.ts'], limit: 2_600 },
  'a contact adds': {
    sources: ['components/session/visit-watch.ts', 'components/elements/widget/vc-widget-status.ts'],
    limit: 2_200,
  },
  // In an idle moment of it.
  'knowing the network adds': { sources: ['components/session/way-watch.ts'], limit: 2_500 },
  'forms add': {
    sources: ['components/elements/widget/form-parts.ts', 'components/session/submission.ts'],
    limit: 4_600,
  },
  'files add': {
    sources: [
      'components/elements/parts/vc-attach.ts',
      'components/elements/parts/vc-file.ts',
      'components/session/uploads.ts',
    ],
    limit: 5_300,
  },
  'a link adds': { sources: ['components/elements/widget/vc-pushed-link.ts'], limit: 1_600 },
  'after the end adds': {
    sources: ['components/elements/widget/vc-after-end.ts', 'components/elements/parts/transcript-file.ts'],
    limit: 3_900,
  },
  'an invitation adds': {
    sources: ['components/elements/widget/invite-here.ts', 'components/elements/widget/invitations.ts'],
    limit: 2_600,
  },
  'a refusal adds': { sources: ['components/elements/widget/vc-widget-refused.ts'], limit: 700 },
};

/** Source folders and packages that must never be downloadable from the widget. */
export const AGENT_ONLY = [
  'components/elements/agent-console/',
  'components/media/recording',
  'components/session/recording',
  'components/session/sha256.ts',
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
 * @returns {{ rows: Row[], leaks: string[], strays: string[] }} sizes beside their limits; agent-only sources within a
 * visitor's reach; chunks within a visitor's reach that are in no row
 */
export function weigh({ entries, chunks }) {
  const all = (/** @type {import('./build.mjs').Chunk} */ chunk) => [...chunk.static, ...chunk.dynamic];
  const widget = entries['vc-widget'];
  const open = reach(chunks, [widget], (chunk) => chunk.static);
  const everything = reach(chunks, [widget], all);
  const weight = (/** @type {Iterable<string>} */ paths) =>
    [...paths].reduce((sum, path) => sum + chunks[path].brotli, 0);
  const isElsewhere = (/** @type {string} */ path, /** @type {string[]} */ sources) => {
    const { source = '' } = chunks[path];
    return (
      !sources.includes(source) && Object.values(ON_DEMAND).some((other) => other.sources.includes(source))
    );
  };
  const parts = Object.entries(ON_DEMAND).map(([name, { sources, limit }]) => {
    const own = [...everything].filter((path) => sources.includes(chunks[path].source ?? ''));
    // What is open already is on demand again only from there, and what has a row of its own is counted there.
    const isCounted = (/** @type {string} */ path) => !open.has(path) && !isElsewhere(path, sources);
    const added = [...reach(chunks, own, (chunk) => all(chunk).filter(isCounted))];
    return { name, limit, added, sources: own.map((path) => chunks[path].source) };
  });
  if (!parts.some(({ sources }) => sources.includes(CALL))) {
    throw new Error(`Cannot weigh the call: the widget does not import ${CALL} on demand`);
  }
  const known = new Set([...open, ...parts.flatMap(({ added }) => added)]);
  return {
    rows: [
      { name: 'closed launcher', bytes: weight([LAUNCHER]), limit: LIMITS.launcher },
      { name: 'chat open', bytes: weight([LAUNCHER, ...open]), limit: LIMITS.chat },
      ...parts.map(({ name, limit, added }) => ({ name, bytes: weight(added), limit })),
    ],
    leaks: [...everything, LAUNCHER].flatMap((path) =>
      chunks[path].inputs
        .filter((input) => AGENT_ONLY.some((forbidden) => input.startsWith(forbidden)))
        .map((input) => `${path} contains ${input}`),
    ),
    strays: [...everything].filter((path) => !known.has(path)).map((path) => chunks[path].source ?? path),
  };
}

/**
 * @param {Record<string, import('./build.mjs').Chunk>} chunks
 * @param {string[]} from
 * @param {(chunk: import('./build.mjs').Chunk) => string[]} next
 */
function reach(chunks, from, next) {
  const seen = new Set(from);
  for (const path of seen) for (const other of next(chunks[path])) seen.add(other);
  return seen;
}

const main = fileURLToPath(import.meta.url);
if (process.argv[1] === main) {
  const manifest = JSON.parse(await readFile(join(dirname(dirname(main)), 'dist/manifest.json'), 'utf8'));
  const { rows, leaks, strays } = weigh(manifest);
  for (const { name, bytes, limit } of rows) {
    const verdict = bytes > limit ? 'OVER' : 'ok';
    console.log(
      `${name.padEnd(22)} ${String(bytes).padStart(7)} of ${String(limit).padStart(7)} B brotli  ${verdict}`,
    );
  }
  for (const leak of leaks) console.log(`Only agents may download this, but the widget reaches it: ${leak}`);
  for (const stray of strays) console.log(`The widget loads this on demand, and no row counts it: ${stray}`);
  const failed = leaks.length + strays.length > 0 || rows.some(({ bytes, limit }) => bytes > limit);
  if (failed) process.exitCode = 1;
}
