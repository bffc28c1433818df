import { Hono } from 'hono';
import type { TicketResult } from '../auth/tokens.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { Fact, ToldPeer } from '../cluster/fact.ts';
import { asksForSocket, type Handshake, queryOf } from '../handshake.ts';
import { upgrade } from '../upgrade.ts';
import { ADMISSION_FAILED, type Admission, admit, NO_ROOM } from './admission.ts';
import { Connection, type ConnectionDeps } from './connection.ts';
import { Farewells } from './farewells.ts';
import { Neighbours } from './neighbours.ts';
import { Pressure } from './pressure.ts';
import { BrokerClose, type BrokerErrorCode, errorFrame } from './protocol.ts';
import { Realm } from './realm.ts';
import { systemTimers, type Timers } from './timers.ts';
import { Watchdog } from './watchdog.ts';

export interface BrokerOptions {
  /** Reads a ticket; `Tokens.verifyTicket`. */
  readonly verify: (token: string) => TicketResult;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Milliseconds without a frame after which a socket counts as lost; PeerJS clients send one every 5 s. Default 90 s. */
  readonly heartbeatTimeout?: number;
  /** Milliseconds a message waits for its addressee. Default 5 s. */
  readonly holdFor?: number;
  readonly timers?: Timers;
  /** Told of what was answered with an error. */
  readonly refused?: (code: BrokerErrorCode) => void;
  /** The other instances, where there are any. */
  readonly cluster?: Pick<Cluster, 'tell' | 'tellOne'>;
  /** Told of what should not have happened. Never given a ticket. Default: the console. */
  readonly report?: (error: unknown) => void;
}

export interface Broker {
  /** Lets peers in; for `/peerjs/peerjs`. */
  readonly handshake: Handshake;
  /** All else under `/peerjs`. */
  readonly routes: Hono;
  /** Peers connected to this instance. */
  readonly size: number;
  /** Messages brought to their addressee so far. */
  readonly relayed: number;
  /** The peers themselves, for other instances. */
  here(): ToldPeer[];
  /** Another instance tells of peers. */
  told(from: string, fact: Fact): void;
  /** An instance is gone, and its peers with it. */
  left(instance: string): void;
  /** This instance counts as gone: closes every socket with 1012, and knows no other instances any more. */
  buried(): void;
  /** Closes every socket with 1012, releases every timer, admits nobody any more. */
  close(): void;
}

/** Deno would set a timer anew for each frame of each socket: silence is noticed by the watchdog. */
const UNTIMED = { idleTimeout: 0 };

/** A broker for PeerJS clients that admits only bearers of a ticket and relays only within the pair the ticket names. */
export function createBroker({
  verify,
  clock,
  heartbeatTimeout = 90_000,
  holdFor = 5_000,
  timers = systemTimers,
  refused = () => {},
  cluster,
  report = console.error,
}: BrokerOptions): Broker {
  // A throw in a timer callback would end the process: whatever calls the broker back does it through here.
  function failed(error: unknown, socket?: WebSocket): void {
    report(error);
    socket?.close(BrokerClose.failed, 'failed');
  }
  const guarded: Timers = {
    after: (delay, run) =>
      timers.after(delay, () => {
        try {
          run();
        } catch (error) {
          failed(error);
        }
      }),
  };
  const neighbours = cluster && new Neighbours(cluster, clock);
  const pressure = new Pressure(clock);
  const farewells = new Farewells(guarded);
  const realm = new Realm(holdFor, guarded, neighbours);
  const watchdog = new Watchdog(heartbeatTimeout, clock, guarded);
  const deps: ConnectionDeps = { realm, pressure, farewells, clock, watchdog, refused };

  function enter(asked: Admission, socket: WebSocket): Connection | undefined {
    const admission = asked.ok && pressure.isHigh ? NO_ROOM : asked;
    if (!admission.ok) {
      refused(admission.error.code);
      socket.send(errorFrame(admission.error));
      socket.close(admission.close, admission.error.code);
      return undefined;
    }
    const connection = new Connection(socket, admission.ticket, deps);
    connection.open();
    return connection;
  }

  function admission(url: string): Admission {
    const query = queryOf(url);
    try {
      return admit(verify, query.get('id'), query.get('token'));
    } catch (error) {
      report(error);
      return ADMISSION_FAILED;
    }
  }

  const handshake: Handshake = (request) => {
    if (!asksForSocket(request)) return null;
    const asked = admission(request.url);
    return upgrade(request, { opened: (socket) => enter(asked, socket), failed }, UNTIMED);
  };

  const routes = new Hono();

  routes.get('/:key/id', (c) => {
    c.header('access-control-allow-origin', '*');
    c.header('cache-control', 'no-store');
    return c.text(crypto.randomUUID());
  });

  routes.get('/peerjs', (c) =>
    asksForSocket(c.req.raw)
      ? c.text('Cannot open the broker: the WebSocket handshake is not complete', 400)
      : c.text('Cannot open the broker: this address takes WebSockets only', 426, { upgrade: 'websocket' }),
  );

  return {
    handshake,
    routes,
    get size() {
      return realm.size;
    },
    get relayed() {
      return realm.relayed;
    },
    here: () => realm.here(),
    told: (from, fact) => neighbours?.told(realm, from, fact),
    left: (instance) => neighbours?.dropAll(instance),
    buried() {
      neighbours?.clear();
      realm.restart();
    },
    close() {
      farewells.flush();
      realm.close();
    },
  };
}
