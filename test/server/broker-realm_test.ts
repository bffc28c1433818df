import assert from 'node:assert/strict';
import type { Ticket } from '../../server/auth/tokens.ts';
import { type Link, Realm } from '../../server/broker/realm.ts';
import { ManualTimers } from '../support/manual-timers.ts';

const HOLD = 5_000;
const OPEN = '{"type":"OPEN"}';
const expire = (src: string, dst: string) => JSON.stringify({ type: 'EXPIRE', src, dst });
const ticket = (peer: string, remote: string, contact = 'c1'): Ticket => ({
  peer,
  remote,
  contact,
  expiresAt: 0,
});

class Recorder implements Link {
  readonly sent: string[] = [];
  closed: number | undefined;
  broken = false;
  send(text: string): boolean {
    if (this.broken) return false;
    this.sent.push(text);
    return true;
  }
  sendAway(): void {}

  close(code: number): void {
    this.closed = code;
  }
}

function start() {
  const time = new ManualTimers();
  const realm = new Realm(HOLD, time);
  const join = (peer: string, remote: string, contact?: string) => {
    const link = new Recorder();
    realm.join(ticket(peer, remote, contact), link);
    return link;
  };
  return { time, realm, join };
}

Deno.test('S3 a message reaches the peer the ticket names', () => {
  const { time, realm, join } = start();
  join('alice', 'bob');
  const bob = join('bob', 'alice');
  realm.relay(ticket('alice', 'bob'), 'bob', 'offer');
  assert.deepEqual(bob.sent, [OPEN, 'offer']);
  assert.equal(time.pending, 0);
});

const outOfReach: [
  name: string,
  prepare: (join: (peer: string, remote: string, contact?: string) => Link) => void,
][] = [
  ['absent', () => {}],
  ['in another pair', (join) => join('carol', 'dave')],
  ['waiting for the sender, but not on the sender’s ticket', (join) => join('carol', 'alice')],
];

for (const [name, prepare] of outOfReach) {
  Deno.test(`S3 a peer that is ${name} gives one EXPIRE, exactly after the hold`, () => {
    const { time, realm, join } = start();
    const alice = join('alice', 'bob');
    prepare(join);
    const sender = ticket('alice', 'bob');
    realm.relay(sender, 'carol', 'offer');
    time.advance(1_000);
    realm.relay(sender, 'carol', 'candidate');
    time.advance(HOLD - 1_001);
    assert.deepEqual(alice.sent, [OPEN]);
    time.advance(1);
    assert.deepEqual(alice.sent, [OPEN, expire('carol', 'alice')]);
    time.advance(10 * HOLD);
    assert.equal(alice.sent.length, 2);
    assert.equal(time.pending, 0);
  });
}

Deno.test('S3 a one-sided ticket or another contact does not reach a peer', () => {
  for (const [remote, contact] of [
    ['dave', 'c1'],
    ['alice', 'c2'],
  ] as const) {
    const { time, realm, join } = start();
    const alice = join('alice', 'bob');
    const bob = join('bob', remote, contact);
    realm.relay(ticket('alice', 'bob'), 'bob', 'offer');
    time.advance(HOLD);
    assert.deepEqual(bob.sent, [OPEN]);
    assert.deepEqual(alice.sent, [OPEN, expire('bob', 'alice')]);
  }
});

Deno.test('S3 messages held for the permitted peer arrive in order once it joins', () => {
  const { time, realm, join } = start();
  const alice = join('alice', 'bob');
  const sender = ticket('alice', 'bob');
  for (const text of ['offer', 'first', 'second']) realm.relay(sender, 'bob', text);
  time.advance(HOLD - 1);
  const bob = join('bob', 'alice');
  realm.relay(sender, 'bob', 'third');
  time.advance(10 * HOLD);
  assert.deepEqual(bob.sent, [OPEN, 'offer', 'first', 'second', 'third']);
  assert.deepEqual(alice.sent, [OPEN]);
  assert.equal(time.pending, 0);
});

Deno.test('S3 messages held for a forbidden peer never arrive', () => {
  const { time, realm, join } = start();
  const alice = join('alice', 'bob');
  realm.relay(ticket('alice', 'bob'), 'carol', 'offer');
  const carol = join('carol', 'alice');
  time.advance(HOLD);
  assert.deepEqual(carol.sent, [OPEN]);
  assert.deepEqual(alice.sent, [OPEN, expire('carol', 'alice')]);
});

Deno.test('S3 a message for a socket that is closing waits for the peer to come back', () => {
  const { realm, join } = start();
  join('alice', 'bob');
  join('bob', 'alice').broken = true;
  realm.relay(ticket('alice', 'bob'), 'bob', 'candidate');
  assert.deepEqual(join('bob', 'alice').sent, [OPEN, 'candidate']);
});

Deno.test('S3 a peer that comes back gets OPEN, its former socket is closed, nobody hears LEAVE', () => {
  const { realm, join } = start();
  const bob = join('bob', 'alice');
  const former = join('alice', 'bob');
  const link = join('alice', 'bob');
  realm.leave('alice', former);
  assert.deepEqual(link.sent, [OPEN]);
  assert.deepEqual(former.sent, [OPEN]);
  assert.equal(former.closed, 4409);
  assert.equal(realm.size, 2);
  realm.leave('alice', link);
  assert.equal(realm.size, 1);
  assert.deepEqual(bob.sent, [OPEN]);
});

Deno.test('S9 what is held for an absent peer is bounded', () => {
  const { realm, join } = start();
  join('alice', 'bob');
  for (let i = 0; i < 100; i++) realm.relay(ticket('alice', 'bob'), 'bob', 'x'.repeat(60_000));
  assert.equal(join('bob', 'alice').sent.length, 1 + 4);
});

Deno.test('S10 closing ends every socket with 1012, releases every timer and lets nobody in', () => {
  const { time, realm, join } = start();
  const alice = join('alice', 'bob');
  realm.relay(ticket('alice', 'bob'), 'bob', 'offer');
  realm.relay(ticket('alice', 'bob'), 'carol', 'offer');
  realm.close();
  assert.equal(alice.closed, 1012);
  assert.equal(time.pending, 0);
  const late = join('bob', 'alice');
  assert.equal(late.closed, 1012);
  assert.deepEqual(late.sent, []);
  assert.equal(realm.size, 0);
});
