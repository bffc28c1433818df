/// <reference lib="deno.worker" />

/** What went wrong on a thread; `errcode` as SQLite gives it. */
interface Failure {
  readonly message: string;
  readonly errcode?: number;
}
type Answer<A> = { readonly answer: A } | { readonly failure: Failure };

/** Work on a thread of its own, one piece after the other. What it throws there is thrown here. */
export class Thread<Question, A> {
  readonly #worker: Worker;
  readonly #asked: PromiseWithResolvers<A>[] = [];
  #broken: Error | null = null;

  /** @param program a module that calls {@link serveThread} */
  constructor(program: URL, name: string) {
    this.#worker = new Worker(program, { type: 'module', name });
    this.#worker.addEventListener('message', ({ data }: MessageEvent<Answer<A>>) => {
      const asked = this.#asked.shift();
      if ('answer' in data) asked?.resolve(data.answer);
      else asked?.reject(Object.assign(new Error(data.failure.message), data.failure));
    });
    this.#worker.addEventListener('error', (event) => {
      event.preventDefault();
      this.#broken = new Error(`its thread has ended: ${event.message}`);
      for (const { reject } of this.#asked.splice(0)) reject(this.#broken);
    });
  }

  ask(question: Question): Promise<A> {
    if (this.#broken) return Promise.reject(this.#broken);
    const asked = Promise.withResolvers<A>();
    this.#asked.push(asked);
    this.#worker.postMessage(question);
    return asked.promise;
  }

  close(): void {
    this.#worker.terminate();
  }
}

/** The other end of a {@link Thread}: answers what is asked. */
export function serveThread<Question, A>(answer: (question: Question) => A): void {
  self.addEventListener('message', ({ data }: MessageEvent<Question>) => {
    let said: Answer<A>;
    try {
      said = { answer: answer(data) };
    } catch (error) {
      const { message, errcode } = error as Error & { errcode?: number };
      said = { failure: { message, ...(errcode === undefined ? {} : { errcode }) } };
    }
    self.postMessage(said);
  });
}
