/** First and last day of a report, both included, `2026-11-20`. */
export interface ReportDays {
  readonly from: string;
  readonly to: string;
}

const DAY = 86_400_000;

/** The date at `at`, in the time zone of the reader. */
export function dateOf(at: number): string {
  const date = new Date(at);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** So many days, the last of them today. */
export function lastDays(count: number, now: number): ReportDays {
  const first = new Date(now);
  first.setDate(first.getDate() - (count - 1));
  return { from: dateOf(first.getTime()), to: dateOf(now) };
}

/** Every day of the range, in order. Dates are counted in UTC, where each day has the same length. */
export function eachDay({ from, to }: ReportDays): string[] {
  const days: string[] = [];
  const last = Date.parse(`${to}T00:00Z`);
  for (let at = Date.parse(`${from}T00:00Z`); at <= last; at += DAY)
    days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** `20 Nov`, as the reader writes it. */
export function dateText(day: string): string {
  const format =
    formats.get('day') ??
    new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  formats.set('day', format);
  return format.format(Date.parse(`${day}T00:00Z`));
}
