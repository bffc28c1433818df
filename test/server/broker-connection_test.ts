import assert from 'node:assert/strict';
import { WSContext } from 'hono/ws';
import type { Ticket } from '../../server/auth/tokens.ts';
import { Connection } from '../../server/broker/connection.ts';
import { Farewells } from '../../server/broker/farewells.ts';
import { Pressure } from '../../server/broker/pressure.ts';
import { Realm } from '../../server/broker/realm.ts';
import { Watchdog } from '../../server/broker/watchdog.ts';
import { ManualTimers } from '../support/manual-timers.ts';

const OPEN = '{"type":"OPEN"}';
const OFFER = '{"type":"OFFER","dst":"bob","payload":{"connectionId":"mc_1"}}';

function start() {
  const time = new ManualTimers();
  const realm = new Realm(5_000, time);
  const turns: (() => void)[] = [];
  const pressure = new Pressure(time.clock, (run) => turns.push(run));
  const farewells = new Farewells(time);
  const deps = {
    realm,
    pressure,
    farewells,
    clock: time.clock,
    watchdog: new Watchdog(10_000, time.clock, time),
    refused: () => {},
  };
  const join = (peer: string, remote: string) => {
    const socket = {
      readyState: 1 as WebSocket['readyState'],
      sent: [] as unknown[],
      code: undefined as number | undefined,
    };
    const context = new WSContext({
      get readyState() {
        return socket.readyState as 0 | 1 | 2 | 3;
      },
      send: (data) => socket.sent.push(data),
      close: (code) => {
        socket.readyState = 2;
        socket.code = code;
      },
    });
    const ticket: Ticket = { peer, remote, contact: 'c1', expiresAt: 0 };
    const connection = new Connection(context, ticket, deps);
    connection.open();
    return { connection, socket };
  };
  return { time, realm, pressure, farewells, join, turns };
}

Deno.test('S3 what a socket still hands over after its end is not relayed', () => {
  const { join } = start();
  const { socket: bob } = join('bob', 'alice');
  const { connection: former } = join('alice', 'bob');
  const { connection: alice } = join('alice', 'bob');
  former.receive(OFFER);
  assert.deepEqual(bob.sent, [OPEN]);
  alice.receive(OFFER);
  assert.equal(bob.sent.length, 2);
  alice.close(1000, 'enough');
  alice.receive(OFFER);
  assert.equal(bob.sent.length, 2);
});

Deno.test('S3 a closing socket takes no message and says so', () => {
  const { join } = start();
  const { connection, socket } = join('bob', 'alice');
  assert.equal(connection.send('first'), true);
  socket.readyState = 2;
  assert.equal(connection.send('second'), false);
  assert.deepEqual(socket.sent, [OPEN, 'first']);
});

Deno.test('S3 a connection that ended holds no timer and no place', () => {
  const { time, realm, join } = start();
  const { connection } = join('alice', 'bob');
  connection.ended();
  assert.equal(time.pending, 0);
  assert.equal(realm.size, 0);
});

const FULL_TURN = 128;

/** So many frames in each of so many turns of the event loop, two milliseconds each. */
function rush({ time, pressure, turns }: ReturnType<typeof start>, frames: number, count: number): boolean {
  let tooMuch = false;
  for (let turn = 0; turn < count; turn++) {
    for (let frame = 0; frame < frames; frame++) {
      pressure.count(1_000);
      tooMuch ||= pressure.shedsPair();
    }
    time.advance(2);
    for (const run of turns.splice(0)) run();
  }
  return tooMuch;
}

Deno.test('S9 who speaks while there is more to do than can be done in time is told so and sent away, and so is the other side', () => {
  const desk = start();
  const { socket: bob } = desk.join('bob', 'alice');
  const { connection: alice, socket } = desk.join('alice', 'bob');
  rush(desk, FULL_TURN, 7);
  assert.ok(desk.pressure.isHigh);
  alice.receive(OFFER);
  assert.equal(desk.realm.size, 0);
  desk.time.advance(5);
  for (const { code, sent } of [socket, bob]) {
    assert.equal(code, 1013);
    assert.match(String(sent.at(-1)), /^{"type":"ERROR",.*"code":"broker.overloaded"/);
    assert.equal(sent.length, 2);
  }
});

Deno.test('S9 who is sent away is told after a moment, ten at a time, and speaks to nobody until then', () => {
  const desk = start();
  const pairs = Array.from({ length: 6 }, (_, n) => [
    desk.join(`alice${n}`, `bob${n}`),
    desk.join(`bob${n}`, `alice${n}`),
  ]).flat();
  const gone = () => pairs.filter(({ socket }) => socket.code === 1013).length;
  const [alice, bob] = pairs;
  alice?.connection.sendAway();
  alice?.connection.receive('{"type":"OFFER","dst":"bob0","payload":{}}');
  assert.deepEqual(bob?.socket.sent, [OPEN]);
  for (const { connection } of pairs.slice(1)) connection.sendAway();
  assert.equal(gone(), 0);
  desk.time.advance(5);
  assert.equal(gone(), 10);
  desk.time.advance(5);
  assert.equal(gone(), 12);
  assert.equal(desk.time.pending, 0);
});

Deno.test('S9 at the end all are told at once, once', () => {
  const desk = start();
  const { connection, socket } = desk.join('alice', 'bob');
  connection.sendAway();
  desk.farewells.flush();
  assert.equal(socket.code, 1013);
  assert.equal(desk.time.pending, 0);
  assert.equal(socket.sent.length, 2);
});

Deno.test('S9 a short rush sends nobody away, nor does a long time of less', () => {
  assert.equal(rush(start(), FULL_TURN, 5), false);
  assert.equal(rush(start(), FULL_TURN - 1, 1_000), false);
});

Deno.test('S9 once there was too much, it ends with a turn that leaves nothing waiting', () => {
  const desk = start();
  rush(desk, FULL_TURN, 5);
  assert.ok(rush(desk, FULL_TURN / 2, 20));
  rush(desk, FULL_TURN / 2 - 1, 1);
  assert.equal(rush(desk, FULL_TURN - 1, 100), false);
});

Deno.test('S9 one in ten is sent away every 25 milliseconds while it is too much, and newcomers may come again a second after it', () => {
  const desk = start();
  const shed = () => Array.from({ length: 1_000 }, () => desk.pressure.shedsPair()).filter(Boolean).length;
  rush(desk, FULL_TURN, 5);
  assert.equal(shed(), 50);
  rush(desk, FULL_TURN, 12);
  assert.equal(shed(), 0);
  rush(desk, FULL_TURN, 1);
  assert.equal(shed(), 50);
  rush(desk, 1, 1);
  assert.ok(desk.pressure.isHigh);
  desk.time.advance(999);
  assert.ok(!desk.pressure.isHigh);
});
