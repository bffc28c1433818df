import assert from 'node:assert/strict';
import { Deadlines } from '../../server/desk/deadlines.ts';
import { ManualTimers } from '../support/manual-timers.ts';

function setUp(expire: (contact: string) => Promise<void> = () => Promise.resolve()) {
  const time = new ManualTimers();
  const expired: string[] = [];
  const failure = Promise.withResolvers<string>();
  const deadlines = new Deadlines({
    clock: time.clock,
    timers: time,
    expire: (contact) => {
      expired.push(contact);
      return expire(contact);
    },
    failed: (_, contact) => failure.resolve(contact),
  });
  const set = (contact: string, delay: number | null) =>
    deadlines.set(contact, delay === null ? null : time.clock() + delay);
  return { time, expired, failed: failure.promise, deadlines, set };
}

Deno.test('C7 one timer serves all deadlines, each in its time', () => {
  const { time, expired, set } = setUp();
  set('b', 200);
  set('a', 100);
  set('c', 300);
  set('d', 100);
  assert.equal(time.pending, 1);
  time.advance(99);
  assert.deepEqual(expired, []);
  time.advance(1);
  assert.deepEqual(expired.sort(), ['a', 'd']);
  assert.equal(time.pending, 1);
  time.advance(200);
  assert.deepEqual(expired, ['a', 'd', 'b', 'c']);
  assert.equal(time.pending, 0);
});

Deno.test('C7 a deadline that was moved or taken back is met at its new time, or not at all', () => {
  const { time, expired, set } = setUp();
  set('a', 100);
  set('b', 100);
  set('c', 100);
  set('a', null);
  set('b', 300);
  set('c', 50);
  time.advance(50);
  assert.deepEqual(expired, ['c']);
  time.advance(249);
  assert.deepEqual(expired, ['c']);
  time.advance(1);
  assert.deepEqual(expired, ['c', 'b']);
});

Deno.test('C7 a deadline that could not be met is tried again', async () => {
  let broken = true;
  const { time, expired, failed, set } = setUp(() =>
    broken ? Promise.reject(new Error('full')) : Promise.resolve(),
  );
  set('a', 100);
  time.advance(100);
  assert.equal(await failed, 'a');
  broken = false;
  time.advance(1_000);
  assert.deepEqual(expired, ['a', 'a']);
  assert.equal(time.pending, 0);
});

Deno.test('S10 nothing fires after the end', () => {
  const { time, expired, deadlines, set } = setUp();
  set('a', 100);
  deadlines.close();
  set('b', 100);
  assert.equal(time.pending, 0);
  time.advance(1_000);
  assert.deepEqual(expired, []);
});
