import type { Ticket } from '../auth/tokens.ts';
import { Meter } from '../meter.ts';
import type { Receiver } from '../upgrade.ts';
import type { Farewells } from './farewells.ts';
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
import type { Watchdog, Watched } from './watchdog.ts';

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
  readonly farewells: Farewells;
  readonly clock: () => number;
  readonly watchdog: Watchdog;
  readonly refused: (code: BrokerErrorCode) => void;
}

/** One admitted socket, from OPEN to its end. */
export class Connection implements Link, Receiver, Watched {
  heardAt: number;
  readonly #socket: Socket;
  readonly #ticket: Ticket;
  readonly #deps: ConnectionDeps;
  readonly #meter: Meter;
  #hasEnded = false;

  constructor(socket: Socket, ticket: Ticket, deps: ConnectionDeps) {
    const { clock, watchdog } = deps;
    this.#socket = socket;
    this.#ticket = ticket;
    this.#deps = deps;
    this.#meter = new Meter(FRAME_BURST, FRAMES_PER_SECOND, clock);
    this.heardAt = clock();
    watchdog.watch(this);
  }

  open(): void {
    this.#deps.realm.join(this.#ticket, this);
  }

  receive(data: unknown): void {
    const { realm, pressure, clock } = this.#deps;
    pressure.count(realm.size);
    // A socket that is to be closed still hands over what was under way: its peer may be here on a new one.
    if (this.#hasEnded) return;
    const now = clock();
    this.heardAt = now;
    if (this.#meter.count(now) !== 'pass') {
      this.#refuse({ code: 'frame.too-frequent', message: 'Cannot accept the frame: there are too many' });
      this.close(BrokerClose.flood, 'flood');
      return;
    }
    if (pressure.shedsPair()) {
      // Both: what one says to nobody costs as much, and brings nobody together.
      realm.partner(this.#ticket)?.sendAway();
      this.sendAway();
      return;
    }
    const action = decide(this.#ticket, data);
    switch (action.type) {
      case 'heartbeat':
        break;
      case 'relay':
        realm.relay(this.#ticket, action.dst, action.text);
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

  sendAway(): void {
    this.ended();
    this.#deps.farewells.add(() => {
      this.#refuse(OVERLOADED);
      this.close(BrokerClose.overloaded, OVERLOADED.code);
    });
  }

  /** Ends the connection from our side. */
  close(code: number, reason: string): void {
    this.ended();
    this.#socket.close(code, reason);
  }

  silent(): void {
    this.close(BrokerClose.silent, 'silent');
  }

  ended(): void {
    this.#hasEnded = true;
    this.#deps.watchdog.forget(this);
    this.#deps.realm.leave(this.#ticket.peer, this);
  }

  #refuse(error: BrokerError): void {
    this.#deps.refused(error.code);
    this.send(errorFrame(error));
  }
}
