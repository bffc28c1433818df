import assert from 'node:assert/strict';
import type { Ticket } from '../../server/auth/tokens.ts';
import { Neighbours } from '../../server/broker/neighbours.ts';
import { type Link, Realm } from '../../server/broker/realm.ts';
import type { Fact } from '../../server/cluster/fact.ts';
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
  send(text: string): boolean {
    this.sent.push(text);
    return true;
  }
  sendAway(): void {}

  close(code: number): void {
    this.closed = code;
  }
}

/** Two instances. What one tells the other is brought when the test says so, in the order in which it was told. */
class Pair {
  readonly time = new ManualTimers();
  readonly #post: { readonly to: 0 | 1; readonly fact: Fact }[] = [];
  readonly #sides = ([0, 1] as const).map((me) => {
    const other = me === 0 ? 1 : 0;
    const say = (fact: Fact) => void this.#post.push({ to: other, fact });
    const neighbours = new Neighbours({ tell: say, tellOne: (_, fact) => say(fact) }, this.time.clock);
    return { neighbours, realm: new Realm(HOLD, this.time, neighbours) };
  }) as unknown as readonly [Side, Side];

  join(at: 0 | 1, own: Ticket): Recorder {
    const link = new Recorder();
    this.#sides[at].realm.join(own, link);
    return link;
  }

  relay(at: 0 | 1, sender: Ticket, dst: string, text: string): void {
    this.#sides[at].realm.relay(sender, dst, text);
  }

  leave(at: 0 | 1, peer: string, link: Link): void {
    this.#sides[at].realm.leave(peer, link);
  }

  died(at: 0 | 1): void {
    this.#sides[at === 0 ? 1 : 0].neighbours.dropAll(`${at}`);
  }

  /** Brings what has been told, and what is told in answer. */
  bring(): void {
    for (let next = this.#post.shift(); next; next = this.#post.shift()) {
      const { neighbours, realm } = this.#sides[next.to];
      neighbours.told(realm, next.to === 0 ? '1' : '0', JSON.parse(JSON.stringify(next.fact)));
    }
  }
}

interface Side {
  readonly neighbours: Neighbours;
  readonly realm: Realm;
}

const alice = ticket('alice', 'bob');
const bob = ticket('bob', 'alice');

Deno.test('S3 S5 a message reaches the peer the ticket names at another instance, and what waited comes first', () => {
  const pair = new Pair();
  pair.join(0, alice);
  pair.relay(0, alice, 'bob', 'early');
  const there = pair.join(1, bob);
  pair.relay(0, alice, 'bob', 'meanwhile');
  pair.bring();
  pair.relay(0, alice, 'bob', 'late');
  pair.bring();
  assert.deepEqual(there.sent, [OPEN, 'early', 'meanwhile', 'late']);
  assert.equal(pair.time.pending, 0);
});

for (const [name, prepare] of [
  ['absent', () => {}],
  ['at another instance in another pair', (pair: Pair) => pair.join(1, ticket('carol', 'dave'))],
  [
    'at another instance, but not on the sender’s ticket',
    (pair: Pair) => pair.join(1, ticket('carol', 'alice')),
  ],
  ['at another instance for another contact', (pair: Pair) => pair.join(1, ticket('carol', 'alice', 'c2'))],
] as const)
  Deno.test(`S3 S5 a peer that is ${name} gives one EXPIRE, exactly after the hold`, () => {
    const pair = new Pair();
    const link = pair.join(0, alice);
    prepare(pair);
    pair.bring();
    pair.relay(0, alice, 'carol', 'offer');
    pair.relay(0, alice, 'carol', 'candidate');
    pair.bring();
    pair.time.advance(HOLD - 1);
    assert.deepEqual(link.sent, [OPEN]);
    pair.time.advance(1);
    assert.deepEqual(link.sent, [OPEN, expire('carol', 'alice')]);
    assert.equal(pair.time.pending, 0);
  });

Deno.test('S3 S5 V16 what was on its way to a peer that left waits for it, where the sender is', () => {
  const pair = new Pair();
  const link = pair.join(0, alice);
  const former = pair.join(1, bob);
  pair.bring();
  pair.leave(1, 'bob', former);
  // The word of its leaving is still on the way.
  pair.relay(0, alice, 'bob', 'offer');
  pair.bring();
  assert.deepEqual(former.sent, [OPEN]);
  const back = pair.join(0, bob);
  assert.deepEqual(back.sent, [OPEN, 'offer']);
  pair.time.advance(HOLD);
  assert.deepEqual(link.sent, [OPEN]);
});

Deno.test('S3 S5 a peer that comes back at another instance takes the place of its former socket', () => {
  const pair = new Pair();
  const former = pair.join(0, bob);
  pair.bring();
  pair.time.advance(1);
  const back = pair.join(1, bob);
  pair.bring();
  assert.equal(former.closed, 4409);
  assert.equal(back.closed, undefined);
  pair.join(0, alice);
  pair.relay(0, alice, 'bob', 'offer');
  pair.bring();
  assert.deepEqual(back.sent, [OPEN, 'offer']);
});

Deno.test('S3 S5 by clocks that differ, too, the last place a peer came to is where it is', () => {
  const pair = new Pair();
  pair.time.advance(10_000);
  const former = pair.join(0, bob);
  pair.bring();
  // The other instance knows where it was: whatever its clock says, this is later.
  const back = pair.join(1, bob);
  pair.bring();
  assert.equal(former.closed, 4409);
  assert.equal(back.closed, undefined);
});

Deno.test('S3 S5 of an instance that died no peer is left', () => {
  const pair = new Pair();
  const link = pair.join(0, alice);
  pair.join(1, bob);
  pair.bring();
  pair.died(1);
  pair.relay(0, alice, 'bob', 'offer');
  pair.time.advance(HOLD);
  assert.deepEqual(link.sent, [OPEN, expire('bob', 'alice')]);
});
