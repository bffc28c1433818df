/**
 * A PeerJS broker inside the page: takes the place of `WebSocket` and passes messages between peers by their ids, so
 * that two calls of one page connect without a server.
 */
export interface PageBroker {
  /** Tickets shown by the peers, by their id. */
  readonly tickets: ReadonlyMap<string, string>;
  /** Ids that are open now. */
  readonly open: () => readonly string[];
  /** Breaks every socket, as a broker that dies does. */
  fail(): void;
  restore(): void;
}

interface PeerMessage {
  readonly type: string;
  readonly dst?: string;
  readonly payload?: unknown;
}

export function installPageBroker(): PageBroker {
  const tickets = new Map<string, string>();
  const sockets = new Map<string, PageSocket>();

  class PageSocket {
    readyState: number = WebSocket.OPEN;
    onmessage: ((event: MessageEvent) => void) | null = null;
    onclose: (() => void) | null = null;
    #id: string;

    constructor(address: string) {
      const { searchParams } = new URL(address);
      this.#id = searchParams.get('id') ?? '';
      tickets.set(this.#id, searchParams.get('token') ?? '');
      sockets.set(this.#id, this);
      this.deliver({ type: 'OPEN' });
    }

    deliver(message: object): void {
      queueMicrotask(() => this.onmessage?.(new MessageEvent('message', { data: JSON.stringify(message) })));
    }

    send(text: string): void {
      const { type, dst, payload } = JSON.parse(text) as PeerMessage;
      if (dst) sockets.get(dst)?.deliver({ type, src: this.#id, payload });
    }

    close(): void {
      this.readyState = WebSocket.CLOSED;
      sockets.delete(this.#id);
    }
  }

  const real = globalThis.WebSocket;
  Object.assign(PageSocket, { OPEN: real.OPEN, CLOSED: real.CLOSED });
  globalThis.WebSocket = PageSocket as unknown as typeof WebSocket;
  return {
    tickets,
    open: () => [...sockets.keys()],
    fail() {
      for (const socket of sockets.values()) {
        socket.close();
        socket.onclose?.();
      }
    },
    restore() {
      globalThis.WebSocket = real;
    },
  };
}
