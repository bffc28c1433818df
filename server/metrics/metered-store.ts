import {
  type Appended,
  type Document,
  type LogPage,
  type LogRecord,
  type Store,
  StoreError,
  type Unsubscribe,
  type Version,
} from '../store/port.ts';
import type { Histogram } from './histogram.ts';
import type { Counter } from './registry.ts';

/** What is told of one kind of operation. */
export interface OperationMetrics {
  readonly calls: Counter;
  /** Of one in {@link TIMED}. */
  readonly seconds: Histogram;
}

const OPERATIONS = ['get', 'put', 'delete', 'list', 'append', 'read', 'publish'] as const;
export type Operation = (typeof OPERATIONS)[number];

export interface StoreMetrics {
  of(operation: Operation): OperationMetrics;
  /** Counts a failure. */
  failed(code: StoreError['code'] | 'other'): void;
}

/** One in so many operations is timed: asking the clock costs more than everything else here. A power of two. */
export const TIMED = 8;

/**
 * A store whose operations are counted and timed, and its failures counted. Every promise is the store's own, so that nobody
 * waits longer for being watched.
 */
export class MeteredStore implements Store {
  readonly #store: Store;
  readonly #operations: Readonly<Record<Operation, OperationMetrics>>;
  readonly #failed: (error: unknown) => void;

  constructor(store: Store, metrics: StoreMetrics) {
    this.#store = store;
    this.#operations = Object.fromEntries(
      OPERATIONS.map((operation) => [operation, metrics.of(operation)]),
    ) as Record<Operation, OperationMetrics>;
    this.#failed = (error) => metrics.failed(error instanceof StoreError ? error.code : 'other');
  }

  get epoch(): string {
    return this.#store.epoch;
  }

  get isShared(): boolean {
    return this.#store.isShared;
  }

  get<T>(key: string): Promise<Document<T> | null> {
    const { get } = this.#operations;
    return this.#watch(get, begin(get), this.#store.get<T>(key));
  }

  put<T>(key: string, value: T, expected: Version | null): Promise<Version | null> {
    const { put } = this.#operations;
    return this.#watch(put, begin(put), this.#store.put(key, value, expected));
  }

  delete(key: string, expected: Version): Promise<boolean> {
    const operation = this.#operations.delete;
    return this.#watch(operation, begin(operation), this.#store.delete(key, expected));
  }

  list<T>(prefix: string, options?: { after?: string; limit?: number }): Promise<Document<T>[]> {
    const { list } = this.#operations;
    return this.#watch(list, begin(list), this.#store.list<T>(prefix, options));
  }

  append<R extends LogRecord>(log: string, record: R): Promise<Appended<R>> {
    const { append } = this.#operations;
    return this.#watch(append, begin(append), this.#store.append(log, record));
  }

  read<R extends LogRecord>(log: string, after: number, limit?: number): Promise<LogPage<R>> {
    const { read } = this.#operations;
    return this.#watch(read, begin(read), this.#store.read<R>(log, after, limit));
  }

  publish(subject: string, message: unknown): Promise<void> {
    const { publish } = this.#operations;
    return this.#watch(publish, begin(publish), this.#store.publish(subject, message));
  }

  subscribe(subject: string, handler: (message: unknown) => void): Unsubscribe {
    return this.#store.subscribe(subject, handler);
  }

  /** Not timed: how long an answer takes is up to whoever answers. */
  ask(subject: string, message: unknown, signal?: AbortSignal): Promise<unknown> {
    return this.#store.ask(subject, message, signal);
  }

  answer(subject: string, handler: (message: unknown) => unknown | Promise<unknown>): Unsubscribe {
    return this.#store.answer(subject, handler);
  }

  close(): Promise<void> {
    return this.#store.close();
  }

  #watch<T>({ seconds }: OperationMetrics, began: number, operation: Promise<T>): Promise<T> {
    const done = began === 0 ? undefined : () => seconds.observe((performance.now() - began) / 1000);
    operation.then(done, this.#failed);
    return operation;
  }
}

/** To be called before the operation, since much of it may be done when it gives its promise. 0: this one is not timed. */
function begin({ calls }: OperationMetrics): number {
  calls.add();
  return (calls.value & (TIMED - 1)) === 1 ? performance.now() : 0;
}
