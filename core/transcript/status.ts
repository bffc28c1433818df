import type { Side } from '../contact/model.ts';
import { otherSide } from '../contact/model.ts';
import type { ContactView, LogEntry } from '../protocol/server-frames.ts';

/** `direct`: in the other browser, and not in the log yet. */
export type MessageStatus = 'pending' | 'direct' | 'sent' | 'delivered' | 'read';

/** What the ticks beside a message of `own` say, from how far the other side's cursors got. */
export function statusOf(entry: LogEntry, own: Side, cursors: ContactView['cursors']): MessageStatus {
  const { delivered, read } = cursors[otherSide(own)];
  if (entry.offset <= read) return 'read';
  return entry.offset <= delivered ? 'delivered' : 'sent';
}

/** Messages and files of the other side above this side's read cursor. */
export function unreadCount(entries: readonly LogEntry[], own: Side, read: number): number {
  let unread = 0;
  for (let i = entries.length - 1; i >= 0; i--) {
    const entry = entries[i];
    if (!entry || entry.offset <= read) break;
    if ((entry.kind === 'message' || entry.kind === 'file') && entry.side !== own) unread++;
  }
  return unread;
}
