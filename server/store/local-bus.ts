import { StoreError, type Unsubscribe } from './port.ts';
import { untilAborted } from './until-aborted.ts';

type Subscriber = (message: unknown) => unknown;
type Answerer = (message: unknown) => unknown | Promise<unknown>;

/** Told what a subscriber threw; the other subscribers are served all the same. */
export type SubscriberFailure = (error: unknown, subject: string) => void;

/** Where nobody wants to be told, the console is. */
export function logSubscriberFailure(error: unknown, subject: string): void {
  console.error(`Cannot deliver ${subject} to a subscriber:`, error);
}

/**
 * Publish / subscribe / ask between the parts of one process, with the meaning {@link Store} gives them.
 * Messages are passed on as a copy of their JSON, as if they had travelled, and never before the call that
 * sent them has returned.
 */
export class LocalBus {
  readonly #subscribers = new Registry<Subscriber>();
  readonly #answerers = new Registry<Answerer>();
  readonly #closing = new AbortController();
  readonly #onFailure: SubscriberFailure;

  constructor(onFailure: SubscriberFailure) {
    this.#onFailure = onFailure;
  }

  async publish(subject: string, message: unknown): Promise<void> {
    this.#closing.signal.throwIfAborted();
    const text = encode(message);
    await Promise.resolve();
    for (const subscriber of this.#subscribers.of(subject)) void this.#deliver(subscriber, subject, text);
  }

  subscribe(subject: string, handler: Subscriber): Unsubscribe {
    this.#closing.signal.throwIfAborted();
    return this.#subscribers.add(subject, handler);
  }

  /** Asks the one that has answered the subject for longest. */
  async ask(subject: string, message: unknown, signal?: AbortSignal): Promise<unknown> {
    const ended = AbortSignal.any([this.#closing.signal, ...(signal ? [signal] : [])]);
    ended.throwIfAborted();
    const text = encode(message);
    const [answerer] = this.#answerers.of(subject);
    if (!answerer) throw new StoreError('store.nobody', `Cannot ask ${subject}: nobody answers it`);
    return await untilAborted(answerFrom(answerer, subject, text), ended);
  }

  answer(subject: string, handler: Answerer): Unsubscribe {
    this.#closing.signal.throwIfAborted();
    return this.#answerers.add(subject, handler);
  }

  /**
   * Forgets every handler; what is asked and not answered yet, and every later call, fails with
   * `store.closed`.
   */
  close(): void {
    this.#subscribers.clear();
    this.#answerers.clear();
    this.#closing.abort(new StoreError('store.closed', 'Cannot use the store: it is closed'));
  }

  async #deliver(subscriber: Subscriber, subject: string, text: string): Promise<void> {
    try {
      await subscriber(JSON.parse(text));
    } catch (error) {
      this.#onFailure(error, subject);
    }
  }
}

/** Handlers by subject, in order of arrival; the same function may be there more than once. */
class Registry<H> {
  readonly #bySubject = new Map<string, Set<{ readonly handler: H }>>();

  add(subject: string, handler: H): Unsubscribe {
    const entry = { handler };
    const entries = this.#bySubject.get(subject) ?? new Set();
    this.#bySubject.set(subject, entries.add(entry));
    return () => {
      entries.delete(entry);
      if (entries.size === 0 && this.#bySubject.get(subject) === entries) this.#bySubject.delete(subject);
    };
  }

  /** As of now: who comes or goes while they are being called makes no difference. */
  of(subject: string): H[] {
    return [...(this.#bySubject.get(subject) ?? [])].map((entry) => entry.handler);
  }

  clear(): void {
    this.#bySubject.clear();
  }
}

async function answerFrom(answerer: Answerer, subject: string, text: string): Promise<unknown> {
  await Promise.resolve();
  try {
    return JSON.parse(encode(await answerer(JSON.parse(text))));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StoreError('store.unavailable', `Cannot ask ${subject}: the answer failed: ${reason}`, {
      cause: error,
    });
  }
}

/** JSON has no `undefined`; nothing travels as `null`. */
export function encode(message: unknown): string {
  return JSON.stringify(message) ?? 'null';
}
