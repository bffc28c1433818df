import assert from 'node:assert/strict';
import { MAX_FRAME_BYTES } from '../../core/protocol/limits.ts';
import { type BrokerErrorCode, decide } from '../../server/broker/protocol.ts';
import type { Timers } from '../../server/broker/timers.ts';
import { Watchdog } from '../../server/broker/watchdog.ts';
import { ManualTimers } from '../support/manual-timers.ts';

const ALICE = { peer: 'alice', remote: 'bob' };
const payload = { connectionId: 'mc_1', type: 'media', sdp: { type: 'offer', sdp: 'v=0' } };
const offer = { type: 'OFFER', dst: 'bob', payload };
const nested = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;

for (const type of ['OFFER', 'ANSWER', 'CANDIDATE']) {
  Deno.test(`S3 ${type} is relayed under the sender's own id`, () => {
    const action = decide(ALICE, JSON.stringify({ type, src: 'carol', dst: 'bob', payload, extra: 1 }));
    assert.ok(action.type === 'relay');
    assert.equal(action.dst, 'bob');
    assert.deepEqual(JSON.parse(action.text), { type, src: 'alice', dst: 'bob', payload });
  });
}

Deno.test('S3 a frame without a src of its own is passed on as it came, under the sender’s id', () => {
  const text = JSON.stringify({ type: 'OFFER', payload, dst: 'bob' });
  const action = decide(ALICE, text);
  assert.ok(action.type === 'relay');
  assert.equal(action.text, `{"src":"alice",${text.slice(1)}`);
});

Deno.test('S9 no writing of src, whatever its form, gets past the sender’s own id', () => {
  const rest = `"type":"OFFER","dst":"bob","payload":${JSON.stringify(payload)}`;
  for (const text of [
    `{"src":"carol",${rest}}`,
    `{${rest},"src":"carol"}`,
    `{${rest},"\\u0073rc":"carol"}`,
    `{${rest},"src":null}`,
    ` {${rest}, "src" : "carol" }`,
    `{"__proto__":{"src":"carol"},${rest}}`,
  ]) {
    const action = decide(ALICE, text);
    assert.ok(action.type === 'relay', text);
    assert.deepEqual(JSON.parse(action.text), { type: 'OFFER', src: 'alice', dst: 'bob', payload });
  }
});

Deno.test('S3 HEARTBEAT asks for nothing', () => {
  assert.deepEqual(decide(ALICE, '{"type":"HEARTBEAT"}'), { type: 'heartbeat' });
});

Deno.test('S3 a frame may be as large as the limit, counted in bytes', () => {
  const sized = (filler: string, bytes: number) => {
    const frame = (sdp: string) => JSON.stringify({ ...offer, payload: { connectionId: 'c', sdp } });
    const each = new TextEncoder().encode(filler).length;
    const room = bytes - frame('').length;
    return frame(filler.repeat(Math.floor(room / each)) + 'a'.repeat(room % each));
  };
  for (const filler of ['a', 'ä', '漢', '🙂']) {
    assert.equal(decide(ALICE, sized(filler, MAX_FRAME_BYTES)).type, 'relay', filler);
    assert.equal(decide(ALICE, sized(filler, MAX_FRAME_BYTES + 1)).type, 'refuse', filler);
  }
});

const refused: [name: string, data: unknown, code: BrokerErrorCode][] = [
  ['bytes', new ArrayBuffer(4), 'frame.malformed'],
  ['nothing', '', 'frame.malformed'],
  ['no JSON', '{"type":', 'frame.malformed'],
  ['null', 'null', 'frame.malformed'],
  ['an array', '[]', 'frame.unknown'],
  ['no type', '{}', 'frame.unknown'],
  ['a type that is no text', '{"type":{}}', 'frame.unknown'],
  ['LEAVE, which a client could end calls with', '{"type":"LEAVE","dst":"bob"}', 'frame.unknown'],
  ['EXPIRE', '{"type":"EXPIRE","dst":"bob"}', 'frame.unknown'],
  ['OPEN', '{"type":"OPEN"}', 'frame.unknown'],
  ['a name of the prototype', '{"type":"__proto__"}', 'frame.unknown'],
  ['no dst', JSON.stringify({ type: 'OFFER', payload }), 'frame.malformed'],
  ['a dst that is no id', JSON.stringify({ ...offer, dst: '../bob' }), 'frame.malformed'],
  ['a dst that is an object', JSON.stringify({ ...offer, dst: { id: 'bob' } }), 'frame.malformed'],
  ['a dst without end', JSON.stringify({ ...offer, dst: 'b'.repeat(65) }), 'frame.malformed'],
  ['no payload', JSON.stringify({ type: 'OFFER', dst: 'bob' }), 'frame.malformed'],
  ['a payload without connection id', JSON.stringify({ ...offer, payload: {} }), 'frame.malformed'],
  ['too much', 'x'.repeat(MAX_FRAME_BYTES + 1), 'frame.oversized'],
];

for (const [name, data, code] of refused) {
  Deno.test(`S9 the broker refuses a frame with a reason: ${name}`, () => {
    const action = decide(ALICE, data);
    assert.ok(action.type === 'refuse');
    assert.equal(action.error.code, code);
    assert.match(action.error.message, /^Cannot accept the frame: .+/);
  });
}

Deno.test('S9 nesting deeper than the engine can write again does not throw', () => {
  // A `toJSON` member takes V8 off the path that needs no stack.
  const deep = `{"type":"OFFER","dst":"bob","payload":{"connectionId":"c","toJSON":null,"x":${nested}}}`;
  assert.doesNotThrow(() => decide(ALICE, deep));
});

/** Watched from now on, and how often and when it was told that it is silent. */
function watched(time: ManualTimers, watchdog: Watchdog) {
  const one = {
    heardAt: time.clock(),
    told: 0,
    toldAt: 0,
    silent() {
      one.told++;
      one.toldAt = time.clock();
    },
  };
  watchdog.watch(one);
  return one;
}

Deno.test('S3 a watchdog barks once, the time-out after the last feeding', () => {
  const time = new ManualTimers();
  const watchdog = new Watchdog(1_000, time.clock, time);
  const one = watched(time, watchdog);
  time.advance(900);
  one.heardAt = time.clock();
  time.advance(999);
  assert.equal(one.told, 0);
  time.advance(1);
  assert.equal(one.told, 1);
  assert.equal(time.pending, 0);
});

Deno.test('S3 of many, a watchdog barks at each a hundredth of the time-out late at most, with one timer', () => {
  const time = new ManualTimers();
  const watchdog = new Watchdog(1_000, time.clock, time);
  const all = Array.from({ length: 30 }, () => {
    const one = watched(time, watchdog);
    time.advance(3);
    return one;
  });
  assert.equal(time.pending, 1);
  time.advance(2_000);
  for (const { told, toldAt, heardAt } of all) {
    assert.equal(told, 1);
    assert.ok(toldAt >= heardAt + 1_000 && toldAt <= heardAt + 1_010, `${toldAt - heardAt} ms`);
  }
});

Deno.test('S3 a watchdog of which one throws goes on with the others', () => {
  const time = new ManualTimers();
  const thrown: unknown[] = [];
  const guarded: Timers = {
    after: (delay, run) =>
      time.after(delay, () => {
        try {
          run();
        } catch (error) {
          thrown.push(error);
        }
      }),
  };
  const watchdog = new Watchdog(1_000, time.clock, guarded);
  const fault = new Error('it fails');
  watchdog.watch({
    heardAt: time.clock(),
    silent() {
      throw fault;
    },
  });
  const other = watched(time, watchdog);
  time.advance(1_010);
  assert.deepEqual(thrown, [fault]);
  assert.equal(other.told, 1);
});

Deno.test('S3 a watchdog that has nobody left to watch holds no timer', () => {
  const time = new ManualTimers();
  const watchdog = new Watchdog(1_000, time.clock, time);
  const one = watched(time, watchdog);
  time.advance(500);
  one.heardAt = time.clock();
  time.advance(600);
  watchdog.forget(one);
  assert.equal(time.pending, 0);
  assert.equal(one.told, 0);
});
