import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { jsonText } from './json-text.ts';
import { type KnownLog, KnownLogs } from './known-logs.ts';
import { KvBus } from './kv-bus.ts';
import { appendRecord, documentTarget, entryOf, logTarget, replaceDocument } from './kv-changes.ts';
import { KvCommit } from './kv-commit.ts';
import type { KvDraft } from './kv-draft.ts';
import { kvError } from './kv-error.ts';
import { documentKey, EPOCH, entryKey, logKey } from './kv-keys.ts';
import { newRow, readRow } from './kv-row.ts';
import { LocalBus, logSubscriberFailure, type SubscriberFailure } from './local-bus.ts';
import type { Appended, Document, LogPage, LogRecord, Store, Unsubscribe, Version } from './port.ts';

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
      const maxChecks = shared ? MAX_CHECKS.shared : MAX_CHECKS.local;
      const store = new KvDatabaseStore(kv, name, epoch, local, maxChecks);
      if (shared) await store.join(lease);
      return store;
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

/** The most that KV reads at once. */
const BATCH_SIZE = 500;
/** Of one atomic operation: a local database takes 100, a KV server 10. */
const MAX_CHECKS = { local: 90, shared: 10 };

class KvDatabaseStore implements KvStore {
  readonly epoch: string;
  readonly #kv: Deno.Kv;
  readonly #commit: KvCommit;
  readonly #local: LocalBus;
  readonly #known = new KnownLogs();
  #bus: KvBus | null = null;
  #closed: Promise<void> | undefined;

  constructor(kv: Deno.Kv, name: string, epoch: string, local: LocalBus, maxChecks: number) {
    this.epoch = epoch;
    this.#kv = kv;
    this.#local = local;
    this.#commit = new KvCommit(kv, name, maxChecks, (draft) => this.#remember(draft));
  }

  get isShared(): boolean {
    return this.#bus !== null;
  }

  get commits(): number {
    return this.#commit.commits;
  }

  /** Makes this instance known to the others that share the database. */
  async join(lease: number): Promise<void> {
    this.#bus = await KvBus.join(this.#kv, this.#commit, this.#local, lease);
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
    const text = jsonText(record);
    // Asked for when it is needed, so that there is never more than one for a log.
    const known = () => this.#known.recall(log);
    const catchUp = () => this.#catchUp(log, known());
    return await this.#commit.write(appendRecord<R>(log, record.id, text, known, catchUp));
  }

  read<R extends LogRecord>(log: string, after: number, limit = 500): Promise<LogPage<R>> {
    const range = { prefix: logKey(log), start: entryKey(log, after + 1) };
    return this.#commit.read(logTarget(log), async () => {
      const found = this.#kv.list(range, { limit, batchSize: Math.min(limit, BATCH_SIZE) });
      const entries = await Array.fromAsync(found, (entry) =>
        entryOf<R>(Number(entry.key.at(-1)), readRow(entry).text),
      );
      const last = entries.at(-1)?.offset;
      const whole = last !== undefined && entries.length < limit;
      return { head: whole ? last : await this.#newest(log), entries };
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

  /** Offset of the newest entry of the log, 0 for none. */
  async #newest(log: string): Promise<number> {
    const [newest] = await Array.fromAsync(
      this.#kv.list({ prefix: logKey(log) }, { limit: 1, reverse: true }),
    );
    return newest ? Number(newest.key.at(-1)) : 0;
  }

  /** Learns the ids that others have appended. */
  async #catchUp(log: string, known: KnownLog): Promise<void> {
    const rest = { prefix: logKey(log), start: entryKey(log, known.head + 1) };
    for await (const entry of this.#kv.list(rest, { batchSize: BATCH_SIZE })) {
      known.head = Number(entry.key.at(-1));
      known.offsets.set(entryOf(known.head, readRow(entry).text).record.id, known.head);
    }
  }

  #remember({ appended }: KvDraft): void {
    for (const [log, offsets] of appended) {
      const known = this.#known.recall(log);
      for (const [id, offset] of offsets) {
        known.offsets.set(id, offset);
        known.head = offset;
      }
    }
  }
}

function toDocument<T>(key: string, entry: Deno.KvEntry<unknown>): Document<T> {
  return { key, value: JSON.parse(readRow(entry).text) as T, version: entry.versionstamp };
}

/** Nothing that starts with the prefix sorts behind the prefix followed by this. */
const HIGHEST_CHARACTER = '\u{10FFFF}';
