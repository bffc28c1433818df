import type { DatabaseSync } from 'node:sqlite';
import { KnownLogs } from './known-logs.ts';
import type { Version } from './port.ts';

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

const DONE: Written = { changed: true, offset: 0, text: null };
const NOT_DONE: Written = { changed: false, offset: 0, text: null };

/** The only one who writes to the file. */
export class SqliteWrites {
  readonly #database: DatabaseSync;
  readonly #statements: ReturnType<typeof prepare>;
  readonly #known = new KnownLogs();
  /** In the transaction under way. */
  readonly #appended = new Set<string>();

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#statements = prepare(database);
  }

  /** Carries out all of them in one transaction, or none. @throws what SQLite throws */
  commit(writes: readonly Write[]): Written[] {
    try {
      this.#database.exec('BEGIN IMMEDIATE');
      const written = writes.map((write) => this.#carryOut(write));
      this.#database.exec('COMMIT');
      return written;
    } catch (error) {
      // SQLite has rolled back by itself after some I/O errors, and a second ROLLBACK would throw.
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      for (const log of this.#appended) this.#known.forget(log);
      throw error;
    } finally {
      this.#appended.clear();
    }
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

  /** Only right behind the head that is known: where another process has been there, its entries are read first. */
  #append({ log, id, text }: Extract<Write, { kind: 'append' }>): Written {
    const { append, newer, record } = this.#statements;
    const known = this.#known.recall(log);
    this.#appended.add(log);
    for (;;) {
      const there = known.offsets.get(id);
      if (there !== undefined)
        return { changed: false, offset: there, ...(record.get(log, there) as { text: string }) };
      const offset = known.head + 1;
      if (append.run(log, offset, id, text).changes > 0) {
        known.head = offset;
        known.offsets.set(id, offset);
        return { changed: true, offset, text: null };
      }
      for (const entry of newer.all(log, known.head) as unknown as { offset: number; id: string }[]) {
        known.head = entry.offset;
        known.offsets.set(entry.id, entry.offset);
      }
    }
  }
}

const prepare = (database: DatabaseSync) => ({
  create: database.prepare(
    'INSERT INTO documents (key, value, version) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  ),
  replace: database.prepare('UPDATE documents SET value = ?, version = ? WHERE key = ? AND version = ?'),
  remove: database.prepare('DELETE FROM documents WHERE key = ? AND version = ?'),
  append: database.prepare(
    'INSERT INTO entries (log, offset, id, record) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  ),
  newer: database.prepare('SELECT offset, id FROM entries WHERE log = ? AND offset > ? ORDER BY offset'),
  record: database.prepare('SELECT record AS text FROM entries WHERE log = ? AND offset = ?'),
});
