import assert from 'node:assert/strict';
import type { StoreKind } from './bed.ts';
import { report } from './report.ts';
import { type Outcome, run } from './run.ts';

/** A short run, for every store: `npm run chaos` has longer ones. */
const short = (store: StoreKind, instances: number): Promise<Outcome> =>
  run({
    seed: 11,
    store,
    instances,
    seconds: 8,
    round: 8,
    visitors: 5,
    agents: 2,
    pace: [60, 300],
    gap: [700, 1_800],
    patience: 30_000,
  });

Deno.test('S6 nothing is lost, doubled, reordered or forgotten while processes and sockets fail', async () => {
  const outcomes = await Promise.all([short('sqlite', 1), short('kv', 2), short('nats', 2)]);
  for (const outcome of outcomes) {
    assert.equal(outcome.violations.length, 0, report(outcome));
    assert.ok(outcome.acknowledged > 30, `too little happened: ${report(outcome)}`);
    assert.ok(outcome.timeline.length >= 3, `too little befell it: ${report(outcome)}`);
  }
});
