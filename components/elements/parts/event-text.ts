import type { Side } from '../../../core/contact/model.ts';
import type { EventEntry } from '../../../core/protocol/server-frames.ts';
import { t } from '../strings/shared.ts';
import { durationText } from '../time-text.ts';

/**
 * One line saying what happened, as `own` reads it. `me` is the reader's name where several may stand on one side: a
 * conversation that was handed over tells of other agents, too.
 */
export function eventText(entry: EventEntry, own: Side, me: string | null = entry.name): string {
  const { event, side, name, text } = entry;
  const words = {
    name: side === own && name === me ? t('you') : (name ?? t(side ?? 'agent')),
    call: t(entry.call === 'video' ? 'videoCall' : 'voiceCall'),
    length: durationText(entry.seconds ?? 0),
    text: text ?? '',
    score: entry.score ?? 0,
  };
  const alone = side === null && (event === 'contact.ended' || event === 'call.cancelled');
  if (alone) return t(`${event}.alone`, words);
  return event === 'contact.converted' && text === 'lead'
    ? t('contact.converted.lead', words)
    : t(event, words);
}
