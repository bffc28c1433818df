import { expect } from '@open-wc/testing';
import { createTransport, type Transport } from '../../../components/session/transport.ts';
import type { VisitorHello } from '../../../core/protocol/client-frames.ts';
import { HEARTBEAT } from '../../../core/protocol/limits.ts';
import { Socket } from './test-socket.ts';

const Native = { WebSocket: globalThis.WebSocket, setTimeout, clearTimeout };

/** What waits for its time, by its id: the test says when that has come. */
const timers = new Map<number, { readonly delay: number; readonly act: () => void }>();

function holdTimers(): void {
  let last = 0;
  const hold = (act: () => void, delay: number) => {
    last += 1;
    timers.set(last, { act, delay });
    return last;
  };
  Object.assign(globalThis, { setTimeout: hold, clearTimeout: (id: number) => timers.delete(id) });
}

/** How long it is until the one timer there is. */
function wait(): number {
  expect(timers.size).to.equal(1);
  return [...timers.values()][0]?.delay ?? 0;
}

function pass(): void {
  for (const [id, { act }] of [...timers]) {
    timers.delete(id);
    act();
  }
}

describe('transport', () => {
  const connections: string[] = [];
  let transport: Transport;
  const newest = () => Socket.made.at(-1) as Socket;
  const sent = () => newest().sent.map(({ type }) => type);

  const connected = async () => {
    newest().accept();
    for (let turn = 0; turn < 3; turn++) await null; // The hello is asked for first.
    newest().say({ type: 'welcome', version: 1, contacts: [], unknown: [] });
  };
  const wake = (target: EventTarget, type: string) => target.dispatchEvent(new Event(type));

  beforeEach(() => {
    Object.assign(globalThis, { WebSocket: Socket });
    Socket.made.length = connections.length = 0;
    timers.clear();
    holdTimers();
    transport = createTransport({
      url: 'wss://chat.example/ws',
      hello: async () => ({ type: 'hello' }) as VisitorHello,
      onFrame: () => {},
      onConnection: (connection) => connections.push(connection),
    });
  });
  afterEach(() => {
    transport.close();
    Object.assign(globalThis, Native);
  });

  it('M2 sends nothing before the welcome, and says that it did not', async () => {
    expect(transport.send({ type: 'ping' })).to.equal(false);
    await connected();
    expect(sent()).to.deep.equal(['hello']);
    expect(transport.send({ type: 'ping' })).to.equal(true);
    expect(connections).to.deep.equal(['online']);
  });

  it('S6 whatever is received feeds the watchdog; silence is asked about once, then it is a loss', async () => {
    await connected();
    expect(wait()).to.equal(HEARTBEAT);
    pass();
    expect(sent()).to.deep.equal(['hello', 'ping']);
    newest().say({ type: 'pong', now: 1 });
    pass();
    expect(sent()).to.deep.equal(['hello', 'ping', 'ping']);
    pass();
    expect(connections).to.deep.equal(['online', 'offline']);
    expect(Socket.made[0]?.readyState).to.equal(3);
  });

  it('S6 pauses grow up to a bound, and are never the same for all', async () => {
    const pauses: number[] = [];
    for (let loss = 0; loss < 9; loss++) {
      newest().end(1006);
      pauses.push(wait());
      pass();
    }
    for (const [at, pause] of pauses.entries()) {
      const longest = Math.min(8_000, 250 * 2 ** at);
      expect(pause).to.be.within(longest / 2, longest);
    }
    expect(new Set(pauses.map((pause, at) => pause / Math.min(8_000, 250 * 2 ** at))).size).to.be.greaterThan(
      1,
    );
    await connected();
    newest().end(1012);
    expect(wait()).to.be.at.most(250);
  });

  for (const [target, type] of [
    [window, 'online'],
    [window, 'pageshow'],
    [document, 'visibilitychange'],
  ] as const)
    it(`M2 ${type} ends a pause at once, and makes a socket prove that it lives`, async () => {
      newest().end(1006);
      wake(target, type);
      expect(Socket.made).to.have.length(2);
      await connected();
      wake(target, type);
      expect(sent()).to.deep.equal(['hello', 'ping']);
      expect(wait()).to.be.lessThan(HEARTBEAT / 2);
      pass();
      expect(connections).to.deep.equal(['offline', 'online', 'offline']);
    });

  it('S7 does not come back after a close that says it is of no use', () => {
    newest().end(4403);
    expect(connections).to.deep.equal(['refused']);
    expect(timers.size).to.equal(0);
  });
});
