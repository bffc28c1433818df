import type { LogEntry } from '../../../core/protocol/server-frames.ts';

/**
 * Counts the files of a log that grows. Asked with every change of a contact, it looks only at entries it has not seen: a
 * long conversation costs no more than a short one.
 */
export function createFileCounter(): (entries: readonly LogEntry[]) => number {
  let [first, seen, files]: [LogEntry | undefined, number, number] = [undefined, 0, 0];
  return (entries) => {
    // Another log, or the same begun anew.
    if (entries[0] !== first || entries.length < seen) [first, seen, files] = [entries[0], 0, 0];
    for (; seen < entries.length; seen++) if (entries[seen]?.kind === 'file') files++;
    return files;
  };
}
