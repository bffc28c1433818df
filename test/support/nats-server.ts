import { ensureNatsServer } from '../../scripts/nats-server.mjs';

const HOST = '127.0.0.1';

/** A real nats-server with JetStream in a directory of its own. */
export class NatsNode {
  readonly name: string;
  readonly port: number;
  readonly #child: Deno.ChildProcess;
  readonly #log: Promise<void>;

  private constructor(name: string, port: number, child: Deno.ChildProcess, log: Promise<void>) {
    this.name = name;
    this.port = port;
    this.#child = child;
    this.#log = log;
  }

  /** Resolves when its log has a line with `ready` in it. */
  static async start(
    name: string,
    port: number,
    directory: string,
    ready: string,
    args: readonly string[],
  ): Promise<NatsNode> {
    const command = new Deno.Command(await ensureNatsServer(), {
      args: ['-a', HOST, '-p', `${port}`, '-n', name, '-js', '-sd', `${directory}/${name}`, ...args],
      stdout: 'null',
      stderr: 'piped',
    });
    const child = command.spawn();
    const started = Promise.withResolvers<void>();
    const log = readLines(child.stderr, (line) => line.includes(ready) && started.resolve());
    const died = log.then(() => Promise.reject(new Error(`Cannot start ${name}: nats-server has ended`)));
    await Promise.race([started.promise, died]);
    died.catch(() => {});
    return new NatsNode(name, port, child, log);
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await Promise.all([this.#child.status, this.#log]);
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
    const ready = count > 1 ? 'new metadata leader' : 'Server is ready';
    const nodes = await Promise.all(
      ports.map((port, n) =>
        NatsNode.start(`n${n + 1}`, port, directory, ready, count > 1 ? cluster(n) : []),
      ),
    );
    return new NatsServers(nodes, directory);
  }

  /** What the store opens; `name` keeps the data of several apart. */
  address(name: string, query = ''): string {
    return `nats://${this.nodes.map(({ port }) => `${HOST}:${port}`).join()}/${name}${query}`;
  }

  /** Ends a node as a power cut would. */
  async kill(name: string): Promise<void> {
    const killed = this.nodes.find((node) => node.name === name);
    if (!killed) throw new Error(`Cannot kill ${name}: it is not one of the nodes`);
    this.nodes.splice(this.nodes.indexOf(killed), 1);
    await killed.kill();
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
