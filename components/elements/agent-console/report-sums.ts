import type { Report, ReportRow } from '../../../core/reports/rows.ts';
import { eachDay } from './report-days.ts';

/** What several rows of a report come to. Lengths are seconds; null: nothing to take an average of. */
export interface Sums {
  readonly opened: number;
  readonly taken: number;
  readonly wait: number | null;
  readonly waitLongest: number | null;
  readonly answered: number;
  readonly firstAnswer: number | null;
  readonly dissuaded: number;
  readonly abandoned: number;
  readonly converted: number;
  readonly requeued: number;
  readonly transferred: number;
  readonly ended: number;
  readonly duration: number | null;
  readonly rated: number;
  readonly rating: number | null;
}

/** Averages are of all contacts in the rows, not of the averages of single rows. */
export function sumsOf(rows: readonly ReportRow[]): Sums {
  const sum = (count: (row: ReportRow) => number) => rows.reduce((total, row) => total + count(row), 0);
  const [taken, answered] = [sum((row) => row.taken), sum((row) => row.answered)];
  const [ended, rated] = [sum((row) => row.ended), sum((row) => row.rated)];
  return {
    opened: sum((row) => row.opened),
    taken,
    wait: average(
      sum((row) => row.waitSum),
      taken,
    ),
    waitLongest: taken ? Math.max(...rows.map(({ waitMax }) => waitMax)) : null,
    answered,
    firstAnswer: average(
      sum((row) => row.firstAnswerSum),
      answered,
    ),
    dissuaded: sum((row) => row.dissuaded),
    abandoned: sum((row) => row.abandoned),
    converted: sum((row) => row.converted),
    requeued: sum((row) => row.requeued),
    transferred: sum((row) => row.transferred),
    ended,
    duration: average(
      sum((row) => row.durationSum),
      ended,
    ),
    rated,
    rating: average(
      sum((row) => row.scoreSum),
      rated,
    ),
  };
}

const average = (sum: number, count: number): number | null => (count ? sum / count : null);

export interface Named {
  readonly id: string;
  readonly name: string;
  readonly sums: Sums;
}

/** One line per service with numbers, by name. */
export const byService = ({ rows, services }: Report): Named[] =>
  grouped(rows, ({ service }) => service, services);

/** One line per agent with numbers, by name. What nobody in particular did is not among them. */
export const byAgent = ({ rows, agents }: Report): Named[] => grouped(rows, ({ agent }) => agent, agents);

function grouped(
  rows: readonly ReportRow[],
  key: (row: ReportRow) => string | null,
  names: Readonly<Record<string, string>>,
): Named[] {
  const groups = new Map<string, ReportRow[]>();
  for (const row of rows) {
    const id = key(row);
    if (id === null) continue;
    const group = groups.get(id);
    if (group) group.push(row);
    else groups.set(id, [row]);
  }
  return [...groups]
    .map(([id, group]) => ({ id, name: names[id] ?? id, sums: sumsOf(group) }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** Every day of the report, those without numbers, too. */
export function byDay(report: Report): { day: string; sums: Sums }[] {
  const days = new Map<string, ReportRow[]>(eachDay(report).map((day) => [day, []]));
  for (const row of report.rows) days.get(row.day)?.push(row);
  return [...days].map(([day, rows]) => ({ day, sums: sumsOf(rows) }));
}
