import type { LogEntry } from '../../../core/protocol/server-frames.ts';
import { eventText } from '../parts/event-text.ts';
import { t } from '../strings/console.ts';

/** The newest line of a conversation as the agent reads it, for a panel that is collapsed. */
export function entryText(entry: LogEntry): string {
  if (entry.kind === 'event') return eventText(entry, 'agent');
  return entry.side === 'agent' ? t('youSaid', { text: entry.text }) : entry.text;
}
