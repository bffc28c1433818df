import type { ClientFrame } from '../core/protocol/client-frames.ts';
import { CloseCode, type ErrorCode } from '../core/protocol/codes.ts';
import { decodeClientFrame, decodeHello } from '../core/protocol/decode.ts';
import { FRAME_BURST, FRAMES_PER_SECOND, HELLO_TIMEOUT, PROTOCOL_VERSION } from '../core/protocol/limits.ts';
import type { ServerFrame } from '../core/protocol/server-frames.ts';
import type { Cancel, Timers } from './broker/timers.ts';
import type { Caller, Connection, Wire } from './connection.ts';
import type { Desk } from './desk/desk.ts';
import type { Fields, Log } from './log.ts';
import { Meter } from './meter.ts';

/** What is counted of sockets. */
export interface SessionMetrics {
  /** A frame was answered with an error. */
  refused(code: ErrorCode): void;
  /** A message was acknowledged so many seconds after it came. */
  acknowledged(seconds: number): void;
  /** The server closed a socket. */
  closed(code: CloseCode): void;
}

export interface SessionDeps {
  readonly desk: Pick<Desk, 'hello' | 'receive' | 'detach' | 'left'>;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly timers: Timers;
  readonly log: Log;
  readonly metrics: SessionMetrics;
}

const OPEN = 1;
/** Milliseconds a flooding client has for pausing: one that still sends when we close never gets to see the code. */
const LINGER = 1_000;

/**
 * What nothing of the same socket may overtake. Where one is not carried out, the socket ends and nothing behind it is carried
 * out either: the client comes back and sends again, in order, what was not acknowledged.
 */
const IN_ORDER: ReadonlySet<ClientFrame['type']> = new Set(['contact.open', 'message.send', 'note.add']);

/**
 * One socket. Frames are carried out one after the other, in the order in which they came. Nothing thrown on the way
 * leaves this class: a throw in a socket callback would end the process.
 */
export class Session {
  /** Resolves when the socket is gone. */
  readonly ended: Promise<void>;
  readonly #end: () => void;
  readonly #deps: SessionDeps;
  readonly #caller: Caller;
  readonly #meter: Meter;
  #wire: Wire | undefined;
  #connection: Connection | undefined;
  #work: Promise<void> = Promise.resolve();
  #stopTimer: Cancel | null = null;
  #openedAt = 0;
  #isClosed = false;
  #isFlooded = false;
  #isBroken = false;

  constructor(deps: SessionDeps, caller: Caller) {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.ended = promise;
    this.#end = resolve;
    this.#deps = deps;
    this.#caller = caller;
    this.#meter = new Meter(FRAME_BURST, FRAMES_PER_SECOND, deps.clock);
  }

  opened(wire: Wire): void {
    this.#wire = wire;
    this.#openedAt = this.#deps.clock();
    this.#stopTimer = this.#deps.timers.after(HELLO_TIMEOUT, () =>
      this.close(CloseCode.helloTimeout, 'no hello came'),
    );
  }

  received(data: unknown): void {
    if (this.#isClosed || this.#isFlooded) return;
    const at = performance.now();
    const reading = this.#meter.count();
    if (reading === 'flood') this.#flooded();
    else this.#queue(() => (reading === 'pass' ? this.#handle(data, at) : this.#refuse(data)));
  }

  /** The socket is gone, or went with its page. May be told twice. */
  closed(withPage = false): void {
    this.#end();
    if (withPage && !this.#isClosed)
      this.#queue(async () => {
        if (this.#connection?.side === 'visitor')
          await this.#deps.desk.receive(this.#connection, { type: 'page.leave' });
      });
    this.#leave();
  }

  close(code: CloseCode, reason: string): void {
    if (this.#wire && this.#wire.readyState <= OPEN) {
      this.#wire.close(code, reason);
      this.#deps.metrics.closed(code);
      this.#deps.log.debug('socket.closing', { ...this.#who(), code, reason });
    }
    // At once: a peer that is stuck answers no goodbye, and its socket may linger for long.
    this.#leave();
  }

  /** Resolves when everything received is carried out. */
  idle(): Promise<void> {
    return this.#work;
  }

  #leave(): void {
    this.#stop();
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#deps.log.debug('socket.left', this.#who());
    if (this.#connection) this.#deps.desk.detach(this.#connection);
    // Behind the frames still to be carried out, one of which may be the hello.
    this.#queue(async () => {
      if (this.#connection) await this.#deps.desk.left(this.#connection);
    });
  }

  /** Ends the timer and holds nothing of it. */
  #stop(): void {
    this.#stopTimer?.();
    this.#stopTimer = null;
  }

  /** Who it is and for how long, as a log tells it. */
  #who(): Fields {
    const { side = null, id = null } = this.#connection ?? {};
    return { side, id, seconds: (this.#deps.clock() - this.#openedAt) / 1000 };
  }

  #flooded(): void {
    this.#isFlooded = true;
    this.#stop();
    this.#stopTimer = this.#deps.timers.after(LINGER, () => this.close(CloseCode.flood, 'too many frames'));
  }

  #queue(work: () => Promise<void>): void {
    this.#work = this.#work.then(work).catch((error: unknown) => this.#failed(error));
  }

  #failed(error: unknown, frame?: ClientFrame): void {
    this.#deps.log.failed('socket.failed', error, frame ? { frame: frame.type } : {});
    this.#error('server.failed', 'Cannot carry out the frame: the server failed.', frame?.ref);
    // Without a welcome there is nothing to go on with.
    if (!this.#connection) this.close(CloseCode.failed, 'the server failed');
    else if (frame && IN_ORDER.has(frame.type)) this.#break(CloseCode.failed, 'the server failed');
  }

  #break(code: CloseCode, reason: string): void {
    this.#isBroken = true;
    this.close(code, reason);
  }

  /** `at`: when it came, by the clock of `performance`. */
  async #handle(data: unknown, at: number): Promise<void> {
    if (this.#isBroken) return;
    if (!this.#connection) return this.#greet(data);
    const decoded = decodeClientFrame(data);
    if (decoded.ok) return this.#carryOut(this.#connection, decoded.frame, at);
    if (decoded.code === 'frame.unknown' && decodeHello(data).ok)
      return this.#error('frame.out-of-state', 'Cannot read the frame: hello was said already.');
    this.#error(decoded.code, decoded.message, decoded.ref);
  }

  async #carryOut(connection: Connection, frame: ClientFrame, at: number): Promise<void> {
    const { desk, metrics } = this.#deps;
    try {
      const outcome = await desk.receive(connection, frame);
      if (!outcome.ok) metrics.refused(outcome.code);
      else if (frame.type === 'message.send') metrics.acknowledged((performance.now() - at) / 1000);
    } catch (error) {
      this.#failed(error, frame);
    }
  }

  async #refuse(data: unknown): Promise<void> {
    if (this.#isBroken) return;
    const decoded = decodeClientFrame(data);
    const ref = decoded.ok ? decoded.frame.ref : decoded.ref;
    this.#error('frame.too-frequent', 'Cannot accept the frame: there are too many.', ref);
    if (decoded.ok && IN_ORDER.has(decoded.frame.type)) this.#break(CloseCode.flood, 'too many frames');
  }

  async #greet(data: unknown): Promise<void> {
    const { desk } = this.#deps;
    if (this.#isClosed || this.#isFlooded || !this.#wire) return;
    this.#stop();
    const decoded = decodeHello(data);
    if (!decoded.ok) {
      if (speaksAnother(data))
        return this.close(CloseCode.unsupportedVersion, 'this version is not spoken here');
      this.#error(decoded.code, decoded.message, decoded.ref);
      return this.close(CloseCode.badHello, 'the first frame was not a hello');
    }
    const greeting = await desk.hello(new Gate(this.#wire, this), decoded.frame, this.#caller);
    if (greeting.ok) {
      this.#connection = greeting.connection;
      this.#deps.log.debug('socket.greeted', this.#who());
      if (this.#isClosed) desk.detach(greeting.connection);
      return;
    }
    if (greeting.code) this.#error(greeting.code, `Cannot say welcome: ${greeting.reason}.`);
    this.close(greeting.close, greeting.reason);
  }

  #error(code: ErrorCode, message: string, ref?: string): void {
    this.#deps.metrics.refused(code);
    const frame: ServerFrame = { type: 'error', code, message, ...(ref === undefined ? {} : { ref }) };
    if (this.#wire?.readyState === OPEN) this.#wire.send(JSON.stringify(frame));
  }
}

/** A hello of another version may have another shape; all that is asked of it is that it says so. */
function speaksAnother(data: unknown): boolean {
  if (typeof data !== 'string') return false;
  try {
    const { type, version } = Object(JSON.parse(data));
    return type === 'hello' && typeof version === 'number' && version !== PROTOCOL_VERSION;
  } catch {
    return false;
  }
}

/** The socket as a connection sees it: closing it goes through its session. */
class Gate implements Wire {
  readonly #wire: Wire;
  readonly #session: Session;

  constructor(wire: Wire, session: Session) {
    this.#wire = wire;
    this.#session = session;
  }

  get readyState(): number {
    return this.#wire.readyState;
  }

  get bufferedAmount(): number {
    return this.#wire.bufferedAmount;
  }

  send(text: string): void {
    this.#wire.send(text);
  }

  close(code: CloseCode, reason: string): void {
    this.#session.close(code, reason);
  }
}
