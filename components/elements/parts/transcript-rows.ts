import type { Side } from '../../../core/contact/model.ts';
import type { ContactView, EventEntry, FileEntry, LogEntry } from '../../../core/protocol/server-frames.ts';
import type { DirectTalk, HeardEntry } from '../../../core/transcript/direct.ts';
import { type MessageStatus, statusOf } from '../../../core/transcript/status.ts';
import type { PendingMessage } from '../../../core/transcript/transcript.ts';
import { t } from '../strings/shared.ts';
import { startOfDay } from '../time-text.ts';

/** After a pause this long the author is named again. */
const PAUSE = 5 * 60_000;

/** A file of the log, or one that only this browser has: `url` is where. */
export type ShownFile = Pick<FileEntry, 'file' | 'name' | 'mime' | 'size' | 'width' | 'height'> & {
  readonly url?: string;
};

export interface MessageRow {
  readonly kind: 'message';
  readonly key: string;
  readonly own: boolean;
  /** Null for a message of this side that the server has not stamped yet. */
  readonly author: string | null;
  readonly text: string;
  /** Stands in place of the text. */
  readonly file?: ShownFile;
  /** Between agents: beside what both sides said, so it is on nobody's own side. */
  readonly note: boolean;
  readonly at: number;
  /** Null on messages of the other side, unless they are not in the log yet. */
  readonly status: MessageStatus | null;
  readonly refused: string | null;
  /** The first of a run of messages by one author. */
  readonly first: boolean;
}

export type TranscriptRow =
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | { readonly kind: 'event'; readonly key: string; readonly entry: EventEntry }
  | MessageRow;

/**
 * What the conversation shows, line by line. A message keeps its key from writing to reading, so its line on the screen
 * stays the same one.
 */
export function transcriptRows(
  entries: readonly LogEntry[],
  pending: readonly PendingMessage[],
  own: Side,
  cursors: ContactView['cursors'] | undefined,
  direct: DirectTalk | null = null,
): TranscriptRow[] {
  const rows: TranscriptRow[] = [];
  let day = 0;
  const open = (at: number) => {
    const next = startOfDay(at);
    if (next !== day) rows.push({ kind: 'day', key: `day-${next}`, at });
    day = next;
  };
  const say = (message: Omit<MessageRow, 'kind' | 'first'>) => {
    open(message.at);
    const before = rows.at(-1);
    const goesOn = before?.kind === 'message' && before.own === message.own && message.at - before.at < PAUSE;
    const sameAuthor = goesOn && (before.author === message.author || message.author === null);
    rows.push({ kind: 'message', ...message, first: !sameAuthor });
  };
  const add = (entry: LogEntry | HeardEntry) => {
    if (entry.kind === 'hidden') return;
    const { id, at, offset } = entry;
    if (entry.kind === 'event') {
      open(at);
      rows.push({ kind: 'event', key: id, entry });
      return;
    }
    const note = entry.kind === 'note';
    const mine = !note && entry.side === own;
    const said = entry.kind === 'file' ? { text: '', file: entry } : { text: entry.text };
    const author = (note ? `${t('note')} · ` : '') + entry.author.name;
    const status = mine ? (cursors ? statusOf(entry, own, cursors) : 'sent') : offset ? null : 'direct';
    say({ key: id, own: mine, author, ...said, note, at, status, refused: null });
  };
  for (const entry of entries) add(entry);
  // In the order of this clock; the log will say which it is for all.
  const { heard = [], told = [] } = direct ?? {};
  for (const one of [...pending, ...heard].sort((one, next) => one.at - next.at)) {
    if ('kind' in one) add(one);
    else {
      const { id, text, at, refused, note = false } = one;
      const status = told.includes(id) ? 'direct' : 'pending';
      say({ key: id, own: !note, author: note ? t('note') : null, text, note, at, status, refused });
    }
  }
  return rows;
}
