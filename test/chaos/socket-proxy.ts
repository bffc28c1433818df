import { FrameSplitter } from './frame-splitter.ts';
import { pause } from './pause.ts';
import type { Random } from './random.ts';

const HOST = '127.0.0.1';

/** What a network does to what passes through it. */
export interface Weather {
  /** Milliseconds each frame is held back, between two bounds. */
  readonly delay: readonly [low: number, high: number];
  /** Share of the text frames that come twice. */
  readonly duplicates: number;
}

const FAIR: Weather = { delay: [0, 0], duplicates: 0 };

/** The way between clients and one instance: an address that stays while the instance comes and goes. */
export class SocketProxy {
  readonly #listener = Deno.listen({ port: 0, hostname: HOST });
  readonly #pairs = new Set<Pair>();
  readonly #random: Random;
  #weather = FAIR;
  #gate: PromiseWithResolvers<void> | undefined;
  /** Port of the instance; null: nobody is there. */
  upstream: number | null = null;

  constructor(random: Random) {
    this.#random = random;
    this.#accept().catch((error: unknown) => {
      if (!(error instanceof Deno.errors.BadResource)) throw error;
    });
  }

  get wsUrl(): string {
    return `ws://${HOST}:${this.#listener.addr.port}/ws`;
  }

  set weather(weather: Partial<Weather>) {
    this.#weather = { ...FAIR, ...weather };
  }

  /** Nothing passes from now on, and nobody is told. */
  stall(): void {
    this.#gate ??= Promise.withResolvers();
  }

  /** What was held back passes. */
  release(): void {
    this.#gate?.resolve();
    this.#gate = undefined;
  }

  /** Ends a share of the connections, amid whatever they carry. */
  cut(share = 1): number {
    const unlucky = [...this.#pairs].filter(() => this.#random.chance(share));
    for (const pair of unlucky) pair.end();
    return unlucky.length;
  }

  close(): void {
    this.#listener.close();
    this.release();
    this.cut();
  }

  async #accept(): Promise<void> {
    for await (const client of this.#listener) {
      if (this.upstream === null) client.close();
      else this.#connect(client, this.upstream);
    }
  }

  #connect(client: Deno.TcpConn, port: number): void {
    const pair = new Pair(client, () => this.#pairs.delete(pair));
    this.#pairs.add(pair);
    Deno.connect({ port, hostname: HOST }).then(
      (server) => pair.join(server, (splitter, bytes, write) => this.#pass(splitter, bytes, write)),
      () => pair.end(),
    );
  }

  async #pass(splitter: FrameSplitter, bytes: Uint8Array, write: Write): Promise<void> {
    for (const piece of splitter.split(bytes)) {
      const [low, high] = this.#weather.delay;
      if (high > 0) await pause(this.#random.between(low, high));
      await this.#gate?.promise;
      await write(piece.bytes);
      if (piece.text && this.#random.chance(this.#weather.duplicates)) await write(piece.bytes);
    }
  }
}

type Write = (bytes: Uint8Array) => Promise<void>;
type Pass = (splitter: FrameSplitter, bytes: Uint8Array, write: Write) => Promise<void>;

/** A connection and its continuation. */
class Pair {
  readonly #client: Deno.TcpConn;
  readonly #onEnd: () => void;
  #server: Deno.TcpConn | undefined;
  #ended = false;

  constructor(client: Deno.TcpConn, onEnd: () => void) {
    this.#client = client;
    this.#onEnd = onEnd;
  }

  join(server: Deno.TcpConn, pass: Pass) {
    if (this.#ended) return server.close();
    this.#server = server;
    for (const [from, to] of [
      [this.#client, server],
      [server, this.#client],
    ] as const)
      this.#carry(from, to, pass).then(
        () => this.end(),
        () => this.end(),
      );
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#onEnd();
    this.#client.close();
    this.#server?.close();
  }

  async #carry(from: Deno.TcpConn, to: Deno.TcpConn, pass: Pass): Promise<void> {
    const splitter = new FrameSplitter();
    const buffer = new Uint8Array(64 * 1024);
    while (true) {
      const read = await from.read(buffer);
      if (read === null) return;
      await pass(splitter, buffer.slice(0, read), (bytes) => writeAll(to, bytes));
    }
  }
}

async function writeAll(to: Deno.TcpConn, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += await to.write(bytes.subarray(at));
}
