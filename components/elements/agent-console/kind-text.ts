import type { ContactKind } from '../../../core/contact/model.ts';
import * as icons from '../icons.ts';
import { t } from '../strings/console.ts';
import { dayText, startOfDay, timeText } from '../time-text.ts';
import * as deskIcons from './desk-icons.ts';

const KINDS = {
  chat: 'kindChat',
  voice: 'kindVoice',
  video: 'kindVideo',
  callback: 'kindCallback',
  lead: 'kindLead',
} as const;

/** How a contact was entered, as agents read it. */
export const kindText = (kind: ContactKind): string => t(KINDS[kind]);

export const KIND_ICONS: Readonly<Record<ContactKind, string>> = {
  chat: icons.chat,
  voice: icons.phone,
  video: icons.video,
  callback: deskIcons.callback,
  lead: deskIcons.letter,
};

/** A time of today as `14:05`, of another day with the day. */
export const momentText = (at: number, now: number): string =>
  startOfDay(at) === startOfDay(now)
    ? timeText(at)
    : t('dayAndTime', { day: dayText(at, now), time: timeText(at) });
