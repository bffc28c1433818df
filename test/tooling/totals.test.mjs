import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTotals, sum } from '../../scripts/totals.mjs';

const denoEnd = '\nok | 12 passed (3 steps) | 0 failed | 1 ignored (2s)\n';
const nodeEnd = '# tests 4\n# suites 0\n# pass 3\n# fail 1\n# cancelled 0\n';
const browserEnd = 'Chromium: 2/2 test files | 7 passed, 0 failed\n\n7 passed, 0 failed\n';

test('deno totals are read', () => {
  assert.deepEqual(readTotals('deno', denoEnd, 0), { passed: 12, failed: 0 });
  assert.deepEqual(readTotals('deno', 'FAILED | 12 passed | 3 failed (2s)\n', 1), { passed: 12, failed: 3 });
});

test('node totals are read in both of its formats', () => {
  assert.deepEqual(readTotals('node', nodeEnd, 1), { passed: 3, failed: 1 });
  assert.deepEqual(readTotals('node', 'ℹ pass 5\nℹ fail 0\n', 0), { passed: 5, failed: 0 });
});

test('browser totals are read', () => {
  assert.deepEqual(readTotals('browser', browserEnd, 0), { passed: 7, failed: 0 });
  assert.deepEqual(readTotals('browser', '6 passed, 2 failed\n', 1), { passed: 6, failed: 2 });
});

test('colours do not hide totals', () => {
  const coloured = '\n\u001b[0m\u001b[32mok\u001b[0m | 12 passed | 0 failed \u001b[38;5;245m(2s)\u001b[0m\n';
  assert.deepEqual(readTotals('deno', coloured, 0), { passed: 12, failed: 0 });
});

test('the last totals count, not what a test printed before', () => {
  assert.deepEqual(readTotals('deno', `ok | 99 passed | 0 failed (1s)\n${denoEnd}`, 0), {
    passed: 12,
    failed: 0,
  });
  assert.deepEqual(readTotals('browser', `9 passed, 9 failed\n${browserEnd}`, 0), { passed: 7, failed: 0 });
});

for (const [runner, end] of /** @type {const} */ ([
  ['deno', denoEnd],
  ['node', '# pass 3\n# fail 0\n'],
  ['browser', browserEnd],
])) {
  test(`a ${runner} runner that ends badly without a failed test counts as failed`, () => {
    assert.equal(readTotals(runner, end, 1).failed, 1);
  });

  test(`a ${runner} runner that crashes before its totals counts as failed`, () => {
    assert.deepEqual(readTotals(runner, 'Segmentation fault\n', 139), { passed: 0, failed: 1 });
  });

  test(`a ${runner} runner without tests counts as failed`, () => {
    assert.deepEqual(readTotals(runner, '', 0), { passed: 0, failed: 1 });
  });
}

test('a deno runner that found only ignored tests counts as failed', () => {
  assert.deepEqual(readTotals('deno', 'ok | 0 passed | 0 failed | 3 ignored (1s)\n', 0), {
    passed: 0,
    failed: 1,
  });
});

test('sums add up', () => {
  const totals = [
    { passed: 1, failed: 0 },
    { passed: 20, failed: 3 },
  ];
  assert.deepEqual(sum(totals), { passed: 21, failed: 3 });
});
