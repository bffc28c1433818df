/** What the server asks of a database. One interface, several adapters, one contract suite. */

/**
 * Opaque mark of one version of a document; only good for handing back to {@link Store.put} and {@link
 * Store.delete}.
 */
export type Version = string;

/** A document as read: its JSON value and the version to name when changing it. */
export interface Document<T> {
  readonly key: string;
  readonly value: T;
  readonly version: Version;
}

/** A log entry as appended. `id` makes the append idempotent within its log. */
export interface LogRecord {
  readonly id: string;
  readonly [field: string]: unknown;
}

/** A log entry as stored: offsets rise within a log; `previous` is the offset before it (0 for the first). */
export interface StoredRecord<R extends LogRecord = LogRecord> {
  readonly offset: number;
  readonly previous: number;
  readonly record: R;
}

export interface Appended<R extends LogRecord = LogRecord> extends StoredRecord<R> {
  /** True when this id was in the log already; `record` is then the one first written. */
  readonly duplicate: boolean;
}

export interface LogPage<R extends LogRecord = LogRecord> {
  /** Offset of the newest entry of the log, 0 when empty. */
  readonly head: number;
  readonly entries: readonly StoredRecord<R>[];
}

export type Unsubscribe = () => void;

export type StoreErrorCode =
  | 'store.corrupt'
  | 'store.full'
  | 'store.closed'
  | 'store.unavailable'
  | 'store.nobody';

/** Every failure of a store reaches the caller as one of these; the sentence is fit for an operator. */
export class StoreError extends Error {
  readonly code: StoreErrorCode;
  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreError';
    this.code = code;
  }
}

/**
 * Keys are `/`-separated segments of `[A-Za-z0-9_.-]+`; values and records are plain JSON. A promise that
 * resolves means the change is on disk: adapters may group the commits of one turn of the event loop. Changes
 * issued in order by one caller are applied in that order. A read sees every change issued before it, and
 * nothing that is not on disk.
 */
export interface Store {
  /**
   * Names this store's data. It changes when the data was lost or replaced, so that a reader's offsets mean
   * nothing. At most 64 characters of `[A-Za-z0-9_-]`: clients are told of it.
   */
  readonly epoch: string;
  /** Whether other processes may have this store open too, and hear what is published here. */
  readonly isShared: boolean;

  get<T>(key: string): Promise<Document<T> | null>;
  /**
   * Writes when the stored version equals `expected` (`null`: the key must be absent). Gives the new version,
   * or `null` on a conflict. Where an answer was lost and others wrote since, it throws `store.unavailable`: it may have been
   * written.
   */
  put<T>(key: string, value: T, expected: Version | null): Promise<Version | null>;
  /** Deletes when the stored version equals `expected`; gives whether it did. */
  delete(key: string, expected: Version): Promise<boolean>;
  /**
   * Documents whose key starts with `prefix`, in key order, from after `after`, at most `limit` (default
   * 1000).
   */
  list<T>(prefix: string, options?: { after?: string; limit?: number }): Promise<Document<T>[]>;

  append<R extends LogRecord>(log: string, record: R): Promise<Appended<R>>;
  /** Entries with an offset above `after`, oldest first, at most `limit` (default 500). */
  read<R extends LogRecord>(log: string, after: number, limit?: number): Promise<LogPage<R>>;

  /**
   * Tells every subscriber of the subject on every instance, this one included. At most once, no history.
   * What a subscriber throws neither reaches the publisher nor keeps the message from the others. Messages
   * are plain JSON.
   */
  publish(subject: string, message: unknown): Promise<void>;
  subscribe(subject: string, handler: (message: unknown) => void): Unsubscribe;
  /**
   * Asks whoever answers the subject; throws {@link StoreError} `store.nobody` when no one does,
   * `store.unavailable` when the answer failed, and the reason of `signal` when it aborts first.
   */
  ask(subject: string, message: unknown, signal?: AbortSignal): Promise<unknown>;
  answer(subject: string, handler: (message: unknown) => unknown | Promise<unknown>): Unsubscribe;

  /**
   * Commits what is under way and releases everything. Idempotent. Every later call fails with
   * `store.closed`.
   */
  close(): Promise<void>;
}
