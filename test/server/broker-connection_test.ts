import assert from 'node:assert/strict';
import { WSContext } from 'hono/ws';
import type { Ticket } from '../../server/auth/tokens.ts';
import { Connection } from '../../server/broker/connection.ts';
import { Realm } from '../../server/broker/realm.ts';
import { ManualTimers } from '../support/manual-timers.ts';

const OPEN = '{"type":"OPEN"}';
const OFFER = '{"type":"OFFER","dst":"bob","payload":{"connectionId":"mc_1"}}';

function start() {
  const time = new ManualTimers();
  const realm = new Realm(5_000, time);
  const deps = { realm, clock: time.clock, timers: time, heartbeatTimeout: 10_000, refused: () => {} };
  const join = (peer: string, remote: string) => {
    const socket = { readyState: 1 as WebSocket['readyState'], sent: [] as unknown[] };
    const context = new WSContext({
      get readyState() {
        return socket.readyState as 0 | 1 | 2 | 3;
      },
      send: (data) => socket.sent.push(data),
      close: () => {
        socket.readyState = 2;
      },
    });
    const ticket: Ticket = { peer, remote, contact: 'c1', expiresAt: 0 };
    const connection = new Connection(context, ticket, deps);
    connection.open();
    return { connection, socket };
  };
  return { time, realm, join };
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
