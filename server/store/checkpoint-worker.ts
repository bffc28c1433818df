/// <reference lib="deno.worker" />
import { DatabaseSync } from 'node:sqlite';

/** Told a path once, and from then on, with every further message, to bring the write-ahead log into the file. */

let database: DatabaseSync | undefined;

self.addEventListener('message', ({ data }: MessageEvent<string | null>) => {
  try {
    if (data === null) database?.exec('PRAGMA wal_checkpoint(PASSIVE)');
    else database = new DatabaseSync(data);
  } catch {
    // A full disk: the log grows on, and whoever writes to it is told.
  }
  self.postMessage(null);
});
