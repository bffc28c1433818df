import type { DatabaseSync } from 'node:sqlite';
import { type Arrival, Arrivals } from '../arrivals.ts';
import { type KnownLog, KnownLogs } from '../known-logs.ts';
import type { Version } from '../port.ts';

/** A change of the file. Texts are JSON. */
export type Write =
  | {
      readonly kind: 'put';
      readonly key: string;
      readonly text: string;
      readonly version: Version;
      /** Null: there must be none yet. */
      readonly expected: Version | null;
    }
  | { readonly kind: 'delete'; readonly key: string; readonly expected: Version }
  | { readonly kind: 'append'; readonly log: string; readonly id: string; readonly text: string };

/** What became of it. */
export interface Written {
  /** Whether it changed anything. */
  readonly changed: boolean;
  /** Of the entry that now has the id; 0 for documents. */
  readonly offset: number;
  /** Of that entry, where it is not the one to be written. */
  readonly text: string | null;
}

/** Entries that are filed with a commit at least, where so many are due, beside as many as come with it: the rest waits, so that nobody waits for it. */
const FILED = 4;

const DONE: Written = { changed: true, offset: 0, text: null };
const NOT_DONE: Written = { changed: false, offset: 0, text: null };

/** An entry as stored; the record is JSON. */
export interface StoredEntry {
  readonly offset: number;
  readonly record: string;
}

/** Entries of a log with an offset above `after`, at most `limit`. */
export interface LogQuery {
  readonly log: string;
  readonly after: number;
  readonly limit: number;
}

export interface LogRows {
  /** Offset of the newest entry of the log, 0 for none. */
  readonly head: number;
  readonly entries: readonly StoredEntry[];
}

/** The only one who writes to the file, and who knows where the entries of a log are. */
export class SqliteWrites {
  readonly #database: DatabaseSync;
  readonly #statements: ReturnType<typeof prepare>;
  readonly #known = new KnownLogs();
  readonly #arrivals = new Arrivals<Arrival>();
  /** Of the newest arrival. */
  #number = 0;
  /** Of the file, when it was as it is known here; another one when somebody else has written to it since. */
  #version: unknown = null;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#statements = prepare(database);
  }

  /** Carries out all of them in one transaction, or none. @throws what SQLite throws */
  commit(writes: readonly Write[]): Written[] {
    return this.#transact('BEGIN IMMEDIATE', () => {
      const written = writes.map((write) => this.#carryOut(write));
      this.#file(writes.length + FILED);
      return written;
    });
  }

  /** @throws what SQLite throws */
  read(query: LogQuery): LogRows {
    return this.#transact('BEGIN', () => {
      const { log } = query;
      const head = this.#arrivals.of(log).at(-1)?.offset ?? Number(this.#statements.newest.get(log)?.offset);
      return { head, entries: this.#entries(query) };
    });
  }

  #transact<T>(begin: string, work: () => T): T {
    try {
      this.#database.exec(begin);
      this.#learn();
      const result = work();
      this.#database.exec('COMMIT');
      return result;
    } catch (error) {
      // SQLite has rolled back by itself after some I/O errors, and a second ROLLBACK would throw.
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      this.#version = null;
      throw error;
    }
  }

  /** What waits to be filed, where it may be something else than what is known. */
  #learn(): void {
    const { version, last, waiting } = this.#statements;
    const now = version.get()?.data_version;
    if (now === this.#version) return;
    this.#known.clear();
    this.#arrivals.clear();
    this.#number = Number(last.get()?.number);
    for (const { log, ...arrival } of waiting.all() as unknown as (Arrival & { log: string })[])
      this.#arrivals.add(log, arrival);
    this.#version = now;
  }

  /** Puts entries with the others of their log, until there were `enough` of them. */
  #file(enough: number): void {
    const { file, forget } = this.#statements;
    let filed = 0;
    for (const log of this.#arrivals.due()) {
      if (filed >= enough) break;
      const waiting = this.#arrivals.of(log);
      for (const { number } of waiting) file.run(number);
      filed += waiting.length;
      this.#arrivals.filed(log, waiting.length);
    }
    if (filed > 0) forget.run(this.#arrivals.oldest);
  }

  #carryOut(write: Write): Written {
    const { create, replace, remove } = this.#statements;
    switch (write.kind) {
      case 'put': {
        const { key, text, version, expected } = write;
        const { changes } =
          expected === null ? create.run(key, text, version) : replace.run(text, version, key, expected);
        return changes === 0 ? NOT_DONE : DONE;
      }
      case 'delete':
        return remove.run(write.key, write.expected).changes === 0 ? NOT_DONE : DONE;
      case 'append':
        return this.#append(write);
    }
  }

  /** Right behind the head of the log, which nobody else can move meanwhile. */
  #append({ log, id, text }: Extract<Write, { kind: 'append' }>): Written {
    const known = this.#recall(log);
    const there = known.offsets.get(id);
    if (there !== undefined) {
      const [first] = this.#entries({ log, after: there - 1, limit: 1 });
      return { changed: false, offset: there, text: first?.record ?? null };
    }
    const offset = known.head + 1;
    this.#number += 1;
    this.#statements.arrive.run(this.#number, log, offset, id, text);
    this.#arrivals.add(log, { number: this.#number, offset, id });
    known.head = offset;
    known.offsets.set(id, offset);
    return { changed: true, offset, text: null };
  }

  #recall(log: string): KnownLog {
    const known = this.#known.recall(log);
    if (known.head > 0) return known;
    const filed = this.#statements.ids.all(log) as unknown as Omit<Arrival, 'number'>[];
    for (const { offset, id } of [...filed, ...this.#arrivals.of(log)]) {
      known.head = offset;
      known.offsets.set(id, offset);
    }
    return known;
  }

  #entries({ log, after, limit }: LogQuery): StoredEntry[] {
    const { filed, arrival } = this.#statements;
    const entries = filed.all(log, after, limit) as unknown as StoredEntry[];
    for (const { number, offset } of this.#arrivals.of(log)) {
      if (entries.length === limit) break;
      if (offset > after) entries.push({ offset, ...(arrival.get(number) as { record: string }) });
    }
    return entries;
  }
}

const prepare = (database: DatabaseSync) => ({
  version: database.prepare('PRAGMA data_version'),
  create: database.prepare(
    'INSERT INTO documents (key, value, version) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  ),
  replace: database.prepare('UPDATE documents SET value = ?, version = ? WHERE key = ? AND version = ?'),
  remove: database.prepare('DELETE FROM documents WHERE key = ? AND version = ?'),
  filed: database.prepare(
    'SELECT offset, record FROM entries WHERE log = ? AND offset > ? ORDER BY offset LIMIT ?',
  ),
  ids: database.prepare('SELECT offset, id FROM entries WHERE log = ? ORDER BY offset'),
  newest: database.prepare('SELECT coalesce(max(offset), 0) AS offset FROM entries WHERE log = ?'),
  arrive: database.prepare('INSERT INTO arrivals (number, log, offset, id, record) VALUES (?, ?, ?, ?, ?)'),
  arrival: database.prepare('SELECT record FROM arrivals WHERE number = ?'),
  last: database.prepare('SELECT coalesce(max(number), 0) AS number FROM arrivals'),
  // Those behind the one that waits longest may be filed already.
  waiting: database.prepare(`
    SELECT number, log, offset, id FROM arrivals AS arrival
    WHERE NOT EXISTS (SELECT 1 FROM entries WHERE log = arrival.log AND offset = arrival.offset) ORDER BY number`),
  file: database.prepare(
    'INSERT INTO entries (log, offset, id, record) SELECT log, offset, id, record FROM arrivals WHERE number = ?',
  ),
  forget: database.prepare('DELETE FROM arrivals WHERE number < ?'),
});
