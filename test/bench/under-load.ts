import { SECRET } from '../support/server.ts';
import type { Answer, Measured, Opened, Plan } from './load/plan.ts';

/** Starts what is measured, and what measures it, each in a process of its own. */

/** Which processor each has for itself, where there are two and `taskset` is there. */
export const CORES = { server: '0', generator: '1' } as const;

/** A server under load. */
export interface Target {
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

export interface Start {
  readonly command: readonly [string, ...string[]];
  readonly env?: Readonly<Record<string, string>>;
  /** Runs on one processor alone. */
  readonly pinned: boolean;
}

const HERE = new URL('.', import.meta.url).pathname;
const deno = (...args: string[]) => [Deno.execPath(), 'run', '-A', '--no-check', '--quiet', ...args] as const;
const node = (file: string) => ['node', `${HERE}rivals/${file}`] as const;

/** The product, on a store and with a configuration. */
export const product = (store: string, config?: string, ...flags: string[]): Omit<Start, 'pinned'> => ({
  command: deno(...flags, new URL('../../server/main.ts', import.meta.url).pathname),
  env: {
    PORT: '0',
    VC_STORE: store,
    VC_SECRET: SECRET,
    ...(config === undefined ? { VC_DEMO: '1' } : { VC_CONFIG: config }),
  },
});

export const RIVALS = {
  'bare Deno': { command: deno(`${HERE}rivals/bare-deno.ts`) },
  'bare Deno, unread': { command: deno(`${HERE}rivals/bare-deno.ts`, 'unread') },
  'bare ws': { command: node('bare-ws.mjs') },
  peer: { command: node('peer.mjs') },
  'socket.io': { command: node('socket-io.mjs') },
} as const satisfies Record<string, Omit<Start, 'pinned'>>;

/** Resolves when the server listens: it prints its port, by itself or in a line of its log. */
export async function startTarget({ command, env = {}, pinned }: Start): Promise<Target> {
  const [file = '', ...args] = await onCore(command, pinned ? CORES.server : null);
  const child = new Deno.Command(file, {
    args,
    env: { NO_COLOR: '1', ...env },
    stdin: 'null',
    stdout: 'piped',
    stderr: 'inherit',
  }).spawn();
  const port = Promise.withResolvers<number>();
  const drained = (async () => {
    let output = '';
    for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
      output = (output + text).slice(-4_000);
      const found = /"event":"server.listening","port":(\d+)|^(\d+)$/m.exec(output);
      if (found) port.resolve(Number(found[1] ?? found[2]));
    }
    port.reject(new Error(`Cannot measure ${command.join(' ')}: it ended: ${output}`));
  })();
  const listening = await port.promise;
  // What watches a server has it as its child, and ends with it.
  const pid = command[0] === 'strace' ? await childOf(child.pid) : child.pid;
  return {
    port: listening,
    pid,
    async stop() {
      Deno.kill(pid, 'SIGKILL');
      await Promise.all([drained, child.status]);
    },
  };
}

/** The load on one server, from a process of its own. */
export class Load implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;
  readonly #folder: string;

  private constructor(child: Deno.ChildProcess, folder: string) {
    this.#child = child;
    this.#folder = folder;
    this.#lines = linesOf(child.stdout);
    this.#input = child.stdin.getWriter();
  }

  /** `pinned` as the server is: one that has no processor of its own would share it with this one while another idles. */
  static async start(plan: Plan, pinned = true): Promise<Load> {
    const folder = await Deno.makeTempDir({ prefix: 'vicino-load-' });
    await Deno.writeTextFile(`${folder}/plan.json`, JSON.stringify(plan));
    const [file = '', ...args] = await onCore(
      deno(`${HERE}load/generator.ts`, `${folder}/plan.json`),
      pinned ? CORES.generator : null,
    );
    const child = new Deno.Command(file, {
      args,
      stdin: 'piped',
      stdout: 'piped',
      stderr: 'inherit',
    }).spawn();
    return new Load(child, folder);
  }

  /** What the generator says next. */
  async next<K extends Answer['kind']>(kind: K): Promise<Extract<Answer, { kind: K }>> {
    const { value, done } = await this.#lines.next();
    const answer: Answer | undefined = done ? undefined : JSON.parse(value);
    if (answer?.kind !== kind)
      throw new Error(`Cannot measure: the generator said ${value ?? 'nothing'}, not ${kind}`);
    return answer as Extract<Answer, { kind: K }>;
  }

  /** Ends what it holds. */
  async goOn(): Promise<void> {
    await this.#input.write(new TextEncoder().encode('\n'));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#input.close().catch(() => {});
    await this.#child.status;
    await Deno.remove(this.#folder, { recursive: true });
  }
}

/** All sockets, or it was no measurement. */
export function complete(name: string, { opened, refused }: Opened): void {
  if (refused > 0)
    throw new Error(`Cannot measure ${name}: ${refused} of ${opened + refused} sockets did not open`);
}

/** Every message was where it belonged, in order, once. */
export function sound(name: string, { wrong, checked, unanswered }: Measured): void {
  if (checked === 0 || wrong > 0 || unanswered > 0)
    throw new Error(
      `Cannot trust ${name}: of ${checked} messages ${wrong} came wrong and ${unanswered} were not answered`,
    );
}

async function* linesOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  let begun = '';
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (begun + text).split('\n');
    begun = lines.pop() ?? '';
    yield* lines;
  }
}

async function childOf(pid: number): Promise<number> {
  return Number((await Deno.readTextFile(`/proc/${pid}/task/${pid}/children`)).trim());
}

let pins: boolean | undefined;

async function onCore(command: readonly string[], core: string | null): Promise<readonly string[]> {
  pins ??= navigator.hardwareConcurrency > 1 && (await hasTaskset());
  return pins && core !== null ? ['taskset', '-c', core, ...command] : command;
}

async function hasTaskset(): Promise<boolean> {
  try {
    return (await new Deno.Command('taskset', { args: ['-c', CORES.generator, 'true'] }).output()).success;
  } catch {
    return false;
  }
}
