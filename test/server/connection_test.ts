import assert from 'node:assert/strict';
import { CloseCode } from '../../core/protocol/codes.ts';
import { Connection, type Wire } from '../../server/connection.ts';
import { Hub } from '../../server/hub.ts';

class FakeWire implements Wire {
  readyState = 1;
  bufferedAmount = 0;
  readonly sent: string[] = [];
  closedWith: number | undefined;

  send(text: string): void {
    this.sent.push(text);
  }

  close(code: number): void {
    this.closedWith = code;
    this.readyState = 2;
  }
}

const MEGABYTE = 1024 * 1024;
const CALLS = { voice: true, video: true };
const pong = { type: 'pong', now: 1 } as const;
const connectionOn = (wire: Wire, id = 'v1', client = 'p1') =>
  new Connection(wire, {
    side: 'visitor',
    id,
    name: 'Visitor',
    client,
    abilities: CALLS,
    visit: null,
    again: null,
  });

Deno.test('S9 a connection that reads too slowly is closed and given nothing more', () => {
  const wire = new FakeWire();
  const connection = connectionOn(wire);
  wire.bufferedAmount = 4 * MEGABYTE;
  connection.reply(pong);
  assert.equal(wire.closedWith, undefined);
  wire.bufferedAmount += 1;
  connection.reply(pong);
  assert.equal(wire.closedWith, CloseCode.overloaded);
  connection.reply(pong);
  assert.equal(wire.sent.length, 2);
});

Deno.test('S6 live frames wait for the welcome and keep their order', () => {
  const wire = new FakeWire();
  const connection = connectionOn(wire);
  connection.push('live 1');
  connection.push('live 2');
  connection.reply(pong);
  connection.release();
  connection.push('live 3');
  assert.deepEqual(wire.sent, [JSON.stringify(pong), 'live 1', 'live 2', 'live 3']);
});

Deno.test('S5 the hub finds people, page loads and the newest socket of each', () => {
  const hub = new Hub();
  const old = connectionOn(new FakeWire(), 'v1', 'p1');
  const other = connectionOn(new FakeWire(), 'v1', 'p2');
  const renewed = connectionOn(new FakeWire(), 'v1', 'p1');
  for (const connection of [old, other, renewed]) hub.add(connection);
  assert.deepEqual(hub.of('visitor', 'v1'), [old, other, renewed]);
  assert.equal(hub.page('visitor', 'v1', 'p1'), renewed);
  assert.equal(hub.has('agent', 'v1'), false);
  hub.remove(renewed);
  assert.equal(hub.page('visitor', 'v1', 'p1'), old);
  hub.remove(old);
  hub.remove(old);
  assert.equal(hub.page('visitor', 'v1', 'p1'), undefined);
  assert.equal(hub.has('visitor', 'v1'), true);
  hub.remove(other);
  assert.equal(hub.has('visitor', 'v1'), false);
  assert.deepEqual([...hub.all()], []);
});
