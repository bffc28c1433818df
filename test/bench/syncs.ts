import type { Start } from './under-load.ts';

/** Whether this machine can count what a process syncs. */
export async function countsSyncs(): Promise<boolean> {
  try {
    return (await new Deno.Command('strace', { args: ['-qq', 'true'], stderr: 'null' }).output()).success;
  } catch {
    return false;
  }
}

/** Counts how often a process has the disk made safe, as the kernel sees it: one line of `strace` for each call. */
export class Syncs implements AsyncDisposable {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async start(): Promise<Syncs> {
    return new Syncs(await Deno.makeTempDir({ prefix: 'vicino-syncs-' }));
  }

  /** The same start, watched. Only the calls counted are stopped at, so that the rest keeps its pace. */
  watching<S extends Pick<Start, 'command'>>(start: S): S {
    const options = [
      '-f',
      '--seccomp-bpf',
      '-qq',
      '-e',
      'trace=fsync,fdatasync',
      '-o',
      `${this.#folder}/calls`,
    ];
    return { ...start, command: ['strace', ...options, ...start.command] };
  }

  /** So far. */
  async count(): Promise<number> {
    const calls = await Deno.readTextFile(`${this.#folder}/calls`);
    // A call that another thread interrupts is told in two lines.
    return calls.split('\n').filter((line) => /f(data)?sync\(/.test(line)).length;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.#folder, { recursive: true });
  }
}
