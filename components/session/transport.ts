import type { ClientFrame, Hello } from '../../core/protocol/client-frames.ts';
import { isFinalClose } from '../../core/protocol/codes.ts';
import { HEARTBEAT, SUBPROTOCOL } from '../../core/protocol/limits.ts';
import { readServerFrame } from '../../core/protocol/read-server-frame.ts';
import type { ServerFrame } from '../../core/protocol/server-frames.ts';
import type { Connection } from '../store/visitor-store.ts';

export interface TransportOptions {
  /** WebSocket address of the server's `/ws`. */
  readonly url: string;
  /** Asked anew for every socket, so that it names the newest token and log positions. */
  readonly hello: () => Promise<Hello>;
  readonly onFrame: (frame: ServerFrame) => void;
  readonly onConnection: (connection: Connection, closeCode?: number) => void;
}

export interface Transport {
  /** Sends now, or gives false when the server has not welcomed us: what must not be lost is resent on `welcome`. */
  send(frame: ClientFrame): boolean;
  /** Drops the socket and connects again at once, with a new hello. */
  restart(): void;
  close(): void;
}

const FIRST_DELAY = 250;
const LONGEST_DELAY = 8_000;
/** Milliseconds in which a socket must prove itself when the page wakes up. */
const WAKING = 3_000;

/** A WebSocket that says hello, notices silence, and comes back by itself. */
export function createTransport({ url, hello, onFrame, onConnection }: TransportOptions): Transport {
  let socket: WebSocket | null = null;
  let welcomed = false;
  let failures = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let watchdog: ReturnType<typeof setTimeout> | undefined;
  let closed = false;
  const listening = new AbortController();

  const connect = () => {
    clearTimeout(retry);
    retry = undefined;
    if (closed || socket) return;
    const mine = new WebSocket(url, SUBPROTOCOL);
    socket = mine;
    heard(false);
    mine.onopen = async () => {
      const frame = await hello();
      if (socket === mine && mine.readyState === WebSocket.OPEN) mine.send(JSON.stringify(frame));
    };
    mine.onmessage = ({ data }) => {
      if (socket !== mine) return;
      heard(true);
      const frame = readServerFrame(data);
      if (!frame) return;
      if (frame.type === 'welcome') {
        welcomed = true;
        failures = 0;
      }
      onFrame(frame);
      if (frame.type === 'welcome') onConnection('online');
    };
    mine.onclose = ({ code }) => {
      if (socket === mine) lost(code);
    };
  };

  /** Restarts the silence clock: first a ping, then, still silent, a new socket. */
  const heard = (mayPing: boolean, wait = HEARTBEAT) => {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => {
      if (mayPing && welcomed) ping(HEARTBEAT);
      else lost(1006);
    }, wait);
  };

  const ping = (wait: number) => {
    socket?.send(JSON.stringify({ type: 'ping' } satisfies ClientFrame));
    heard(false, wait);
  };

  const lost = (code: number) => {
    clearTimeout(watchdog);
    const old = socket;
    socket = null;
    welcomed = false;
    old?.close();
    if (closed) return;
    if (isFinalClose(code)) return onConnection('refused', code);
    onConnection('offline');
    // Jitter: a server that restarts is not met by all clients at once.
    const delay = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** failures++);
    retry = setTimeout(connect, delay / 2 + (Math.random() * delay) / 2);
  };

  /**
   * The page is looked at again, or the network is back: do not wait out the delay. A socket that was asleep may be dead
   * without knowing it.
   */
  const hurry = () => {
    if (document.visibilityState === 'hidden') return;
    if (retry !== undefined) connect();
    else if (welcomed) ping(WAKING);
  };
  for (const [target, type] of [
    [window, 'online'],
    [window, 'pageshow'],
    [document, 'visibilitychange'],
  ] as const)
    target.addEventListener(type, hurry, { signal: listening.signal });

  connect();
  return {
    send(frame) {
      if (!welcomed || socket?.readyState !== WebSocket.OPEN) return false;
      socket.send(JSON.stringify(frame));
      return true;
    },
    restart() {
      failures = 0;
      const old = socket;
      socket = null;
      welcomed = false;
      old?.close();
      connect();
    },
    close() {
      closed = true;
      listening.abort();
      clearTimeout(retry);
      clearTimeout(watchdog);
      socket?.close();
      socket = null;
    },
  };
}
