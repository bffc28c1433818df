import type { Ticket } from '../auth/tokens.ts';
import { Meter } from '../meter.ts';
import type { Pressure } from './pressure.ts';
import {
  BrokerClose,
  type BrokerError,
  type BrokerErrorCode,
  decide,
  errorFrame,
  OVERLOADED,
} from './protocol.ts';
import type { Link, Realm } from './realm.ts';
import type { Timers } from './timers.ts';
import { createWatchdog, type Watchdog } from './watchdog.ts';

/** Far above what several calls with all their candidates need: whoever runs out of it is no PeerJS client. */
const FRAME_BURST = 300;
const FRAMES_PER_SECOND = 100;
const OPEN = 1;

/** What a connection needs of a WebSocket. */
export interface Socket {
  readonly readyState: number;
  send(text: string): void;
  close(code: number, reason: string): void;
}

export interface ConnectionDeps {
  readonly realm: Realm;
  readonly pressure: Pressure;
  readonly clock: () => number;
  readonly timers: Timers;
  /** Milliseconds of silence after which a socket counts as lost. */
  readonly heartbeatTimeout: number;
  readonly refused: (code: BrokerErrorCode) => void;
}

/** One admitted socket, from OPEN to its end. */
export class Connection implements Link {
  readonly #socket: Socket;
  readonly #ticket: Ticket;
  readonly #realm: Realm;
  readonly #pressure: Pressure;
  readonly #meter: Meter;
  readonly #watchdog: Watchdog;
  readonly #clock: () => number;
  readonly #refused: (code: BrokerErrorCode) => void;
  #hasEnded = false;

  constructor(socket: Socket, ticket: Ticket, deps: ConnectionDeps) {
    const { realm, pressure, clock, timers, heartbeatTimeout } = deps;
    this.#refused = deps.refused;
    this.#socket = socket;
    this.#ticket = ticket;
    this.#realm = realm;
    this.#pressure = pressure;
    this.#clock = clock;
    this.#meter = new Meter(FRAME_BURST, FRAMES_PER_SECOND, clock);
    this.#watchdog = createWatchdog(heartbeatTimeout, clock, timers, () =>
      this.close(BrokerClose.silent, 'silent'),
    );
  }

  open(): void {
    this.#realm.join(this.#ticket, this);
  }

  receive(data: unknown): void {
    // A closing socket still hands over what was under way: its peer may be here on a new one.
    if (this.#hasEnded) return;
    const now = this.#clock();
    this.#watchdog.feed(now);
    if (this.#meter.count(now) !== 'pass') {
      this.#refuse({ code: 'frame.too-frequent', message: 'Cannot accept the frame: there are too many' });
      this.close(BrokerClose.flood, 'flood');
      return;
    }
    if (this.#pressure.isTooMuch(this.#realm.size)) {
      this.#refuse(OVERLOADED);
      this.close(BrokerClose.overloaded, OVERLOADED.code);
      return;
    }
    const action = decide(this.#ticket, data);
    switch (action.type) {
      case 'heartbeat':
        break;
      case 'relay':
        this.#realm.relay(this.#ticket, action.dst, action.text);
        break;
      case 'refuse':
        this.#refuse(action.error);
        break;
    }
  }

  send(text: string): boolean {
    if (this.#socket.readyState !== OPEN) return false;
    this.#socket.send(text);
    return true;
  }

  /** Ends the connection from our side. */
  close(code: number, reason: string): void {
    this.ended();
    this.#socket.close(code, reason);
  }

  /** The socket is gone. */
  ended(): void {
    this.#hasEnded = true;
    this.#watchdog.stop();
    this.#realm.leave(this.#ticket.peer, this);
  }

  #refuse(error: BrokerError): void {
    this.#refused(error.code);
    this.send(errorFrame(error));
  }
}
