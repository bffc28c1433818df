import { type Msg, type NatsConnection, RequestError, type Subscription } from '@nats-io/transport-node';
import { encode, type LocalBus } from '../local-bus.ts';
import { StoreError, type StoreErrorCode, type Unsubscribe } from '../port.ts';
import { untilAborted } from '../until-aborted.ts';
import { natsError } from './error.ts';
import { toSubject } from './subject.ts';

/** A question that got no answer by then will not get one: who answered has gone. In milliseconds. */
const LONGEST_ANSWER = 30_000;

/** An answer, or why there is none. */
type Reply =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly code: StoreErrorCode; readonly sentence: string };

/**
 * Publish / subscribe / ask between instances, on the subjects of NATS itself. A subject is subscribed once as
 * long as anybody here wants it; who that is, the local bus knows.
 */
export class NatsBus {
  readonly #connection: NatsConnection;
  readonly #local: LocalBus;
  readonly #name: string;
  readonly #closing = new AbortController();
  readonly #subscriptions = new Map<string, { readonly subscription: Subscription; count: number }>();

  constructor(connection: NatsConnection, local: LocalBus, name: string) {
    this.#connection = connection;
    this.#local = local;
    this.#name = name;
  }

  async publish(subject: string, message: unknown): Promise<void> {
    this.#closing.signal.throwIfAborted();
    try {
      this.#connection.publish(this.#live(subject), encode(message));
    } catch (error) {
      throw natsError(`publish ${subject}`, error);
    }
  }

  subscribe(subject: string, handler: (message: unknown) => void): Unsubscribe {
    const stop = this.#local.subscribe(subject, handler);
    return this.#want(this.#live(subject), stop, {}, (message) => {
      void this.#local.publish(subject, message.json()).catch(() => {});
    });
  }

  async ask(subject: string, message: unknown, signal?: AbortSignal): Promise<unknown> {
    const ended = AbortSignal.any([this.#closing.signal, ...(signal ? [signal] : [])]);
    ended.throwIfAborted();
    const reply = await untilAborted(this.#request(subject, encode(message)), ended);
    if (reply.ok) return reply.value;
    // It answered no more when the question came.
    if (reply.code === 'store.nobody' || reply.code === 'store.closed') throw nobody(subject);
    throw new StoreError(reply.code, reply.sentence);
  }

  answer(subject: string, handler: (message: unknown) => unknown | Promise<unknown>): Unsubscribe {
    const stop = this.#local.answer(subject, handler);
    return this.#want(this.#question(subject), stop, { queue: 'answer' }, (message) => {
      void this.#reply(subject, message).catch(() => {});
    });
  }

  close(): void {
    this.#closing.abort(new StoreError('store.closed', 'Cannot use the store: it is closed'));
  }

  /**
   * Until the server hands no message to this instance any more: it would take them for delivered, and who asked
   * would wait in vain.
   */
  async drain(): Promise<void> {
    const subscriptions = [...this.#subscriptions.values()];
    await Promise.all(subscriptions.map(({ subscription }) => subscription.drain()));
  }

  async #request(subject: string, data: string): Promise<Reply> {
    try {
      const options = { timeout: LONGEST_ANSWER };
      return (await this.#connection.request(this.#question(subject), data, options)).json<Reply>();
    } catch (error) {
      throw error instanceof RequestError && error.isNoResponders()
        ? nobody(subject)
        : natsError(`ask ${subject}`, error);
    }
  }

  async #reply(subject: string, question: Msg): Promise<void> {
    const reply = await this.#local.ask(subject, question.json()).then(
      (value): Reply => ({ ok: true, value }),
      (error: StoreError): Reply => ({ ok: false, code: error.code, sentence: error.message }),
    );
    question.respond(JSON.stringify(reply));
  }

  /** Keeps a subscription of NATS as long as somebody here wants the subject. */
  #want(
    subject: string,
    stop: Unsubscribe,
    options: { readonly queue?: string },
    receive: (message: Msg) => void,
  ): Unsubscribe {
    const kept = this.#subscriptions.get(subject) ?? {
      subscription: this.#connection.subscribe(subject, {
        ...options,
        callback: (error, message) => {
          if (!error) receive(message);
        },
      }),
      count: 0,
    };
    kept.count += 1;
    this.#subscriptions.set(subject, kept);
    let stopped = false;
    return () => {
      if (stopped) return;
      stopped = true;
      stop();
      kept.count -= 1;
      if (kept.count > 0) return;
      this.#subscriptions.delete(subject);
      kept.subscription.unsubscribe();
    };
  }

  #live(subject: string): string {
    return `${this.#name}.live.${toSubject(subject)}`;
  }

  #question(subject: string): string {
    return `${this.#name}.ask.${toSubject(subject)}`;
  }
}

const nobody = (subject: string): StoreError =>
  new StoreError('store.nobody', `Cannot ask ${subject}: nobody answers it`);
