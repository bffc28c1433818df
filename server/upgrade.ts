/** What becomes of an open socket. */
export interface Receiver {
  receive(data: unknown): void;
  /** The socket is gone; with the code its other end gave, or 1006 when it said nothing. */
  ended(code: number): void;
}

export interface Upgrade {
  /** Gives who receives what comes; undefined: nobody. */
  readonly opened: (socket: WebSocket) => Receiver | undefined;
  /** Told of what was thrown: a throw in a socket callback would end the process. */
  readonly failed: (error: unknown, socket: WebSocket) => void;
}

/** Answers a handshake; null: it is not a complete one. */
export function upgrade(
  request: Request,
  ends: Upgrade,
  options: Deno.UpgradeWebSocketOptions = {},
): Response | null {
  let upgraded: Deno.WebSocketUpgrade;
  try {
    upgraded = Deno.upgradeWebSocket(request, options);
  } catch {
    return null;
  }
  const { socket, response } = upgraded;
  const listener = new Listener(ends);
  socket.addEventListener('open', listener, { once: true });
  socket.addEventListener('message', listener);
  socket.addEventListener('close', listener);
  return response;
}

/** One object for all events, and nothing held of the handshake once it is over: there are many sockets, most of them idle. */
class Listener implements EventListenerObject {
  readonly #failed: Upgrade['failed'];
  #opened: Upgrade['opened'] | null;
  #receiver: Receiver | undefined;

  constructor({ opened, failed }: Upgrade) {
    this.#opened = opened;
    this.#failed = failed;
  }

  handleEvent(event: Event): void {
    const socket = event.currentTarget as WebSocket;
    try {
      if (event.type === 'message') this.#receiver?.receive((event as MessageEvent).data);
      else if (event.type === 'open') this.#open(socket);
      else this.#receiver?.ended((event as CloseEvent).code);
    } catch (error) {
      this.#failed(error, socket);
    }
  }

  #open(socket: WebSocket): void {
    const opened = this.#opened;
    this.#opened = null;
    this.#receiver = opened?.(socket);
  }
}
