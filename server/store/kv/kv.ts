import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { jsonText } from '../json-text.ts';
import { LocalBus, logSubscriberFailure, type SubscriberFailure } from '../local-bus.ts';
import type { Appended, Document, LogPage, LogRecord, Store, Unsubscribe, Version } from '../port.ts';
import { KvBus } from './bus.ts';
import { appendRecord, documentTarget, logTarget, replaceDocument } from './changes.ts';
import { KvCommit, type KvLimits } from './commit.ts';
import { kvError } from './error.ts';
import { documentKey, EPOCH } from './keys.ts';
import { BATCH_SIZE, type KvLogs } from './logs.ts';
import { KvOwnLogs } from './own-logs.ts';
import { newRow, readRow } from './row.ts';
import { KvSharedLogs } from './shared-logs.ts';

export interface KvOptions {
  /** Told what a subscriber of {@link Store.subscribe} threw; default: written to the console. */
  readonly onSubscriberFailure?: SubscriberFailure;
  /** Milliseconds after which an instance that shows no sign of life is gone; default 15 000. */
  readonly lease?: number;
}

/** A {@link Store} in Deno KV. */
export interface KvStore extends Store {
  /** Atomic operations committed since opening. */
  readonly commits: number;
}

/**
 * Opens the store in a Deno KV database: the default one where `location` is empty (on Deno Deploy the one
 * attached to the app), that of a KV server where it is an address, else the one in the file of that name, created with its directory where missing;
 * `:memory:` keeps it in memory.
 *
 * Instances that share a database reach each other through it, except those on one file: the database tells
 * nothing to another process there, so a file is for one process.
 *
 * A document or record of more than 64 KiB of JSON is refused with `store.full`.
 *
 * @throws {StoreError} `store.corrupt` when the file is not a database, `store.unavailable` when there is none
 *   to be had
 */
export async function openKv(location: string, options: KvOptions = {}): Promise<KvStore> {
  const { onSubscriberFailure = logSubscriberFailure, lease = 15_000 } = options;
  const name = `kv:${location}`;
  const local = new LocalBus(onSubscriberFailure);
  const shared = location === '' || /^https?:/.test(location);
  try {
    if (!shared && location !== ':memory:') await mkdir(dirname(location), { recursive: true });
    const kv = await Deno.openKv(location || undefined);
    try {
      const epoch = await ensureEpoch(kv);
      const logs = shared ? new KvSharedLogs(kv) : new KvOwnLogs(kv);
      await logs.open();
      const commit = new KvCommit(kv, name, shared ? SHARED : OWN, logs.partner);
      const bus = shared ? await KvBus.join(kv, commit, local, lease) : null;
      return new KvDatabaseStore(kv, epoch, local, logs, commit, bus);
    } catch (error) {
      kv.close();
      throw error;
    }
  } catch (error) {
    throw kvError(`open the store at ${name}`, error);
  }
}

/** Whoever comes first names the data. */
async function ensureEpoch(kv: Deno.Kv): Promise<string> {
  const row = newRow('epoch', JSON.stringify(crypto.randomUUID()));
  await kv.atomic().check({ key: EPOCH, versionstamp: null }).set(EPOCH, row.bytes).commit();
  return JSON.parse(readRow(await kv.get(EPOCH)).text);
}

/** A KV server takes 10 checks at once; a database of our own takes 100, and leaves room for what is filed. */
const SHARED: KvLimits = { checks: 10, mutations: 900, keyBytes: 70_000, bytes: 700_000 };
const OWN: KvLimits = { checks: 90, mutations: 400, keyBytes: 34_000, bytes: 350_000 };

class KvDatabaseStore implements KvStore {
  readonly epoch: string;
  readonly #kv: Deno.Kv;
  readonly #local: LocalBus;
  readonly #logs: KvLogs;
  readonly #commit: KvCommit;
  /** Null: no other instance shares the database. */
  readonly #bus: KvBus | null;
  #closed: Promise<void> | undefined;

  constructor(
    kv: Deno.Kv,
    epoch: string,
    local: LocalBus,
    logs: KvLogs,
    commit: KvCommit,
    bus: KvBus | null,
  ) {
    this.epoch = epoch;
    this.#kv = kv;
    this.#local = local;
    this.#logs = logs;
    this.#commit = commit;
    this.#bus = bus;
  }

  get isShared(): boolean {
    return this.#bus !== null;
  }

  get commits(): number {
    return this.#commit.commits;
  }

  get<T>(key: string): Promise<Document<T> | null> {
    return this.#commit.read(documentTarget(key), async () => {
      const entry = await this.#kv.get(documentKey(key));
      return entry.versionstamp === null ? null : toDocument<T>(key, entry);
    });
  }

  async put<T>(key: string, value: T, expected: Version | null): Promise<Version | null> {
    return await this.#commit.write(replaceDocument(key, newRow(key, jsonText(value)), expected));
  }

  async delete(key: string, expected: Version): Promise<boolean> {
    return (await this.#commit.write(replaceDocument(key, null, expected))) !== null;
  }

  list<T>(prefix: string, options: { after?: string; limit?: number } = {}): Promise<Document<T>[]> {
    const { after = '', limit = 1000 } = options;
    const range = {
      // Behind every key that starts with `after` and is no longer than it: behind that one key.
      start: documentKey(after < prefix ? prefix : `${after}\u0000`),
      end: documentKey(prefix + HIGHEST_CHARACTER),
    };
    return this.#commit.read(null, async () => {
      if (after > prefix + HIGHEST_CHARACTER) return [];
      const entries = this.#kv.list(range, { limit, batchSize: Math.min(limit, BATCH_SIZE) });
      return await Array.fromAsync(entries, (entry) => toDocument<T>(String(entry.key.at(-1)), entry));
    });
  }

  async append<R extends LogRecord>(log: string, record: R): Promise<Appended<R>> {
    return await this.#commit.write(appendRecord<R>(this.#logs, log, record.id, jsonText(record)));
  }

  read<R extends LogRecord>(log: string, after: number, limit = 500): Promise<LogPage<R>> {
    return this.#commit.read(logTarget(log), async () => {
      if (await this.#logs.isOutdated()) await this.#commit.turn(logTarget(log));
      return await this.#logs.read<R>(log, after, limit);
    });
  }

  async publish(subject: string, message: unknown): Promise<void> {
    await Promise.all([this.#local.publish(subject, message), this.#bus?.publish(subject, message)]);
  }

  subscribe(subject: string, handler: (message: unknown) => void): Unsubscribe {
    return this.#local.subscribe(subject, handler);
  }

  ask(subject: string, message: unknown, signal?: AbortSignal): Promise<unknown> {
    return (this.#bus ?? this.#local).ask(subject, message, signal);
  }

  answer(subject: string, handler: (message: unknown) => unknown | Promise<unknown>): Unsubscribe {
    return (this.#bus ?? this.#local).answer(subject, handler);
  }

  close(): Promise<void> {
    this.#closed ??= this.#release();
    return this.#closed;
  }

  async #release(): Promise<void> {
    this.#local.close();
    // Taken before anything is awaited, so that what is issued from now on is refused.
    const left = this.#bus?.leave();
    const committed = this.#commit.close();
    try {
      await Promise.all([left, committed]);
    } finally {
      this.#kv.close();
    }
  }
}

function toDocument<T>(key: string, entry: Deno.KvEntry<unknown>): Document<T> {
  return { key, value: JSON.parse(readRow(entry).text) as T, version: entry.versionstamp };
}

/** Nothing that starts with the prefix sorts behind the prefix followed by this. */
const HIGHEST_CHARACTER = '\u{10FFFF}';
