import { ensureNatsServer } from '../../scripts/nats-server.mjs';

const HOST = '127.0.0.1';

/** A real nats-server with JetStream. */
export class NatsNode {
  readonly name: string;
  readonly port: number;
  readonly #args: readonly string[];
  readonly #ready: RegExp;
  #child: Deno.ChildProcess | undefined;
  #log: Promise<void> | undefined;

  /** It is up when its log has a line like `ready`. */
  constructor(name: string, port: number, directory: string, ready: RegExp, args: readonly string[]) {
    this.name = name;
    this.port = port;
    this.#args = ['-a', HOST, '-p', `${port}`, '-n', name, '-js', '-sd', `${directory}/${name}`, ...args];
    this.#ready = ready;
  }

  /** Also after {@link kill}, on the same port and data. */
  async start(): Promise<void> {
    const command = new Deno.Command(await ensureNatsServer(), {
      args: [...this.#args],
      stdout: 'null',
      stderr: 'piped',
    });
    const child = command.spawn();
    const started = Promise.withResolvers<void>();
    this.#child = child;
    this.#log = readLines(child.stderr, (line) => this.#ready.test(line) && started.resolve());
    const died = this.#log.then(() =>
      Promise.reject(new Error(`Cannot start ${this.name}: nats-server has ended`)),
    );
    died.catch(() => {});
    await Promise.race([started.promise, died]);
  }

  /** Ends it as a power cut would. Idempotent. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    child?.kill('SIGKILL');
    await Promise.all([child?.status, this.#log]);
  }
}

/** One server, or as many as form a cluster, with their data in a directory that goes with them. */
export class NatsServers implements AsyncDisposable {
  readonly nodes: NatsNode[];
  readonly #directory: string;

  private constructor(nodes: NatsNode[], directory: string) {
    this.nodes = nodes;
    this.#directory = directory;
  }

  static async start(count = 1): Promise<NatsServers> {
    const directory = await Deno.makeTempDir({ prefix: 'vicino-nats-' });
    const ports = freePorts(2 * count);
    const routes = ports.splice(count).map((port) => `nats://${HOST}:${port}`);
    const cluster = (n: number) => [
      '--cluster_name',
      'test',
      '--cluster',
      routes[n] ?? '',
      '--routes',
      routes.join(),
    ];
    const ready = count > 1 ? /new (JetStream cluster )?metadata leader/ : /Server is ready/;
    const nodes = ports.map(
      (port, n) => new NatsNode(`n${n + 1}`, port, directory, ready, count > 1 ? cluster(n) : []),
    );
    await Promise.all(nodes.map((node) => node.start()));
    return new NatsServers(nodes, directory);
  }

  /** What the store opens; `name` keeps the data of several apart. */
  address(name: string, query = ''): string {
    return `nats://${this.nodes.map(({ port }) => `${HOST}:${port}`).join()}/${name}${query}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.kill()));
    await Deno.remove(this.#directory, { recursive: true });
  }
}

/** Free when asked; a server takes them a moment later. */
function freePorts(count: number): number[] {
  const listeners = Array.from({ length: count }, () => Deno.listen({ port: 0, hostname: HOST }));
  const ports = listeners.map((listener) => listener.addr.port);
  for (const listener of listeners) listener.close();
  return ports;
}

async function readLines(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  tell: (line: string) => void,
): Promise<void> {
  let rest = '';
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) tell(line);
  }
}
