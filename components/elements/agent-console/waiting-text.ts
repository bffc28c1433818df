import type { WaitingEntry } from '../../../core/protocol/server-frames.ts';
import { t } from '../strings/console.ts';
import { kindText } from './kind-text.ts';

/** What a notification says of who waits. */
export function waitingText({ name, kind, service, page, transfer }: WaitingEntry): {
  title: string;
  body: string;
} {
  const title = transfer ? t('notifyTransfer', { from: transfer.from, name }) : t('notifyWaiting', { name });
  const about = transfer?.note || page.title;
  return { title, body: [kindText(kind), service.name, about].filter(Boolean).join(' · ') };
}
