import type { DaySpan, Hours } from '../../core/service/hours.ts';
import type { Service } from '../config/schema.ts';

/** The business hours of a service as configured; null: always open. */
export function hoursOf({ hours }: Pick<Service, 'hours'>): Hours | null {
  if (!hours) return null;
  const { zone, closed, week } = hours;
  return {
    zone,
    closed,
    week: {
      mon: week.mon.map(spanOf),
      tue: week.tue.map(spanOf),
      wed: week.wed.map(spanOf),
      thu: week.thu.map(spanOf),
      fri: week.fri.map(spanOf),
      sat: week.sat.map(spanOf),
      sun: week.sun.map(spanOf),
    },
  };
}

function spanOf(span: string): DaySpan {
  const [from = '', to = ''] = span.split('-');
  return { from, to };
}
