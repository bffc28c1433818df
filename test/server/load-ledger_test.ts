import assert from 'node:assert/strict';
import { Ledger } from '../bench/load/ledger.ts';
import { BLANK, type Plan } from '../bench/load/plan.ts';

/** What the load generator checks of every message: a benchmark that loses some must not pass for a fast one. */

const utf8 = new TextEncoder();
const template = JSON.stringify({ id: BLANK });

function ledger(more: Partial<Plan> = {}): Ledger {
  const plan: Plan = {
    port: 0,
    pid: 0,
    members: [
      { path: '/', steps: [], template, other: 1 },
      { path: '/', steps: [], template, other: 0 },
    ],
    opening: 1,
    marker: '"id":"n',
    echoed: false,
    numbered: false,
    phases: [],
    ...more,
  };
  return new Ledger(plan);
}

const message = (sender: number, number: number, offset?: number): Uint8Array =>
  utf8.encode(
    `{"type":"x","id":"n${String(sender).padStart(5, '0')}${String(number).padStart(8, '0')}","offset":${offset}}`,
  );

/** Sends so many messages of each, then lets them be heard. */
function wrongAfter(ledger: Ledger, heard: readonly [member: number, frame: Uint8Array][]): number {
  for (let n = 0; n < 3; n++) for (const member of [0, 1]) ledger.sent(member, 0);
  for (const [member, frame] of heard) ledger.heard(member, frame, 0, frame.length);
  assert.equal(ledger.checked, heard.length);
  return ledger.wrong;
}

Deno.test('S6 the load generator takes messages in order, once, at the right socket', () => {
  const heard = [0, 1, 2].flatMap((n) => [[1, message(0, n)] as const, [0, message(1, n)] as const]);
  const right = ledger();
  assert.equal(
    wrongAfter(
      right,
      heard.map(([member, frame]) => [member, frame]),
    ),
    0,
  );
  assert.deepEqual([right.answered, right.underWay(0), right.underWay(1)], [6, 0, 0]);
});

const faults: [name: string, more: Partial<Plan>, heard: [member: number, frame: Uint8Array][]][] = [
  ['one is missing', {}, [[1, message(0, 1)]]],
  [
    'one comes twice',
    {},
    [
      [1, message(0, 0)],
      [1, message(0, 0)],
    ],
  ],
  ['one comes to its sender', {}, [[0, message(0, 0)]]],
  [
    'the other side of a chat misses one',
    { echoed: true },
    [
      [0, message(0, 0)],
      [1, message(0, 1)],
    ],
  ],
  [
    'an offset is left out',
    { echoed: true, numbered: true },
    [
      [0, message(0, 0, 4)],
      [0, message(0, 1, 6)],
    ],
  ],
  [
    'an offset comes again',
    { echoed: true, numbered: true },
    [
      [0, message(0, 0, 4)],
      [0, message(1, 0, 4)],
    ],
  ],
];

for (const [name, more, heard] of faults)
  Deno.test(`S6 the load generator notices when ${name}`, () => {
    assert.ok(wrongAfter(ledger(more), heard) > 0);
  });
