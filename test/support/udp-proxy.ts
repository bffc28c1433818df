import { createSocket, type Socket } from 'node:dgram';

/** What a network does to what passes through it. */
export interface Weather {
  /** Share of datagrams that are lost, 0–1, each way. */
  readonly loss: number;
  /** Milliseconds that each way takes longer. */
  readonly delay: number;
}

export const FAIR: Weather = { loss: 0, delay: 0 };
export const OUT_OF_REACH: Weather = { loss: 1, delay: 0 };

/** Passes datagrams of every client to one port of this computer and back, as well as the weather lets it. */
export class UdpProxy implements AsyncDisposable {
  weather: Weather = FAIR;
  readonly #front = createSocket('udp4');
  /** By address of the client: the socket its datagrams go on from. */
  readonly #ways = new Map<string, Socket>();
  #closed = false;

  private constructor() {}

  /** @param target port on the loopback */
  static async start(target: number): Promise<UdpProxy> {
    const proxy = new UdpProxy();
    proxy.#front.on('message', (data, { address, port }) => {
      const way = proxy.#wayOf(address, port);
      proxy.#pass(() => way.send(data, target, '127.0.0.1'));
    });
    await new Promise<void>((resolve) => proxy.#front.bind(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    return this.#front.address().port;
  }

  /** Forgets who is behind which address, as a router does that starts anew: what is on its way back finds nobody. */
  forget(): void {
    for (const way of this.#ways.values()) way.close();
    this.#ways.clear();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    this.forget();
    await new Promise<void>((resolve) => this.#front.close(() => resolve()));
  }

  #wayOf(address: string, port: number): Socket {
    const client = `${address}:${port}`;
    const known = this.#ways.get(client);
    if (known) return known;
    const way = createSocket('udp4');
    way.on('message', (data) => this.#pass(() => this.#front.send(data, port, address)));
    this.#ways.set(client, way);
    return way;
  }

  #pass(send: () => void): void {
    const { loss, delay } = this.weather;
    if (Math.random() < loss) return;
    const now = () => {
      try {
        if (!this.#closed) send();
      } catch {
        // The way was forgotten meanwhile.
      }
    };
    if (delay > 0) setTimeout(now, delay);
    else now();
  }
}
