import { existsSync } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../port.ts';
import { sqliteError } from './error.ts';
import { pragma, verify } from './file.ts';

/** What SQLite keeps beside a file that is in use. */
const COMPANIONS = ['-wal', '-shm', '-journal'];

/**
 * Copies the store in the file `from` to the new file `to`, while servers go on writing into it: the copy has everything that
 * was acknowledged before, and nothing half. It is whole, checked, for its owner's eyes only, and on disk when this resolves;
 * until then `to` does not exist.
 *
 * The copy has an epoch of its own. Whoever serves it serves other logs than those that went on without it, so that clients
 * who saw more read anew.
 *
 * @returns the size of the copy in bytes
 * @throws {StoreError} `store.corrupt` when the store is damaged or none of ours, `store.full` when the disk is,
 *   `store.unavailable` when there is no store at `from`, or something at `to`
 */
export async function backUpSqlite(from: string, to: string): Promise<number> {
  const action = `back up ${from} to ${to}`;
  if (existsSync(to)) throw refusal(action, 'there is a file of this name already');
  return await copyInPlace(action, from, to);
}

/**
 * Puts the store in the file `from`, a backup or any other copy, where a server expects it: at `to`. What lies there is kept
 * beside it under another name. The store gets a new epoch.
 *
 * @returns the name under which the former file is kept; null when there was none
 * @throws {StoreError} as {@link backUpSqlite}, and `store.unavailable` when a server has `to` open
 */
export async function restoreSqlite(from: string, to: string, now: Date): Promise<string | null> {
  const action = `restore ${from} to ${to}`;
  assertUnused(action, to);
  const kept = existsSync(to) ? `${to}.before-${now.toISOString().replaceAll(':', '-')}` : null;
  const fresh = `${to}.restored`;
  await rm(fresh, { force: true });
  await copyInPlace(action, from, fresh);
  if (kept !== null)
    for (const companion of ['', ...COMPANIONS])
      if (existsSync(to + companion)) await rename(to + companion, kept + companion);
  await rename(fresh, to);
  await sync(dirname(to));
  return kept;
}

async function copyInPlace(action: string, from: string, to: string): Promise<number> {
  const part = `${to}.part`;
  try {
    if (!existsSync(from)) throw refusal(action, `there is no file ${from}`);
    await verify(from);
    await rm(part, { force: true });
    // An empty file will do for SQLite, and this one nobody else may read.
    await (await open(part, 'wx', 0o600)).close();
    copy(from, part);
    await sync(part);
    await rename(part, to);
    await sync(dirname(to));
    return (await stat(to)).size;
  } catch (error) {
    throw sqliteError(action, error);
  } finally {
    await rm(part, { force: true });
  }
}

/** One read transaction of the whole file, which holds up no writer. */
function copy(from: string, part: string): void {
  const source = new DatabaseSync(from, { readOnly: true, timeout: 10_000 });
  try {
    source.prepare('VACUUM INTO ?').run(part);
  } finally {
    source.close();
  }
  const copied = new DatabaseSync(part);
  try {
    copied.prepare("UPDATE meta SET value = ? WHERE name = 'epoch'").run(crypto.randomUUID());
    const verdict = pragma(copied, 'integrity_check(1)');
    if (verdict !== 'ok')
      throw new StoreError('store.corrupt', `Cannot copy ${from}: it is damaged (${verdict})`);
  } finally {
    copied.close();
  }
}

/** Gives up the write-ahead log, which nobody may while another connection is open. */
function assertUnused(action: string, path: string): void {
  if (!existsSync(path)) return;
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec('PRAGMA journal_mode = DELETE');
  } catch (error) {
    const failure = sqliteError(action, error);
    // A damaged file is what one restores another for.
    if (failure.code !== 'store.corrupt') throw refusal(action, 'a server has it open; stop it first');
  } finally {
    database.close();
  }
}

async function sync(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

const refusal = (action: string, reason: string): StoreError =>
  new StoreError('store.unavailable', `Cannot ${action}: ${reason}`);
