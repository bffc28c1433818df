import type { DatabaseSync } from 'node:sqlite';
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
  /** The entry that now has the id; its text where that is not the one to be written. */
  readonly entry: { readonly offset: number; readonly text: string | null } | null;
}

const DONE: Written = { changed: true, entry: null };
const NOT_DONE: Written = { changed: false, entry: null };

/** The only one who writes to the file. */
export class SqliteWrites {
  readonly #database: DatabaseSync;
  readonly #statements: ReturnType<typeof prepare>;

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
      throw error;
    }
  }

  #carryOut(write: Write): Written {
    const { create, replace, remove, append, find } = this.#statements;
    switch (write.kind) {
      case 'put': {
        const { key, text, version, expected } = write;
        const { changes } =
          expected === null ? create.run(key, text, version) : replace.run(text, version, key, expected);
        return changes === 0 ? NOT_DONE : DONE;
      }
      case 'delete':
        return remove.run(write.key, write.expected).changes === 0 ? NOT_DONE : DONE;
      case 'append': {
        const { log, id, text } = write;
        const appended = append.get(log, id, text) as { offset: number } | undefined;
        if (appended) return { changed: true, entry: { offset: appended.offset, text: null } };
        return { changed: false, entry: find.get(log, id) as { offset: number; text: string } };
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
  append: database.prepare(`
    INSERT INTO entries (log, offset, id, record)
    SELECT ?1, coalesce(max(offset), 0) + 1, ?2, ?3 FROM entries WHERE log = ?1
    ON CONFLICT (log, id) DO NOTHING
    RETURNING offset`),
  find: database.prepare('SELECT offset, record AS text FROM entries WHERE log = ? AND id = ?'),
});
