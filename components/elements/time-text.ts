import { t } from './strings/shared.ts';

/** Times as people read them, in the reader's own time zone and customs. `at` is epoch milliseconds. */

const language = (): string => globalThis.navigator?.language ?? 'en';
const formats = new Map<string, Intl.DateTimeFormat>();

/** `Intl.DateTimeFormat` is slow to make, and a transcript needs one per line. */
function format(name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const found = formats.get(name) ?? new Intl.DateTimeFormat(language(), options);
  formats.set(name, found);
  return found;
}

/** The time of day, `14:05` or `2:05 PM`. */
export const timeText = (at: number): string => format('time', { timeStyle: 'short' }).format(at);

/** The day, `Today`, `Yesterday` or a date, as seen at `now`. */
export function dayText(at: number, now: number): string {
  const day = startOfDay(at);
  if (day === startOfDay(now)) return t('today');
  const yesterday = new Date(now);
  yesterday.setDate(yesterday.getDate() - 1);
  if (day === startOfDay(yesterday.getTime())) return t('yesterday');
  return format('day', { weekday: 'long', day: 'numeric', month: 'long' }).format(at);
}

/** A length of time as a clock shows it, `1:04` or `1:02:03`. */
export function durationText(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const rest = [String(minutes).padStart(hours ? 2 : 1, '0'), String(whole % 60).padStart(2, '0')].join(':');
  return hours ? `${hours}:${rest}` : rest;
}

/** Epoch milliseconds of the midnight before `at`: the same for all times of one day. */
export const startOfDay = (at: number): number => new Date(at).setHours(0, 0, 0, 0);
