import type { Side } from '../contact/model.ts';
import type { EventEntry, LogEntry } from '../protocol/server-frames.ts';

/** Between agents; the visitor learns only of the hand-over itself. */
const INTERNAL: readonly EventEntry['event'][] = [
  'transfer.offered',
  'transfer.declined',
  'transfer.withdrawn',
  'transfer.expired',
];

const isInternal = (entry: LogEntry): boolean => {
  switch (entry.kind) {
    case 'note':
      return true;
    case 'event':
      return INTERNAL.includes(entry.event);
    case 'file':
      // Whoever knows the address of a file may read it.
      return entry.recording === true;
    default:
      return false;
  }
};

/**
 * The entry as a side may see it: what is internal leaves only its place, so that the visitor's log has no gap either. So does,
 * for both, what was refused.
 */
export function visibleTo(side: Side, entry: LogEntry): LogEntry {
  if (entry.kind !== 'hidden' && (side === 'agent' || !isInternal(entry))) return entry;
  const { offset, previous, at } = entry;
  return { kind: 'hidden', offset, previous, at, id: `h-${offset}` };
}
