import type { ClientFrame, Hello } from '../../core/protocol/client-frames.ts';
import { isFinalClose } from '../../core/protocol/codes.ts';
import { decodeServerFrame } from '../../core/protocol/decode.ts';
import { HEARTBEAT, SUBPROTOCOL } from '../../core/protocol/limits.ts';
import type { ServerFrame } from '../../core/protocol/server-frames.ts';
import type { Random } from './random.ts';

/** As RFC 6455 names an end without a close. */
const GIVEN_UP = 1006;

/** How patient a client is, milliseconds: the protocol leaves that to it. */
export interface Patience {
  /** Before it comes back: at first, and at the longest. */
  readonly delays: readonly [first: number, longest: number];
  /** Without a word for so long it asks, and for as long again it gives the socket up. */
  readonly silence: number;
}

/** As short as finds most. */
const IMPATIENT: Patience = { delays: [100, 1_500], silence: 2_500 };
/** As the browser's. */
export const PATIENT: Patience = { delays: [250, 8_000], silence: HEARTBEAT };

export interface TransportOptions {
  /** Where to connect to; asked anew for every socket, so that a client may come back elsewhere. */
  readonly address: () => string;
  /** Asked anew for every socket, so that it names the newest token and log positions. */
  readonly hello: () => Hello;
  readonly random: Random;
  readonly patience?: Patience;
  readonly onFrame: (frame: ServerFrame) => void;
  /** A frame its own schema refuses, or a close code after which no client may come back. */
  readonly onFault: (detail: string) => void;
  readonly onClose: (code: number) => void;
}

/** A socket as the protocol wants it: hello first, a watch on silence, and growing, jittered pauses before the next one. */
export class Transport {
  readonly #options: TransportOptions;
  readonly #patience: Patience;
  #socket: WebSocket | null = null;
  #welcomed = false;
  #failures = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #watchdog: ReturnType<typeof setTimeout> | undefined;
  /** False while the client has no network, or is no more. */
  #wanted = false;

  constructor(options: TransportOptions) {
    this.#options = options;
    this.#patience = options.patience ?? IMPATIENT;
  }

  get welcomed(): boolean {
    return this.#welcomed;
  }

  /** Connects, and comes back from now on. */
  open(): void {
    this.#wanted = true;
    this.#connect();
  }

  /** Ends the socket and stays away until {@link open}. */
  close(): void {
    this.#wanted = false;
    this.#drop();
  }

  /** Drops the socket and comes back after a pause. */
  restart(): void {
    if (this.#wanted) this.#lost();
  }

  /** Gives false when the server has not welcomed us: what must not be lost is sent again behind the welcome. */
  send(frame: ClientFrame): boolean {
    if (!this.#welcomed || this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  #connect(): void {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    if (!this.#wanted || this.#socket) return;
    const socket = new WebSocket(this.#options.address(), SUBPROTOCOL);
    this.#socket = socket;
    this.#heard(false);
    socket.onopen = () => {
      if (this.#socket === socket) socket.send(JSON.stringify(this.#options.hello()));
    };
    socket.onmessage = ({ data }) => {
      if (this.#socket === socket) this.#received(data);
    };
    // Deno tells of a failed connection by an error and a close; the close is enough.
    socket.onerror = (event) => event.preventDefault();
    socket.onclose = ({ code }) => {
      if (this.#socket !== socket) return;
      this.#options.onClose(code);
      if (isFinalClose(code)) this.#options.onFault(`a good client was closed with ${code}`);
      this.#lost();
    };
  }

  #received(data: unknown) {
    this.#heard(true);
    const decoded = decodeServerFrame(data);
    if (!decoded.ok) return this.#options.onFault(`${decoded.message} ${`${data}`.slice(0, 200)}`);
    if (decoded.frame.type === 'welcome') {
      this.#welcomed = true;
      this.#failures = 0;
    }
    this.#options.onFrame(decoded.frame);
  }

  #heard(mayAsk: boolean): void {
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(() => {
      if (!mayAsk || !this.send({ type: 'ping' })) return this.#silent();
      this.#heard(false);
    }, this.#patience.silence);
  }

  /** Given up, without a close that anybody told of. */
  #silent(): void {
    this.#options.onClose(GIVEN_UP);
    this.#lost();
  }

  #lost(): void {
    this.#drop();
    if (!this.#wanted) return;
    const [first, longest] = this.#patience.delays;
    const delay = Math.min(longest, first * 2 ** this.#failures++);
    this.#retry = setTimeout(() => this.#connect(), this.#options.random.between(delay / 2, delay));
  }

  #drop(): void {
    clearTimeout(this.#watchdog);
    clearTimeout(this.#retry);
    this.#retry = undefined;
    const socket = this.#socket;
    this.#socket = null;
    this.#welcomed = false;
    socket?.close();
  }
}
