import assert from 'node:assert/strict';
import type { ClientFrame } from '../../core/protocol/client-frames.ts';
import { CloseCode } from '../../core/protocol/codes.ts';
import { FRAME_BURST } from '../../core/protocol/limits.ts';
import { Connection, type Wire } from '../../server/connection.ts';
import type { Desk } from '../../server/desk/desk.ts';
import { createLog } from '../../server/log.ts';
import { Session } from '../../server/session.ts';
import { visitorHello } from '../support/frames.ts';
import { ManualTimers } from '../support/manual-timers.ts';

/** A socket whose peer never answers a goodbye. */
class StuckWire implements Wire {
  readyState = 1;
  bufferedAmount = 0;
  readonly closes: number[] = [];

  send(): void {}

  close(code: number): void {
    this.closes.push(code);
    this.readyState = 2;
  }
}

function setUp(receive: (frame: ClientFrame) => Promise<void> = () => Promise.resolve()) {
  const time = new ManualTimers();
  const wire = new StuckWire();
  const done: string[] = [];
  const greeted = Promise.withResolvers<Connection>();
  const desk: Pick<Desk, 'hello' | 'receive' | 'detach' | 'left'> = {
    hello(wire) {
      const abilities = { voice: true, video: true };
      const identity = {
        side: 'visitor',
        id: 'v1',
        name: 'V',
        client: 'p1',
        abilities,
        visit: null,
        again: null,
      } as const;
      const connection = new Connection(wire, identity);
      greeted.resolve(connection);
      return Promise.resolve({ ok: true, connection });
    },
    async receive(_, frame) {
      await receive(frame);
      done.push(frame.ref ?? frame.type);
      return { ok: true };
    },
    detach: () => void done.push('detached'),
    left: () => Promise.resolve(void done.push('left')),
  };
  const lines: string[] = [];
  const log = createLog((line) => lines.push(line), time.clock);
  const metrics = { refused: () => {}, acknowledged: () => {}, closed: () => {} };
  const session = new Session(
    { desk, clock: time.clock, timers: time, log, metrics },
    { origin: null, country: null },
  );
  session.opened(wire);
  const say = (frame: object) => session.received(JSON.stringify(frame));
  say(visitorHello());
  return { time, wire, done, session, say, lines, greeted: greeted.promise };
}

Deno.test('S6 frames are carried out one after the other, however long each takes', async () => {
  const waiting: (() => void)[] = [];
  const { done, session, say } = setUp(({ ref }) =>
    ref === 'slow' ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(),
  );
  for (const ref of ['a', 'slow', 'b', 'c']) say({ type: 'ping', ref });
  const idle = session.idle();
  while (waiting.length === 0) await Promise.resolve();
  assert.deepEqual(done, ['a']);
  waiting[0]?.();
  await idle;
  assert.deepEqual(done, ['a', 'slow', 'b', 'c']);
});

Deno.test('S9 a throw in a handler ends neither the socket nor what comes behind it', async () => {
  const { done, session, say, lines } = setUp(({ ref }) => {
    if (ref === 'bad') throw new Error('a defect');
    return Promise.resolve();
  });
  for (const ref of ['a', 'bad', 'b']) say({ type: 'ping', ref });
  await session.idle();
  assert.deepEqual(done, ['a', 'b']);
  assert.equal(lines.length, 1);
  assert.match(lines[0] ?? '', /socket\.failed.*"frame":"ping"/);
});

Deno.test('S6 where the server fails at a message, none behind it is carried out, and the socket ends', async () => {
  const text = { contact: 'c1', text: 'hello' };
  for (const bad of [
    { type: 'message.send', id: 'm2', ...text },
    { type: 'note.add', id: 'm2', ...text },
    { type: 'contact.open', contact: 'c1', service: 'sales', kind: 'chat' },
  ]) {
    const { done, session, say, wire } = setUp(({ ref }) =>
      ref === 'bad' ? Promise.reject(new Error('the disk is full')) : Promise.resolve(),
    );
    say({ type: 'message.send', id: 'm1', ref: 'a', ...text });
    say({ ...bad, ref: 'bad' });
    say({ type: 'message.send', id: 'm3', ref: 'b', ...text });
    await session.idle();
    // Leaving is work as well.
    await session.idle();
    assert.deepEqual(done, ['a', 'detached', 'left'], bad.type);
    assert.deepEqual(wire.closes, [CloseCode.failed]);
  }
});

Deno.test('S6 S9 a message refused as one too many ends the socket, so that none behind it gets through', async () => {
  const { time, done, session, say, wire } = setUp();
  await session.idle();
  const send = (n: number) =>
    say({ type: 'message.send', contact: 'c1', id: `m${n}`, text: 'hello', ref: `${n}` });
  for (let n = 1; n <= FRAME_BURST; n++) send(n);
  time.advance(1_000);
  send(FRAME_BURST + 1);
  await session.idle();
  await session.idle();
  // The hello was one of the burst.
  const expected = Array.from({ length: FRAME_BURST - 1 }, (_, n) => `${n + 1}`);
  assert.deepEqual(done, [...expected, 'detached', 'left']);
  assert.deepEqual(wire.closes, [CloseCode.flood]);
});

Deno.test('S6 a socket that ends is left after the frames that came before, once', async () => {
  const { done, session, say } = setUp();
  await session.idle();
  say({ type: 'ping', ref: 'a' });
  session.closed();
  session.closed();
  say({ type: 'ping', ref: 'late' });
  await session.idle();
  assert.deepEqual(done, ['detached', 'a', 'left']);
});

Deno.test('V17 C11 a socket that goes with its page says that the page is left', async () => {
  const { done, session } = setUp();
  await session.idle();
  session.closed(true);
  session.closed(true);
  await session.idle();
  assert.deepEqual(done, ['detached', 'page.leave', 'left']);
});

Deno.test('S9 who is cut off counts as gone at once, though the socket lingers', async () => {
  const { done, session, wire, greeted } = setUp();
  await session.idle();
  wire.bufferedAmount = 5 * 1024 * 1024;
  const connection = await greeted;
  connection.reply({ type: 'pong', now: 1 });
  await session.idle();
  assert.deepEqual(wire.closes, [CloseCode.overloaded]);
  assert.deepEqual(done, ['detached', 'left']);
});

Deno.test('S7 no timer outlives the socket', async () => {
  const { time, session } = setUp();
  await session.idle();
  assert.equal(time.pending, 0);
  session.closed();
  assert.equal(time.pending, 0);
});
