import type { ServerFrameOf } from '../../core/protocol/server-frames.ts';
import { createTokens, type Tokens } from '../../server/auth/tokens.ts';
import { systemTimers, type Timers } from '../../server/broker/timers.ts';
import { parseConfig } from '../../server/config/load.ts';
import type { Config } from '../../server/config/schema.ts';
import { randomId } from '../../server/ids.ts';
import { createInstance } from '../../server/instance.ts';
import { createLog } from '../../server/log.ts';
import type { Store } from '../../server/store/port.ts';
import { openSqlite } from '../../server/store/sqlite/sqlite.ts';
import { agentHello, connect, type RawClient, visitorHello } from './frames.ts';

export const SECRET = 'a secret of at least thirty-two characters';

const MAIN = new URL('../../server/main.ts', import.meta.url).pathname;
const DEMO = new URL('../../demo/vicino.json', import.meta.url);

/** The demo's configuration, with some of it replaced. */
export async function demoConfig(more: Partial<Config> = {}): Promise<Config> {
  const parsed = parseConfig(await Deno.readTextFile(DEMO));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return { ...parsed.config, ...more };
}

export interface ServerOptions {
  readonly config?: Partial<Config>;
  /** Path of the SQLite file; default: in memory. */
  readonly storePath?: string;
  /** A store in place of the file; it is not closed with the server. */
  readonly store?: Store;
  readonly demo?: boolean;
  readonly clock?: () => number;
  readonly timers?: Timers;
  /** Lets in who reads the metrics; default: only this machine. */
  readonly metricsToken?: string;
  readonly readAsset?: (path: string) => Promise<Uint8Array<ArrayBuffer> | null>;
}

export interface Guest {
  readonly client: RawClient;
  readonly welcome: ServerFrameOf<'welcome'>;
}

/** A server in this process, on a free port. */
export interface TestServer {
  readonly url: string;
  readonly wsUrl: string;
  readonly store: Store;
  readonly tokens: Tokens;
  /** Lines of its log. */
  readonly lines: readonly string[];
  /** Connects a visitor and waits for the welcome. */
  visitor(more?: Parameters<typeof visitorHello>[0]): Promise<Guest>;
  /** Connects a demo agent and waits for the welcome. */
  agent(id?: string, more?: Parameters<typeof agentHello>[1]): Promise<Guest>;
  /** Closes it as a signal would. Idempotent. */
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  const { clock = Date.now, timers = systemTimers, demo = true } = options;
  const store = options.store ?? (await openSqlite(options.storePath ?? ':memory:'));
  const tokens = createTokens(SECRET, clock);
  const lines: string[] = [];
  const instance = await createInstance({
    store,
    config: await demoConfig(options.config),
    secret: SECRET,
    demo,
    readAsset: options.readAsset ?? (() => Promise.resolve(null)),
    clock,
    timers,
    ids: randomId,
    log: createLog((line) => lines.push(line), clock, 'debug'),
    metricsToken: options.metricsToken ?? null,
    build: { version: '1.2.3', store: 'sqlite' },
  });
  const server = Deno.serve({ port: 0, hostname: '127.0.0.1', onListen: () => {} }, instance.fetch);
  const address = `127.0.0.1:${server.addr.port}`;
  const wsUrl = `ws://${address}/ws`;
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    await instance.close();
    await server.shutdown();
    if (!options.store) await store.close();
  };
  const stopOnce = (): Promise<void> => {
    stopped ??= stop();
    return stopped;
  };
  const greet = async (hello: object): Promise<Guest> => {
    const client = await connect(wsUrl);
    client.send(hello);
    return { client, welcome: await client.next('welcome') };
  };
  return {
    url: `http://${address}`,
    wsUrl,
    store,
    tokens,
    lines,
    visitor: (more) => greet(visitorHello(more)),
    agent: async (id = 'anna', more) =>
      greet(agentHello(await tokens.signAgent({ agent: id, expiresIn: 60 }), more)),
    stop: stopOnce,
    [Symbol.asyncDispose]: stopOnce,
  };
}

/** The real `server/main.ts` in a process of its own. */
export interface ServerProcess {
  readonly url: string;
  readonly wsUrl: string;
  readonly port: number;
  readonly pid: number;
  /** Resolves when it has ended, for whatever reason. */
  readonly ended: Promise<Deno.CommandStatus>;
  /** Lines of its log since the start. */
  readonly lines: readonly Record<string, unknown>[];
  /** Sends a signal that is not its end. */
  signal(signal: Deno.Signal): void;
  /** All it has written so far. */
  output(): string;
  /** Waits for so many lines of its log about an event, of all since the start. */
  logged(event: string, count: number): Promise<readonly Record<string, unknown>[]>;
  /** Sends a signal, unless one was sent before, and waits for the end. */
  kill(signal: Deno.Signal): Promise<Deno.CommandStatus>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts `server/main.ts`, or another program that serves in its stead, on a free port or `PORT`; resolves when it listens. */
export async function spawnServer(
  env: Readonly<Record<string, string>>,
  program: string = MAIN,
): Promise<ServerProcess> {
  const child = command({ VC_DEMO: '1', VC_SECRET: SECRET, PORT: '0', ...env }, program).spawn();
  const listening = Promise.withResolvers<string>();
  const lines: Record<string, unknown>[] = [];
  let everything = '';
  let written = Promise.withResolvers<void>();
  // Read to the end, because a full pipe would hold the process up.
  const drain = async (stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<void> => {
    let output = '';
    let begun = '';
    for await (const text of stream.pipeThrough(new TextDecoderStream())) {
      output += text;
      everything += text;
      const port = output.match(/"event":"server.listening","port":(\d+)/)?.[1];
      if (port) listening.resolve(port);
      const whole = (begun + text).split('\n');
      begun = whole.pop() ?? '';
      lines.push(...whole.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line)));
      written.resolve();
      written = Promise.withResolvers();
    }
    listening.reject(new Error(`Cannot use the server: it ended instead of listening: ${output}`));
  };
  const drained = Promise.all([drain(child.stdout), drain(child.stderr)]);
  const end = async (signal: Deno.Signal): Promise<Deno.CommandStatus> => {
    child.kill(signal);
    await drained;
    return await child.status;
  };
  let ended: Promise<Deno.CommandStatus> | undefined;
  const kill = (signal: Deno.Signal): Promise<Deno.CommandStatus> => {
    ended ??= end(signal);
    return ended;
  };
  const port = await listening.promise;
  const address = `127.0.0.1:${port}`;
  return {
    url: `http://${address}`,
    wsUrl: `ws://${address}/ws`,
    port: Number(port),
    pid: child.pid,
    ended: child.status,
    lines,
    signal: (signal) => child.kill(signal),
    output: () => everything,
    async logged(event, count) {
      while (true) {
        const found = lines.filter((line) => line.event === event);
        if (found.length >= count) return found;
        await written.promise;
      }
    },
    kill,
    async [Symbol.asyncDispose]() {
      await kill('SIGKILL');
    },
  };
}

/** Runs `server/main.ts` to its end: for starts that must fail. */
export async function runServer(
  env: Readonly<Record<string, string>>,
): Promise<{ code: number; stderr: string }> {
  const { code, stderr } = await command({ PORT: '0', ...env }).output();
  return { code, stderr: new TextDecoder().decode(stderr) };
}

const command = (env: Readonly<Record<string, string>>, program: string = MAIN): Deno.Command =>
  new Deno.Command(Deno.execPath(), {
    args: ['run', '-A', '--no-check', program],
    clearEnv: true,
    env: { PATH: Deno.env.get('PATH') ?? '', HOME: Deno.env.get('HOME') ?? '', NO_COLOR: '1', ...env },
    stdin: 'null',
    stdout: 'piped',
    stderr: 'piped',
  });
