/** Commits after which the write-ahead log is brought into the file. */
const COMMITS = 100;

/**
 * Brings the write-ahead log of an SQLite file into the file now and then, on a thread of its own: whoever writes never waits for
 * it. One at a time; while it lasts the log grows.
 */
export class Checkpointer {
  readonly #worker: Worker;
  #commits = 0;
  #isBusy = true;

  constructor(path: string) {
    this.#worker = new Worker(new URL('checkpoint-worker.ts', import.meta.url), {
      type: 'module',
      name: 'checkpoints',
    });
    this.#worker.addEventListener('message', () => {
      this.#isBusy = false;
    });
    this.#worker.postMessage(path);
  }

  /** Something was committed. */
  committed(): void {
    if (++this.#commits < COMMITS || this.#isBusy) return;
    this.#commits = 0;
    this.#isBusy = true;
    this.#worker.postMessage(null);
  }

  close(): void {
    this.#worker.terminate();
  }
}
