import { type ServerProcess, spawnServer } from '../support/server.ts';
import { pause } from './pause.ts';
import type { Random } from './random.ts';
import { SocketProxy } from './socket-proxy.ts';
import type { Witness } from './witness.ts';

export interface MachineOptions {
  readonly env: Readonly<Record<string, string>>;
  /** Program to run; default: `server/main.ts`. */
  readonly program?: string | undefined;
  readonly random: Random;
  readonly witness: Witness;
}

/** Pause before a start that failed is tried again, and how often that is done, as whoever runs processes would. */
const RETRY = 500;
const STARTS = 5;
/** A defect of the server in its own words, whatever befell it from outside. */
const DEFECT = 'process.failed';

/** One instance: the real server in a process of its own, behind an address that outlives it. */
export class Machine {
  readonly name: string;
  readonly proxy: SocketProxy;
  /** Why a start is not to be expected to succeed now; null: it is. */
  excuse: string | null = null;
  /** Highest resident set of any of its processes, bytes. */
  peak = 0;
  readonly #options: MachineOptions;
  #process: ServerProcess | null = null;
  #frozen = false;
  #busy = false;

  constructor(name: string, options: MachineOptions) {
    this.name = name;
    this.#options = options;
    this.proxy = new SocketProxy(options.random.fork(`proxy ${name}`));
  }

  /** A fault of the process is under way. */
  get busy(): boolean {
    return this.#busy;
  }

  /** Runs a fault of the process, one at a time. */
  async exclusively(work: () => Promise<void>): Promise<void> {
    this.#busy = true;
    try {
      await work();
    } finally {
      this.#busy = false;
    }
  }

  /** Resolves when it listens; tries again some times, and as long as there is an excuse for failing. */
  async start(): Promise<void> {
    const { env, program, witness } = this.#options;
    for (let tries = 1; ; tries++) {
      try {
        const started = await spawnServer(env, program);
        this.#process = started;
        this.proxy.upstream = started.port;
        void this.#watch(started);
        return;
      } catch (error) {
        if (this.excuse === null && tries >= STARTS) {
          witness.complain('process', null, `${this.name} does not start: ${error}`);
          throw error;
        }
        await pause(RETRY);
      }
    }
  }

  async stop(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const ending = this.#process;
    if (!ending) return;
    this.#process = null;
    this.#measure(ending);
    if (this.#frozen) this.#thaw(ending);
    await ending.kill(signal);
    this.proxy.upstream = null;
    this.#read(ending);
  }

  /** The process does nothing for a while, and does not know. */
  async freeze(milliseconds: number): Promise<void> {
    const frozen = this.#process;
    if (!frozen) return;
    frozen.signal('SIGSTOP');
    this.#frozen = true;
    await pause(milliseconds);
    if (this.#process === frozen) this.#thaw(frozen);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop('SIGKILL');
    this.proxy.close();
  }

  #thaw(process: ServerProcess): void {
    this.#frozen = false;
    process.signal('SIGCONT');
  }

  async #watch(started: ServerProcess): Promise<void> {
    const { code, signal } = await started.ended;
    if (this.#process !== started) return;
    this.#options.witness.complain('process', null, `${this.name} ended by itself: ${signal ?? code}`);
    this.#read(started);
  }

  #read({ lines }: ServerProcess): void {
    for (const { event, error } of lines)
      if (event === DEFECT) this.#options.witness.complain('process', null, `${this.name}: ${error}`);
  }

  #measure({ pid }: ServerProcess): void {
    this.peak = Math.max(this.peak, peakOf(pid));
  }
}

/** While their store cannot be had, no instance starts; null: it can. */
export function excuse(machines: readonly Machine[], reason: string | null): void {
  for (const machine of machines) machine.excuse = reason;
}

/** Highest resident set a process ever had, bytes; 0 where the system does not say. */
export function peakOf(pid: number): number {
  try {
    const [, kilobytes = '0'] = Deno.readTextFileSync(`/proc/${pid}/status`).match(/VmHWM:\s+(\d+)/) ?? [];
    return Number(kilobytes) * 1024;
  } catch {
    return 0;
  }
}
