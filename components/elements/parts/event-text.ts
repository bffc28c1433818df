import type { Side } from '../../../core/contact/model.ts';
import type { EventEntry } from '../../../core/protocol/server-frames.ts';
import { t } from '../strings/shared.ts';
import { durationText } from '../time-text.ts';

/** One line saying what happened, as `own` reads it. */
export function eventText(entry: EventEntry, own: Side): string {
  const { event, side, name } = entry;
  const words = {
    name: side === own ? t('you') : (name ?? t(side ?? 'agent')),
    call: t(entry.call === 'video' ? 'videoCall' : 'voiceCall'),
    length: durationText(entry.seconds ?? 0),
  };
  const alone = side === null && (event === 'contact.ended' || event === 'call.cancelled');
  return alone ? t(`${event}.alone`, words) : t(event, words);
}
