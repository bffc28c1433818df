import type { Hono } from 'hono';
import { CloseCode } from '../core/protocol/codes.ts';
import { SUBPROTOCOL } from '../core/protocol/limits.ts';
import type { Config } from './config/schema.ts';
import type { Caller } from './connection.ts';
import { failure } from './failure.ts';
import { asksForSocket, type Handshake } from './handshake.ts';
import { Session, type SessionDeps } from './session.ts';
import { type Upgrade, upgrade } from './upgrade.ts';

/**
 * Seconds after which a peer that answers no ping counts as gone; it is pinged after half of them. Less than the time for
 * the hello: once we have said goodbye to a peer that answers nothing, nobody ends its socket any more.
 */
const IDLE_TIMEOUT = 4.5;
/** Milliseconds a client has for answering our goodbye when the server goes away. */
const FAREWELL = 1_000;

const offersOurs = ({ headers }: Request): boolean =>
  (headers.get('sec-websocket-protocol') ?? '')
    .split(',')
    .some((protocol) => protocol.trim() === SUBPROTOCOL);

export interface SocketsDeps extends SessionDeps {
  readonly config: Pick<Config, 'countryHeader'>;
}

/**
 * What a browser closes the sockets of a page with. Firefox does before the page can say that it is being left; Chromium also
 * when it is killed.
 */
const GOING_AWAY = 1001;

/** Every socket of this instance, from its first byte to its last frame. */
export class Sockets {
  readonly #deps: SocketsDeps;
  readonly #sessions = new Set<Session>();
  #closing = false;

  constructor(deps: SocketsDeps) {
    this.#deps = deps;
  }

  /** Lets a client in that offers the subprotocol, and gives it back. */
  readonly handshake: Handshake = (request) =>
    asksForSocket(request) && offersOurs(request)
      ? upgrade(request, this.#ends(request), { protocol: SUBPROTOCOL, idleTimeout: IDLE_TIMEOUT })
      : null;

  /** Says at `path` what was wrong with a handshake. */
  mount(app: Hono, path: string): void {
    app.get(path, (c) => {
      const refuse = (status: 400 | 426, reason: string) =>
        failure(c, status, 'request.malformed', `open the socket: ${reason}`);
      if (!asksForSocket(c.req.raw)) return refuse(426, 'this is a WebSocket');
      if (!offersOurs(c.req.raw)) return refuse(400, `the subprotocol ${SUBPROTOCOL} was not offered`);
      return refuse(400, 'the handshake is not complete');
    });
  }

  /** Closes every socket with 1012, and goes on. */
  restart(): void {
    for (const session of [...this.#sessions]) session.close(CloseCode.restart, 'restart');
  }

  /** Closes every socket with 1012; resolves when they are gone and all frames received before are carried out. */
  async close(): Promise<void> {
    this.#closing = true;
    const sessions = [...this.#sessions];
    this.restart();
    const late = Promise.withResolvers<void>();
    const cancel = this.#deps.timers.after(FAREWELL, late.resolve);
    await Promise.race([Promise.all(sessions.map(({ ended }) => ended)), late.promise]);
    cancel();
    await Promise.all(sessions.map((session) => session.idle()));
  }

  #ends(request: Request): Upgrade {
    const session = new Session(this.#deps, this.#callerOf(request));
    const closesFirst = /\bFirefox\//.test(request.headers.get('user-agent') ?? '');
    return {
      opened: (socket) => {
        this.#sessions.add(session);
        session.opened(socket);
        if (this.#closing) session.close(CloseCode.restart, 'restart');
        return {
          receive: (data) => session.received(data),
          ended: (code) => {
            this.#sessions.delete(session);
            session.closed(closesFirst && code === GOING_AWAY);
          },
        };
      },
      failed: (error) => this.#deps.log.failed('socket.failed', error),
    };
  }

  #callerOf({ headers }: Request): Caller {
    const { countryHeader } = this.#deps.config;
    const country = countryHeader === undefined ? undefined : headers.get(countryHeader);
    return { origin: headers.get('origin'), country: country ?? null };
  }
}
