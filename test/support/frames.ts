import type { AgentHello, ClientFrame, VisitorHello } from '../../core/protocol/client-frames.ts';
import { decodeServerFrame } from '../../core/protocol/decode.ts';
import { PROTOCOL_VERSION, SUBPROTOCOL } from '../../core/protocol/limits.ts';
import type { LogEntry, ServerFrame, ServerFrameOf } from '../../core/protocol/server-frames.ts';

type Type = ServerFrame['type'];

/** How long a frame may take. Only a failing test ever waits this long. */
const PATIENCE = 10_000;

export const PAGE = { url: 'https://shop.example/bikes', title: 'Bikes', referrer: '' };
export const DEVICE = { browser: 'Firefox', system: 'Linux', mobile: false };
const ABILITIES = { voice: true, video: true };

let clients = 0;
/** A name for a page load, another one each time. */
export const newClient = (): string => `client-${++clients}`;

export const visitorHello = (more: Partial<VisitorHello> = {}): VisitorHello => ({
  type: 'hello',
  side: 'visitor',
  version: PROTOCOL_VERSION,
  client: newClient(),
  service: 'sales',
  language: 'en',
  page: PAGE,
  device: DEVICE,
  abilities: ABILITIES,
  ...more,
});

export const agentHello = (token: string, more: Partial<AgentHello> = {}): AgentHello => ({
  type: 'hello',
  side: 'agent',
  version: PROTOCOL_VERSION,
  client: newClient(),
  token,
  abilities: ABILITIES,
  ...more,
});

/** What an entry says in one word or text: a message or a note its text, an event its name. */
export function wordsOf(entry: LogEntry): string {
  if (entry.kind === 'event') return entry.event;
  return 'text' in entry ? entry.text : entry.kind;
}

/**
 * A client of the wire protocol that keeps every frame until a test asks for it. Each frame is handed out once;
 * a frame that its own schema refuses fails the test.
 */
export class RawClient {
  readonly socket: WebSocket;
  readonly opened: Promise<void>;
  readonly #ended: Promise<{ readonly code: number; readonly reason: string }>;
  readonly #frames: ServerFrame[] = [];
  #arrived = Promise.withResolvers<void>();
  #failure: Error | undefined;

  constructor(url: string, options: string | string[] | WebSocketOptions = SUBPROTOCOL) {
    // Beside the types of a page, which knows no headers, those of the server's sockets do not hold.
    this.socket = new WebSocket(url, options as string[]);
    const opened = Promise.withResolvers<void>();
    this.opened = opened.promise;
    // Who awaits `opened` hears of a refusal; who does not is told by `closed`.
    this.opened.catch(() => {});
    this.socket.onopen = () => opened.resolve();
    this.socket.onerror = () => opened.reject(new Error('Cannot open the socket'));
    this.socket.onmessage = ({ data }) => {
      const decoded = decodeServerFrame(data);
      if (decoded.ok) this.#frames.push(decoded.frame);
      else this.#failure = new Error(`${decoded.message} ${data}`);
      this.#wake();
    };
    this.#ended = new Promise((resolve) => {
      this.socket.onclose = ({ code, reason }) => {
        resolve({ code, reason });
        this.#failure ??= new Error(`Cannot read a frame: the socket ended with ${code} ${reason}`);
        this.#wake();
      };
    });
  }

  /** Resolves once the socket has ended. */
  get closed(): Promise<{ readonly code: number; readonly reason: string }> {
    return Promise.race([this.#ended, rejection(AbortSignal.timeout(PATIENCE), 'the socket did not end')]);
  }

  /** Sends text and bytes as they are, anything else as JSON. */
  send(frame: ClientFrame | VisitorHello | AgentHello | string | Uint8Array<ArrayBuffer> | object): void {
    const raw = typeof frame === 'string' || frame instanceof Uint8Array;
    this.socket.send(raw ? frame : JSON.stringify(frame));
  }

  /** The first frame of a type, and that fits, that came since the last call that took it. Others stay. */
  async next<T extends Type>(
    type: T,
    fits: (frame: ServerFrameOf<T>) => boolean = () => true,
  ): Promise<ServerFrameOf<T>> {
    const isIt = (frame: ServerFrame): frame is ServerFrameOf<T> =>
      frame.type === type && fits(frame as ServerFrameOf<T>);
    const timeout = AbortSignal.timeout(PATIENCE);
    while (true) {
      const at = this.#frames.findIndex(isIt);
      if (at >= 0) return this.#frames.splice(at, 1)[0] as ServerFrameOf<T>;
      if (this.#failure) throw this.#failure;
      await Promise.race([
        this.#arrived.promise,
        rejection(timeout, `no ${type} came, only ${this.#summary()}`),
      ]);
    }
  }

  /** A view of the contact that fits, skipping older ones. */
  async state(fits: (contact: ServerFrameOf<'contact.state'>['contact']) => boolean) {
    return (await this.next('contact.state', ({ contact }) => fits(contact))).contact;
  }

  /** The log entries that come live, until there are so many. */
  async entries(count: number) {
    const entries = [];
    while (entries.length < count) entries.push((await this.next('log.appended')).entry);
    return entries;
  }

  /** Sends a ping and waits for its answer: all that was sent before is carried out, and all that was sent back is here. */
  async settled(): Promise<void> {
    this.send({ type: 'ping' });
    await this.next('pong');
  }

  /** Takes all frames of a type that have come. */
  take<T extends Type>(type: T): ServerFrameOf<T>[] {
    const taken = this.#frames.filter((frame): frame is ServerFrameOf<T> => frame.type === type);
    for (const frame of taken) this.#frames.splice(this.#frames.indexOf(frame), 1);
    return taken;
  }

  async close(): Promise<void> {
    this.socket.close();
    await this.closed;
  }

  #wake(): void {
    this.#arrived.resolve();
    this.#arrived = Promise.withResolvers();
  }

  #summary(): string {
    return this.#frames.map(({ type }) => type).join(', ') || 'nothing';
  }
}

/** Opens a socket and says nothing. */
export async function connect(url: string): Promise<RawClient> {
  const client = new RawClient(url);
  await client.opened;
  return client;
}

const rejection = (signal: AbortSignal, message: string): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error(message)), { once: true });
  });
