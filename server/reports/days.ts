const DAY = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** The date at a time in an IANA zone, `2026-11-20`. */
export function dayIn(zone: string, at: number): string {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    formats.set(zone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${parts.year}-${parts.month}-${parts.day}`;
}

/** Whether a text names a day that exists, as `2026-11-20` does. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00Z`);
  // Some engines roll the 31st of a shorter month over.
  return !Number.isNaN(at) && dateOf(at) === text;
}

/** How many days there are from the first to the last, both included; 0 or less when they are the wrong way round. */
export const daysBetween = (from: string, to: string): number => (timeOf(to) - timeOf(from)) / DAY + 1;

/** Days from the first to the last, both included. */
export function* daysFrom(from: string, to: string): Generator<string> {
  for (let at = timeOf(from); at <= timeOf(to); at += DAY) yield dateOf(at);
}

/** Whether the day has ended in every zone of the earth, and so does not change any more. */
export const isOver = (day: string, now: number): boolean => timeOf(day) + 1.5 * DAY < now;

const timeOf = (day: string): number => Date.parse(`${day}T00:00Z`);
const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
