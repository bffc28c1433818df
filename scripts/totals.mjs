/** @typedef {{ passed: number, failed: number }} Totals */

// biome-ignore lint/suspicious/noControlCharactersInRegex: terminal colours begin with ESC
const COLOURS = /\u001b\[[0-9;]*[A-Za-z]/g;

/** What each runner prints last. */
const FORMATS = {
  deno: { passed: /^(?:ok|FAILED) \| (\d+) passed/gm, failed: /^(?:ok|FAILED) \| .*?(\d+) failed/gm },
  node: { passed: /^. pass (\d+)$/gm, failed: /^. fail (\d+)$/gm },
  browser: { passed: /^(\d+) passed, \d+ failed$/gm, failed: /^\d+ passed, (\d+) failed$/gm },
};

/**
 * Reads the totals a test runner printed. A runner that ran nothing, or ended badly without a failed test (a crash, a
 * leak, a file that does not load), counts as one failure: silence is never success.
 * @param {keyof typeof FORMATS} runner
 * @param {string} output all it printed
 * @param {number} code its exit code
 * @returns {Totals}
 */
export function readTotals(runner, output, code) {
  const text = output.replace(COLOURS, '');
  const last = (/** @type {RegExp} */ pattern) => Number([...text.matchAll(pattern)].at(-1)?.[1] ?? 0);
  const passed = last(FORMATS[runner].passed);
  const failed = last(FORMATS[runner].failed);
  const unexplained = failed === 0 && (code !== 0 || passed === 0);
  return { passed, failed: unexplained ? 1 : failed };
}

/**
 * @param {Totals[]} totals
 * @returns {Totals}
 */
export function sum(totals) {
  return totals.reduce((a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed }), {
    passed: 0,
    failed: 0,
  });
}
