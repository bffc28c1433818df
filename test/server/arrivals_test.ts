import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Arrival, Arrivals } from '../../server/store/arrivals.ts';

const NAMES = ['contact/1', 'contact/2', 'contact/3', 'agent/anna'];

/** So many entries of one log arrive, or what is due is filed, each log in so many steps. */
const step = fc.oneof(
  fc.record({ log: fc.constantFrom(...NAMES), count: fc.integer({ min: 1, max: 6_000 }) }),
  fc.record({ steps: fc.integer({ min: 1, max: 3 }) }),
);

Deno.test('S6 everything that arrives is filed once and in order, and nothing is forgotten that is not', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const arrivals = new Arrivals<Arrival>();
      const waiting = new Map<string, number[]>(NAMES.map((log) => [log, []]));
      const heads = new Map<string, number>();
      let number = 0;
      for (const step of steps) {
        if ('log' in step) {
          const { log, count } = step;
          for (let n = 0; n < count; n++) {
            const offset = (heads.get(log) ?? 0) + 1;
            heads.set(log, offset);
            arrivals.add(log, { number: ++number, offset, id: `m${offset}` });
            waiting.get(log)?.push(number);
          }
        } else {
          for (const log of arrivals.due()) {
            const all = arrivals.of(log).length;
            const part = Math.ceil(all / step.steps);
            for (let left = all; left > 0; left -= part) {
              arrivals.filed(log, Math.min(part, left));
              waiting.get(log)?.splice(0, Math.min(part, left));
              assertKnown(arrivals, waiting);
            }
          }
          // However rarely somebody writes: what is behind all that waits does not grow.
          assert.ok(number - arrivals.oldest < 16_384);
          assert.ok([...waiting.values()].flat().length <= 4_096);
        }
        assertKnown(arrivals, waiting);
      }
    }),
  );
});

Deno.test('S6 a log with many arrivals is filed before others with few', () => {
  const arrivals = new Arrivals<Arrival>();
  arrivals.add('slow', { number: 1, offset: 1, id: 'm1' });
  for (let n = 1; n <= 255; n++) arrivals.add('quick', { number: n + 1, offset: n, id: `m${n}` });
  assert.deepEqual([...arrivals.due()], []);
  arrivals.add('quick', { number: 257, offset: 256, id: 'm256' });
  assert.deepEqual([...arrivals.due()], ['quick']);
  arrivals.filed('quick', 256);
  assert.equal(arrivals.oldest, 1);
  arrivals.filed('slow', 1);
  assert.equal(arrivals.oldest, Number.POSITIVE_INFINITY);
});

Deno.test('S6 once many wait, as many are filed as come, however many began to wait together', () => {
  const arrivals = new Arrivals<Arrival>();
  let number = 0;
  for (let round = 1; round <= 40; round++) {
    let filed = 0;
    for (let log = 0; log < 500; log++) {
      arrivals.add(`contact/${log}`, { number: ++number, offset: round, id: `m${round}` });
      for (const due of arrivals.due()) {
        const { length } = arrivals.of(due);
        arrivals.filed(due, length);
        filed += length;
      }
    }
    // And those of one log, which go together.
    assert.ok(filed < 500 + 32, `${filed} of 500`);
  }
});

function assertKnown(arrivals: Arrivals<Arrival>, waiting: ReadonlyMap<string, readonly number[]>): void {
  for (const [log, numbers] of waiting)
    assert.deepEqual(
      arrivals.of(log).map(({ number }) => number),
      numbers,
    );
  assert.ok(
    arrivals.oldest <= Math.min(...[...waiting.values()].map(([first = Number.POSITIVE_INFINITY]) => first)),
  );
}
