import assert from 'node:assert/strict';
import { Meter } from '../../server/meter.ts';
import { ManualTimers } from '../support/manual-timers.ts';

Deno.test('S9 a meter lets a burst through, then its rate; who does not slow down is a flood', () => {
  const time = new ManualTimers();
  const meter = new Meter(3, 10, time.clock);
  const count = (tries: number) => Array.from({ length: tries }, () => meter.count());
  const times = (verdict: string, length: number) => Array.from({ length }, () => verdict);
  assert.deepEqual(count(10), [...times('pass', 3), ...times('refuse', 6), 'flood']);
  time.advance(900);
  assert.deepEqual(count(3), ['pass', 'pass', 'refuse']);
  time.advance(60_000);
  assert.deepEqual(count(4), [...times('pass', 3), 'refuse']);
});
