import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The database that `@deno/kv` brings; takes and gives the messages of the protocol as they are. */
interface Database {
  open(path: string, inMemory: boolean, debug: boolean): number;
  close(database: number, debug: boolean): void;
  snapshotRead(database: number, request: Uint8Array, debug: boolean): Promise<Uint8Array<ArrayBuffer>>;
  atomicWrite(database: number, request: Uint8Array, debug: boolean): Promise<Uint8Array<ArrayBuffer>>;
  startWatch(database: number, request: Uint8Array, debug: boolean): Promise<number>;
  dequeueNextWatchMessage(
    database: number,
    watch: number,
    debug: boolean,
  ): Promise<Uint8Array<ArrayBuffer> | undefined>;
  endWatch(database: number, watch: number, debug: boolean): void;
}

const TOKEN = 'a-token';
const DATABASE_ID = '6f5b4a7e-2f0d-4c58-9c53-6d6f1f0d7a11';

const require = createRequire(import.meta.url);
const native = (): Database => require(join(dirname(require.resolve('@deno/kv')), '_napi_index.cjs'));

/** Lets `Deno.openKv` in this process and in its children speak to any {@link KvServer}. */
export function useKvToken(): void {
  Deno.env.set('DENO_KV_ACCESS_TOKEN', TOKEN);
}

/**
 * A KV database that several processes share over HTTP: KV Connect
 * (https://github.com/denoland/denokv/blob/main/proto/kv-connect.md) in front of a database in a file, or in memory.
 */
export class KvServer implements AsyncDisposable {
  /** What a client has to show, in `DENO_KV_ACCESS_TOKEN`. */
  static readonly token = TOKEN;
  readonly #native = native();
  readonly #database: number;
  readonly #watches = new Set<number>();
  readonly #server = Deno.serve({ port: 0, hostname: '127.0.0.1', onListen: () => {} }, (request) =>
    this.#serve(request),
  );

  constructor(path: string | null = null) {
    this.#database = this.#native.open(path ?? ':memory:', path === null, false);
  }

  /** Answers to writes that still get lost: the write is done, and the one who asked told of a failure. */
  lostAnswers = 0;

  /** What `Deno.openKv` takes. */
  get address(): string {
    return `http://127.0.0.1:${this.#server.addr.port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const watch of this.#watches) this.#native.endWatch(this.#database, watch, false);
    await this.#server.shutdown();
    this.#native.close(this.#database, false);
  }

  async #serve(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    // Whoever asked may be killed amid the question.
    const message = await request.bytes().catch(() => null);
    if (!message) return new Response(null, { status: 400 });
    switch (pathname) {
      case '/':
        return this.#metadata();
      case '/data/snapshot_read':
        return binary(await this.#native.snapshotRead(this.#database, message, false));
      case '/data/atomic_write':
        return await this.#write(message);
      case '/data/watch':
        return binary(await this.#watch(message));
      default:
        return new Response(null, { status: 404 });
    }
  }

  async #write(message: Uint8Array): Promise<Response> {
    const answer = await this.#native.atomicWrite(this.#database, message, false);
    if (this.lostAnswers === 0) return binary(answer);
    this.lostAnswers -= 1;
    return new Response(null, { status: 500 });
  }

  #metadata(): Response {
    const endpoints = [{ url: `${this.address}/data`, consistency: 'strong' }];
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    return Response.json({ version: 3, databaseId: DATABASE_ID, endpoints, token: TOKEN, expiresAt });
  }

  /** Every message behind its length. */
  async #watch(request: Uint8Array): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
    const watch = await this.#native.startWatch(this.#database, request, false);
    this.#watches.add(watch);
    return new ReadableStream({
      pull: async (controller) => {
        const message = await this.#native.dequeueNextWatchMessage(this.#database, watch, false);
        if (message === undefined) return controller.close();
        const frame = new Uint8Array(4 + message.length);
        new DataView(frame.buffer).setUint32(0, message.length, true);
        frame.set(message, 4);
        controller.enqueue(frame);
      },
      cancel: () => {
        this.#watches.delete(watch);
        this.#native.endWatch(this.#database, watch, false);
      },
    });
  }
}

function binary(body: BodyInit): Response {
  return new Response(body, { headers: { 'content-type': 'application/x-protobuf' } });
}
