/** When a service answers. Times of day are wall-clock times of its zone, `09:00`; `24:00` is the end of the day. */
export interface Hours {
  /** IANA time zone. */
  readonly zone: string;
  readonly week: Readonly<Partial<Record<Weekday, readonly DaySpan[]>>>;
  /** Days without service, `2026-12-25`. */
  readonly closed: readonly string[];
}
export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';
export interface DaySpan {
  readonly from: string;
  readonly to: string;
}
/** A span of time, milliseconds since the epoch; `to` is not part of it. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

const WEEKDAYS: readonly Weekday[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const DAY = 86_400_000;

/**
 * Spans during which the service answers, from the one that holds `now` or comes next, for so many days ahead. Spans that
 * touch, over midnight too, are one.
 */
export function openSpans(hours: Hours, now: number, days: number): Span[] {
  const today = Date.parse(dateIn(hours.zone, now));
  const spans: Span[] = [];
  // By the calendar, as not every day has 24 hours; from yesterday, as a span may go on over midnight.
  for (let day = -1; day <= days; day++) {
    const midnight = new Date(today + day * DAY);
    const date = midnight.toISOString().slice(0, 10);
    if (hours.closed.includes(date)) continue;
    const weekday = WEEKDAYS[midnight.getUTCDay()] ?? 'sun';
    for (const { from, to } of hours.week[weekday] ?? [])
      spans.push({ from: instant(hours.zone, date, from), to: instant(hours.zone, date, to) });
  }
  return joined(spans).filter(({ to }) => to > now);
}

export const isOpen = (hours: Hours, now: number): boolean =>
  (openSpans(hours, now, 0)[0]?.from ?? now + 1) <= now;

/** When the service opens or closes next; null: not within a week. */
export function nextChange(hours: Hours, now: number): number | null {
  const next = openSpans(hours, now, 8)[0];
  if (!next) return null;
  return next.from > now ? next.from : next.to;
}

/** In order, those that touch or overlap as one. */
function joined(spans: readonly Span[]): Span[] {
  const runs: Span[] = [];
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    const last = runs.at(-1);
    if (last && from <= last.to) runs[runs.length - 1] = { from: last.from, to: Math.max(last.to, to) };
    else if (to > from) runs.push({ from, to });
  }
  return runs;
}

/** The date in a zone, `2026-11-20`. */
function dateIn(zone: string, at: number): string {
  const { year, month, day } = wallClock(zone, at);
  return `${year}-${month}-${day}`;
}

/**
 * The instant at which clocks of the zone show this. When a change of the clocks shows it twice, the first time; when it
 * leaves it out, as long after the change as it would be otherwise.
 */
function instant(zone: string, date: string, time: string): number {
  const asUtc = Date.parse(`${date}T00:00Z`) + minutesOf(time) * 60_000;
  const [before, after] = [asUtc - offsetAt(zone, asUtc - DAY), asUtc - offsetAt(zone, asUtc + DAY)];
  return asUtc - offsetAt(zone, before) === before || asUtc - offsetAt(zone, after) !== after
    ? before
    : after;
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

function offsetAt(zone: string, at: number): number {
  const { year, month, day, hour, minute, second } = wallClock(zone, at);
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) - Math.floor(at / 1000) * 1000;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function wallClock(zone: string, at: number): Record<string, string> {
  let clock = clocks.get(zone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    clocks.set(zone, clock);
  }
  return Object.fromEntries(clock.formatToParts(at).map(({ type, value }) => [type, value]));
}
