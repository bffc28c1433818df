import type { LogEntry } from '../../../core/protocol/server-frames.ts';
import { eventText } from '../parts/event-text.ts';
import { t } from '../strings/tools.ts';

/** What the agent did, and knows: no news in a panel that is collapsed. */
const KNOWN = ['contact.opened', 'contact.taken'];

/** The entry a collapsed panel shows: the newest, but rather what the visitor asked than that the agent joined. */
export const newestNews = (entries: readonly LogEntry[]): LogEntry | undefined =>
  entries.findLast((entry) => entry.kind !== 'event' || !KNOWN.includes(entry.event)) ?? entries.at(-1);

/** The newest line of a conversation as the agent `me` reads it, for a panel that is collapsed. */
export function entryText(entry: LogEntry, me?: string): string {
  switch (entry.kind) {
    case 'event':
      return eventText(entry, 'agent', me);
    case 'note':
      return t('noteSays', { text: entry.text });
    case 'hidden':
      return '';
    default: {
      const text = entry.kind === 'file' ? t('fileSays', { name: entry.name }) : entry.text;
      return entry.side === 'agent' ? t('youSaid', { text }) : text;
    }
  }
}
