import assert from 'node:assert/strict';
import { COMMON } from './faults.ts';
import { BREAKAGES, type Breakage } from './fixtures/broken-store.ts';
import { type Outcome, run } from './run.ts';
import type { Rule } from './witness.ts';

const PROGRAM = new URL('./fixtures/broken-server.ts', import.meta.url).pathname;

/** The rule each defect breaks. */
const BROKEN: Readonly<Record<Breakage, Rule>> = {
  loses: 'lost',
  duplicates: 'twice',
  reorders: 'order',
  'acknowledges early': 'lost',
};

const runOn = (breakage: Breakage): Promise<Outcome> =>
  run({
    seed: 7,
    store: 'sqlite',
    instances: 1,
    seconds: 4,
    round: 4,
    visitors: 6,
    agents: 2,
    pace: [20, 80],
    gap: [900, 1_100],
    patience: 2_000,
    program: PROGRAM,
    env: { BREAKAGE: breakage },
    faults: COMMON.filter(({ kind }) => kind === 'kill -9'),
  });

Deno.test('S6 the checker catches a store that loses, duplicates, reorders or acknowledges too early', async () => {
  const outcomes = await Promise.all(BREAKAGES.map(runOn));
  for (const [n, breakage] of BREAKAGES.entries()) {
    const { violations = [], acknowledged = 0 } = outcomes[n] ?? {};
    assert.ok(acknowledged > 50, `${breakage}: only ${acknowledged} messages were acknowledged`);
    const rules = [...new Set(violations.map(({ rule }) => rule))];
    assert.ok(rules.includes(BROKEN[breakage]), `${breakage}: found only ${rules.join(', ') || 'nothing'}`);
  }
});
