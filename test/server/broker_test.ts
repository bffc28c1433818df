import assert from 'node:assert/strict';
import { MAX_FRAME_BYTES } from '../../core/protocol/limits.ts';
import { createTokens } from '../../server/auth/tokens.ts';
import { createBroker } from '../../server/broker/broker.ts';
import { type BrokerDesk, codeOf, serving, withBroker } from '../support/broker-desk.ts';
import { Wire } from '../support/wire.ts';

const OPEN = { type: 'OPEN' };
const GARBAGE = 'garbage';
const offer = (dst: string, more = {}) => ({
  type: 'OFFER',
  dst,
  payload: { connectionId: 'mc_1', type: 'media' },
  ...more,
});

Deno.test('S3 a client without an id is given one, on any page', () =>
  withBroker({}, async (desk) => {
    const answers = await Promise.all([desk.fetch('/peerjs/id?ts=1'), desk.fetch('/peerjs/id?ts=1')]);
    const ids = await Promise.all(answers.map((answer) => answer.text()));
    assert.equal(answers[0]?.headers.get('access-control-allow-origin'), '*');
    assert.match(answers[0]?.headers.get('content-type') ?? '', /^text\/plain/);
    assert.match(ids[0] ?? '', /^[A-Za-z0-9]+(?:[ _-][A-Za-z0-9]+)*$/);
    assert.notEqual(ids[0], ids[1]);
  }));

Deno.test('S3 the bearer of a ticket is admitted and forgotten when it leaves', () =>
  withBroker({}, async (desk) => {
    const alice = await desk.join('alice', 'bob');
    const bob = await desk.join('bob', 'alice');
    assert.equal(desk.broker.size, 2);
    await alice.close();
    bob.send(offer('alice'));
    await desk.settle(bob);
    desk.time.advance(5_000);
    assert.deepEqual(await bob.next(), { type: 'EXPIRE', src: 'alice', dst: 'bob' });
    assert.equal(desk.broker.size, 1);
  }));

const intruders: [name: string, query: (desk: BrokerDesk) => Promise<string>, code: string, close: number][] =
  [
    ['no id', async (desk) => `token=${await desk.ticket('alice', 'bob')}`, 'ticket.missing', 4401],
    ['no ticket', async () => 'id=alice', 'ticket.missing', 4401],
    ['a made-up ticket', async () => 'id=alice&token=abc', 'ticket.invalid', 4401],
    [
      'a visitor token',
      async (desk) => `id=alice&token=${await desk.tokens.signVisitor({ visitor: 'alice' })}`,
      'ticket.invalid',
      4401,
    ],
    [
      'an expired ticket',
      async (desk) => {
        const ticket = await desk.ticket('alice', 'bob');
        desk.time.advance(60_000);
        return `id=alice&token=${ticket}`;
      },
      'ticket.expired',
      4402,
    ],
    [
      'the ticket of another id',
      async (desk) => `id=mallory&token=${await desk.ticket('alice', 'bob')}`,
      'ticket.foreign',
      4403,
    ],
  ];

for (const [name, query, code, close] of intruders) {
  Deno.test(`S3 who comes with ${name} is told why and shut out`, () =>
    withBroker({}, async (desk) => {
      const intruder = desk.dial(await query(desk));
      const error = (await intruder.next()) as { type: string; payload: { msg: string } };
      assert.equal(error.type, 'ERROR');
      assert.match(error.payload.msg, /^Cannot admit the peer: .+/);
      assert.equal(codeOf(error), code);
      assert.equal(await intruder.closed, close);
      assert.equal(desk.broker.size, 0);
    }));
}

Deno.test('S3 an intruder does not disturb the peer whose id it claims', () =>
  withBroker({}, async (desk) => {
    const alice = await desk.join('alice', 'bob');
    const intruder = desk.dial('id=alice&token=abc');
    await intruder.closed;
    await desk.settle(alice);
    assert.equal(desk.broker.size, 1);
  }));

Deno.test('S3 messages pass between the two peers of a contact, never under a false name', () =>
  withBroker({}, async (desk) => {
    const alice = await desk.join('alice', 'bob');
    const bob = await desk.join('bob', 'alice');
    alice.send(offer('bob', { src: 'carol' }));
    assert.deepEqual(await bob.next(), offer('bob', { src: 'alice' }));
    bob.send(offer('alice', { type: 'ANSWER' }));
    assert.deepEqual(await alice.next(), offer('alice', { type: 'ANSWER', src: 'bob' }));
    bob.send(offer('alice', { type: 'CANDIDATE' }));
    assert.deepEqual(await alice.next(), offer('alice', { type: 'CANDIDATE', src: 'bob' }));
  }));

Deno.test('S3 a forbidden peer looks like an absent one, to the millisecond', () =>
  withBroker({ holdFor: 700 }, async (desk) => {
    const alice = await desk.join('alice', 'bob');
    const carol = await desk.join('carol', 'dave');
    for (const dst of ['nobody', 'carol']) {
      alice.send(offer(dst));
      alice.send(offer(dst));
      await desk.settle(alice);
      desk.time.advance(699);
      await desk.settle(alice);
      desk.time.advance(1);
      assert.deepEqual(await alice.next(), { type: 'EXPIRE', src: dst, dst: 'alice' });
      desk.time.advance(10_000);
      await desk.settle(alice);
    }
    await desk.settle(carol);
  }));

Deno.test('S3 a message waits for the permitted peer to come', () =>
  withBroker({}, async (desk) => {
    const alice = await desk.join('alice', 'bob');
    alice.send(offer('bob'));
    await desk.settle(alice);
    desk.time.advance(4_999);
    const bob = await desk.join('bob', 'alice');
    assert.deepEqual(await bob.next(), offer('bob', { src: 'alice' }));
    desk.time.advance(60_000);
    await desk.settle(alice);
  }));

Deno.test('S3 by the real clock, too, an offer to nobody expires', async () => {
  const tokens = createTokens('a secret of at least thirty-two characters', Date.now);
  const options = { verify: tokens.verifyTicket, clock: Date.now, holdFor: 20 };
  const broker = createBroker(options);
  const server = Deno.serve({ port: 0, hostname: '127.0.0.1', onListen: () => {} }, serving(broker));
  const token = await tokens.signTicket({ peer: 'alice', remote: 'bob', contact: 'c1', expiresIn: 60 });
  const alice = new Wire(
    `ws://127.0.0.1:${server.addr.port}/peerjs/peerjs?key=peerjs&id=alice&token=${token}`,
  );
  assert.deepEqual(await alice.next(), OPEN);
  alice.send(offer('bob'));
  assert.deepEqual(await alice.next(), { type: 'EXPIRE', src: 'bob', dst: 'alice' });
  broker.close();
  assert.equal(await alice.closed, 1012);
  await server.shutdown();
});

const badFrames: [name: string, frame: unknown, code: string][] = [
  ['text that is no JSON', GARBAGE, 'frame.malformed'],
  ['bytes', new Uint8Array([0, 159, 146, 150]), 'frame.malformed'],
  ['LEAVE', { type: 'LEAVE', dst: 'bob' }, 'frame.unknown'],
  ['an offer to no id', offer('?'), 'frame.malformed'],
  ['an oversized offer', offer('bob', { payload: { x: 'x'.repeat(MAX_FRAME_BYTES) } }), 'frame.oversized'],
];

for (const [name, frame, code] of badFrames) {
  Deno.test(`S9 the broker answers ${name} with an error, and the socket lives on`, () =>
    withBroker({}, async (desk) => {
      const alice = await desk.join('alice', 'bob');
      const bob = await desk.join('bob', 'alice');
      alice.send(frame);
      assert.equal(codeOf(await alice.next()), code);
      alice.send(offer('bob'));
      assert.deepEqual(await bob.next(), offer('bob', { src: 'alice' }));
    }));
}

Deno.test('S9 a flood ends its own socket only; as many frames at a fair rate pass', () =>
  withBroker({}, async (desk) => {
    const alice = await desk.join('alice', 'bob');
    const bob = await desk.join('bob', 'alice');
    for (let second = 0; second < 5; second++) {
      for (let i = 0; i < 99; i++) alice.send({ type: 'HEARTBEAT' });
      await desk.settle(alice);
      desk.time.advance(1_000);
    }
    for (let i = 0; i < 301; i++) alice.send({ type: 'HEARTBEAT' });
    assert.equal(codeOf(await alice.next()), 'frame.too-frequent');
    assert.equal(await alice.closed, 4429);
    await desk.settle(bob);
    assert.equal(desk.broker.size, 1);
  }));

Deno.test('S3 a peer that comes back gets OPEN; its old socket is closed and its partner hears nothing', () =>
  withBroker({}, async (desk) => {
    const bob = await desk.join('bob', 'alice');
    const former = await desk.join('alice', 'bob');
    const alice = await desk.join('alice', 'bob');
    assert.equal(await former.closed, 4409);
    await desk.settle(bob);
    bob.send(offer('alice'));
    assert.deepEqual(await alice.next(), offer('alice', { src: 'bob' }));
    assert.equal(desk.broker.size, 2);
  }));

Deno.test('V16 a lost socket is no hang-up: the partner hears nothing, even when the line is cut', () =>
  withBroker({}, async (desk) => {
    const bob = await desk.join('bob', 'alice');
    const line = await Deno.connect({ hostname: '127.0.0.1', port: desk.port });
    const query = `id=alice&token=${await desk.ticket('alice', 'bob')}`;
    const request =
      `GET /peerjs/peerjs?${query} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n';
    await line.write(new TextEncoder().encode(request));
    const answered = new Uint8Array(4_096);
    let answer = '';
    while (!answer.includes('OPEN')) {
      answer += new TextDecoder().decode(answered.subarray(0, (await line.read(answered)) ?? assert.fail()));
    }
    line.close();
    bob.send(offer('alice'));
    await desk.settle(bob);
    const alice = await desk.join('alice', 'bob');
    bob.send(offer('alice'));
    assert.deepEqual(await alice.next(), offer('alice', { src: 'bob' }));
    await desk.settle(bob);
  }));

Deno.test('S3 a silent socket is closed; heartbeats keep it', () =>
  withBroker({ heartbeatTimeout: 10_000 }, async (desk) => {
    const alice = await desk.join('alice', 'bob');
    for (let i = 0; i < 5; i++) {
      desk.time.advance(9_000);
      alice.send({ type: 'HEARTBEAT' });
      await desk.settle(alice);
    }
    desk.time.advance(9_999);
    assert.equal(desk.broker.size, 1);
    desk.time.advance(1);
    assert.equal(await alice.closed, 4408);
    assert.equal(desk.broker.size, 0);
  }));

Deno.test('S9 a fault while handling a frame ends that socket, not the process', () => {
  const fault = new Error('the clock stopped');
  let broken = false;
  const clock = () => {
    if (broken) throw fault;
    return 0;
  };
  return withBroker({ clock }, async (desk) => {
    const alice = await desk.join('alice', 'bob');
    broken = true;
    alice.send({ type: 'HEARTBEAT' });
    assert.equal(await alice.closed, 1011);
    broken = false;
    assert.deepEqual(desk.reports, [fault]);
    await desk.settle(await desk.join('alice', 'bob'));
  });
});

Deno.test('S9 a fault in a timer is reported and does not end the process', () => {
  const fault = new Error('the clock stopped');
  let broken = false;
  const clock = () => {
    if (broken) throw fault;
    return 0;
  };
  return withBroker({ clock, heartbeatTimeout: 1_000 }, async (desk) => {
    await desk.join('alice', 'bob');
    broken = true;
    desk.time.advance(1_000);
    broken = false;
    assert.deepEqual(desk.reports, [fault]);
  });
});

Deno.test('S9 a fault while opening a socket ends that socket, not the process', () => {
  let broken = true;
  const clock = () => {
    if (broken) throw new Error('the clock stopped');
    return 0;
  };
  return withBroker({ clock }, async (desk) => {
    const alice = desk.dial(`id=alice&token=${await desk.ticket('alice', 'bob')}`);
    assert.equal(await alice.closed, 1011);
    broken = false;
    await desk.settle(await desk.join('alice', 'bob'));
  });
});

Deno.test('S9 a fault while reading a ticket shuts its bearer out and shows the ticket to nobody', () => {
  const fault = new Error('no key');
  const verify = () => {
    throw fault;
  };
  return withBroker({ verify }, async (desk) => {
    const alice = desk.dial('id=alice&token=secret-ticket');
    assert.equal(codeOf(await alice.next()), 'broker.failed');
    assert.equal(await alice.closed, 1011);
    assert.deepEqual(desk.reports, [fault]);
  });
});

Deno.test('S9 what is no WebSocket is refused with a reason', () =>
  withBroker({}, async (desk) => {
    const plain = await desk.fetch('/peerjs');
    assert.equal(plain.status, 426);
    assert.match(await plain.text(), /^Cannot open the broker: /);
    const halfway = await desk.fetch('/peerjs', { headers: { upgrade: 'websocket' } });
    assert.equal(halfway.status, 400);
    assert.match(await halfway.text(), /^Cannot open the broker: /);
    assert.deepEqual(desk.reports, []);
  }));

Deno.test('S10 closing the broker ends every socket with 1012 and admits nobody any more', () =>
  withBroker({}, async (desk) => {
    const alice = await desk.join('alice', 'bob');
    alice.send(offer('bob'));
    await desk.settle(alice);
    desk.broker.close();
    assert.equal(await alice.closed, 1012);
    assert.equal(desk.time.pending, 0);
    const late = desk.dial(`id=bob&token=${await desk.ticket('bob', 'alice')}`);
    assert.equal(await late.closed, 1012);
    assert.equal(desk.broker.size, 0);
  }));
