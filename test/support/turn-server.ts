import { ensureCoturn } from '../../scripts/coturn.mjs';

export const TURN_SECRET = 'a secret that both servers know';

/** A real coturn on the loopback that lets in whoever we sign for. */
export class TurnServer implements AsyncDisposable {
  readonly port: number;
  /** Where it listens for TLS, with a certificate nobody signed; null: nowhere. */
  readonly tlsPort: number | null;
  readonly #command: Deno.Command;
  readonly #directory: string;
  #child: Deno.ChildProcess | undefined;
  #log: Promise<void> | undefined;

  private constructor(port: number, directory: string, tlsPort: number | null) {
    this.port = port;
    this.tlsPort = tlsPort;
    const tls =
      tlsPort === null
        ? ['--no-tls']
        : [`--tls-listening-port=${tlsPort}`, `--cert=${directory}/cert.pem`, `--pkey=${directory}/key.pem`];
    this.#directory = directory;
    this.#command = new Deno.Command(ensureCoturn().turnserver, {
      args: [
        ...['-n', '-v', '--listening-ip=127.0.0.1', '--relay-ip=127.0.0.1', `--listening-port=${port}`],
        ...['--use-auth-secret', `--static-auth-secret=${TURN_SECRET}`, '--realm=test'],
        ...['--allow-loopback-peers', ...tls, '--no-dtls', '--no-cli', '--log-file=stdout'],
        ...[`--userdb=${directory}/users`, `--pidfile=${directory}/pid`],
      ],
      stdout: 'piped',
      stderr: 'null',
    });
  }

  static async start({ tls = false } = {}): Promise<TurnServer> {
    const directory = await Deno.makeTempDir({ prefix: 'vicino-turn-' });
    if (tls) await certify(directory);
    const server = new TurnServer(freePort(), directory, tls ? freePort() : null);
    await server.start();
    return server;
  }

  /** Also after {@link kill}, on the same port. */
  async start(): Promise<void> {
    const child = this.#command.spawn();
    const listening = Promise.withResolvers<void>();
    this.#child = child;
    this.#log = readLines(child.stdout, (line) => {
      if (line.includes(`UDP listener opened on: 127.0.0.1:${this.port}`)) listening.resolve();
    });
    const died = this.#log.then(() => Promise.reject(new Error('Cannot start coturn: it has ended')));
    died.catch(() => {});
    await Promise.race([listening.promise, died]);
  }

  /** Ends it as a crash would. Idempotent. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    child?.kill('SIGKILL');
    await Promise.all([child?.status, this.#log]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    await Deno.remove(this.#directory, { recursive: true });
  }
}

/** A certificate for the loopback, signed by itself. */
async function certify(directory: string): Promise<void> {
  const { code } = await new Deno.Command('openssl', {
    args: [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=127.0.0.1'],
      ...['-addext', 'subjectAltName=IP:127.0.0.1'],
      ...['-keyout', `${directory}/key.pem`, '-out', `${directory}/cert.pem`],
    ],
    stdout: 'null',
    stderr: 'null',
  }).output();
  if (code !== 0) throw new Error('Cannot start coturn: openssl made no certificate');
}

/** Whether coturn relays for who names themselves like this, tried by its own client. */
export async function isLetIn(port: number, username: string, credential: string): Promise<boolean> {
  const { code } = await new Deno.Command(ensureCoturn().uclient, {
    args: ['-y', '-n', '1', '-c', '-p', `${port}`, '-u', username, '-w', credential, '127.0.0.1'],
    stdout: 'null',
    stderr: 'null',
  }).output();
  return code === 0;
}

function freePort(): number {
  const listener = Deno.listen({ hostname: '127.0.0.1', port: 0 });
  const { port } = listener.addr;
  listener.close();
  return port;
}

async function readLines(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  read: (line: string) => void,
): Promise<void> {
  let begun = '';
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (begun + text).split('\n');
    begun = lines.pop() ?? '';
    for (const line of lines) read(line);
  }
}
