import type { EventEntry, LogEntry } from '../../../core/protocol/server-frames.ts';

/** Looked at from the end: a long log need not be searched for what matters only while it is new. */
const LATELY = 20;

/** The newest page the agent showed, if that was lately. */
export const lastLink = (entries: readonly LogEntry[]): EventEntry | undefined =>
  entries.slice(-LATELY).findLast(isLink);

const isLink = (entry: LogEntry): entry is EventEntry =>
  entry.kind === 'event' && entry.event === 'link.pushed';
