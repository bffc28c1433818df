/** A WebSocket whose frames and end can be awaited in order. */
export class Wire {
  readonly socket: WebSocket;
  /** Resolves with the close code once the socket has ended. */
  readonly closed: Promise<number>;
  readonly #frames: unknown[] = [];
  #deliver: (() => void) | undefined;

  constructor(url: string | URL) {
    this.socket = new WebSocket(url);
    this.socket.onmessage = ({ data }) => {
      this.#frames.push(JSON.parse(data));
      this.#deliver?.();
    };
    this.closed = new Promise((resolve) => {
      this.socket.onclose = ({ code }) => {
        resolve(code);
        this.#deliver?.();
      };
    });
  }

  /** The next JSON frame; rejects when the socket ends without one. */
  async next(): Promise<unknown> {
    while (this.#frames.length === 0) {
      if (this.socket.readyState === WebSocket.CLOSED)
        throw new Error('Cannot read a frame: the socket ended');
      await new Promise<void>((resolve) => {
        this.#deliver = resolve;
      });
    }
    return this.#frames.shift();
  }

  /** Sends text or bytes as they are, anything else as JSON. */
  send(frame: unknown): void {
    const raw = typeof frame === 'string' || frame instanceof Uint8Array;
    this.socket.send(raw ? (frame as string | Uint8Array<ArrayBuffer>) : JSON.stringify(frame));
  }

  /** Closes and waits for the end. */
  async close(): Promise<void> {
    this.socket.close();
    await this.closed;
  }
}
