import type { LogEntry } from '../protocol/server-frames.ts';

/** A message written here that the server has not acknowledged. */
export interface PendingMessage {
  readonly id: string;
  readonly text: string;
  /** Client clock, for display only. */
  readonly at: number;
  /** Set when the server refused it; it stays until the writer discards it. */
  readonly refused: string | null;
  /** For agents only. */
  readonly note?: boolean;
  /** A file that waits to be on the server; `text` is its name. Its bytes are kept beside it. */
  readonly file?: { readonly mime: string; readonly size: number };
}

/**
 * What one client knows of one contact's log. `entries` is a gapless run up to `head`, in order of offset, without
 * duplicates; `pending` is what was written here and is not yet among them, in order of writing.
 */
export interface Transcript {
  /** Epoch of the log the entries came from; null before the first page. */
  readonly epoch: string | null;
  readonly head: number;
  readonly entries: readonly LogEntry[];
  readonly pending: readonly PendingMessage[];
  /** True while entries are known to be missing, and asked for. */
  readonly behind: boolean;
}

export type TranscriptEvent =
  | { type: 'write'; message: Omit<PendingMessage, 'refused'> }
  | { type: 'refused'; id: string; reason: string }
  | { type: 'discard'; id: string }
  /** A live entry; `epoch` is that of the connection it came by. */
  | { type: 'appended'; epoch: string; entry: LogEntry }
  | {
      type: 'page';
      epoch: string;
      recovered: boolean;
      after: number;
      head: number;
      entries: readonly LogEntry[];
    };

export type TranscriptEffect =
  /** Ask the server for what follows `after`. */
  { type: 'fetch'; after: number };

export interface TranscriptStep {
  readonly transcript: Transcript;
  readonly effects: readonly TranscriptEffect[];
}

export const emptyTranscript: Transcript = { epoch: null, head: 0, entries: [], pending: [], behind: false };

/** One step of the transcript machine. Whatever is lost, repeated or reordered, the entries stay a gapless ordered run. */
export function stepTranscript(transcript: Transcript, event: TranscriptEvent): TranscriptStep {
  switch (event.type) {
    case 'write':
      return to(write(transcript, event.message));
    case 'refused':
      return to({
        ...transcript,
        pending: transcript.pending.map((message) =>
          message.id === event.id ? { ...message, refused: event.reason } : message,
        ),
      });
    case 'discard':
      return to({ ...transcript, pending: transcript.pending.filter(({ id }) => id !== event.id) });
    case 'appended':
      return appended(inEpoch(transcript, event.epoch), event.entry);
    case 'page':
      return page(transcript, event);
  }
}

const to = (transcript: Transcript, ...effects: TranscriptEffect[]): TranscriptStep => ({
  transcript,
  effects,
});

function write(transcript: Transcript, message: Omit<PendingMessage, 'refused'>): Transcript {
  const known =
    transcript.pending.some(({ id }) => id === message.id) ||
    transcript.entries.some(({ id }) => id === message.id);
  return known
    ? transcript
    : { ...transcript, pending: [...transcript.pending, { ...message, refused: null }] };
}

/** Entries of another epoch say nothing about this log. */
const inEpoch = (transcript: Transcript, epoch: string): Transcript =>
  transcript.epoch === epoch
    ? transcript
    : { ...transcript, epoch, ...(transcript.epoch === null ? {} : { head: 0, entries: [] }) };

function appended(transcript: Transcript, entry: LogEntry): TranscriptStep {
  if (entry.offset <= transcript.head) return to(transcript);
  if (entry.previous > transcript.head)
    return to(
      { ...transcript, behind: true },
      ...(transcript.behind ? [] : [{ type: 'fetch', after: transcript.head } as const]),
    );
  return to(extend(transcript, [entry]));
}

function page(transcript: Transcript, event: Extract<TranscriptEvent, { type: 'page' }>): TranscriptStep {
  const { epoch, recovered, after, head } = event;
  let base: Transcript = { ...inEpoch(transcript, epoch), behind: false };
  // What was known is void. A page that does not begin at the beginning cannot be its start.
  if (!recovered) base = { ...base, head: 0, entries: [] };
  if (after > base.head) return to({ ...base, behind: true }, { type: 'fetch', after: base.head });
  const fresh = event.entries.filter((entry) => entry.offset > base.head);
  const next = extend(base, fresh);
  if (next.head >= head || fresh.length === 0) return to(next);
  return to({ ...next, behind: true }, { type: 'fetch', after: next.head });
}

/** Adds entries known to follow the head, and takes what they acknowledge out of the pending. */
function extend(transcript: Transcript, fresh: readonly LogEntry[]): Transcript {
  const last = fresh.at(-1);
  if (!last) return transcript;
  const written = new Set(fresh.map(({ id }) => id));
  return {
    ...transcript,
    head: last.offset,
    entries: [...transcript.entries, ...fresh],
    pending: transcript.pending.some(({ id }) => written.has(id))
      ? transcript.pending.filter(({ id }) => !written.has(id))
      : transcript.pending,
    behind: false,
  };
}
