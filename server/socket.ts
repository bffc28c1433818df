import type { Context, Hono } from 'hono';
import { CloseCode } from '../core/protocol/codes.ts';
import { SUBPROTOCOL } from '../core/protocol/limits.ts';
import type { Config } from './config/schema.ts';
import type { Caller } from './connection.ts';
import { Session, type SessionDeps } from './session.ts';
import { type Upgrade, upgrade } from './upgrade.ts';

/**
 * Seconds after which a peer that answers no ping counts as gone; it is pinged after half of them. Less than the time for
 * the hello: once we have said goodbye to a peer that answers nothing, nobody ends its socket any more.
 */
const IDLE_TIMEOUT = 4.5;
/** Milliseconds a client has for answering our goodbye when the server goes away. */
const FAREWELL = 1_000;

export interface SocketsDeps extends SessionDeps {
  readonly config: Pick<Config, 'countryHeader'>;
}

/** Every socket of this instance, from its first byte to its last frame. */
export class Sockets {
  readonly #deps: SocketsDeps;
  readonly #sessions = new Set<Session>();
  #closing = false;

  constructor(deps: SocketsDeps) {
    this.#deps = deps;
  }

  /** Serves the WebSocket endpoint at `path`. A client must offer the subprotocol, and gets it back. */
  mount(app: Hono, path: string): void {
    app.get(path, (c) => {
      if (c.req.header('upgrade')?.toLowerCase() !== 'websocket')
        return c.json(
          { code: 'request.malformed', message: 'Cannot open the socket: this is a WebSocket' },
          426,
        );
      const offered = c.req.header('sec-websocket-protocol')?.split(',') ?? [];
      if (!offered.some((protocol) => protocol.trim() === SUBPROTOCOL)) {
        const message = `Cannot open the socket: the subprotocol ${SUBPROTOCOL} was not offered`;
        return c.json({ code: 'request.malformed', message }, 400);
      }
      return upgrade(c, this.#ends(c), { protocol: SUBPROTOCOL, idleTimeout: IDLE_TIMEOUT });
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

  #ends(c: Context): Upgrade {
    const session = new Session(this.#deps, this.#callerOf(c));
    return {
      opened: (socket) => {
        this.#sessions.add(session);
        session.opened(socket);
        if (this.#closing) session.close(CloseCode.restart, 'restart');
        return {
          receive: (data) => session.received(data),
          ended: () => {
            this.#sessions.delete(session);
            session.closed();
          },
        };
      },
      failed: (error) => this.#deps.log.failed('socket.failed', error),
    };
  }

  #callerOf(c: Context): Caller {
    const { countryHeader } = this.#deps.config;
    const country = countryHeader === undefined ? undefined : c.req.header(countryHeader);
    return { origin: c.req.header('origin') ?? null, country: country ?? null };
  }
}
