import { startOfDay } from '../time-text.ts';

interface Span {
  readonly from: number;
  readonly to: number;
}

/** A day of the visitor's, by its midnight, and the times of it that can be wished. Epoch milliseconds. */
export interface WishDay {
  readonly day: number;
  readonly times: readonly number[];
}

const STEP = 30 * 60_000;
/** Nobody calls sooner than this at a wished time. */
const LEAD = 15 * 60_000;
const DAYS = 7;

/** When a visitor can wish to be called: every half hour of the business hours, or of each day where there are none. */
export function wishDays(spans: readonly Span[] | null, now: number): WishDay[] {
  const days = new Map<number, number[]>();
  for (const { from, to } of spans ?? allDay(now)) {
    for (let at = from; at < to; at += STEP) {
      if (at < now + LEAD) continue;
      const day = startOfDay(at);
      days.set(day, [...(days.get(day) ?? []), at]);
    }
  }
  return [...days].map(([day, times]) => ({ day, times })).slice(0, DAYS);
}

/** From midnight, so that times are the full and half hours of the zone. */
function allDay(now: number): Span[] {
  return Array.from({ length: DAYS }, (_, day) => {
    const [from, to] = [day, day + 1].map((days) => {
      const date = new Date(startOfDay(now));
      date.setDate(date.getDate() + days);
      return date.getTime();
    });
    return { from: from ?? now, to: to ?? now };
  });
}
