import type { Report } from '../../../core/reports/rows.ts';
import { t } from '../strings/reports.ts';
import { type Sums, sumsOf } from './report-sums.ts';

const COLUMNS: readonly [heading: string, value: (sums: Sums) => number | null][] = [
  [t('opened'), ({ opened }) => opened],
  [t('taken'), ({ taken }) => taken],
  [t('csvWait'), ({ wait }) => wait],
  [t('csvWaitLongest'), ({ waitLongest }) => waitLongest],
  [t('dissuaded'), ({ dissuaded }) => dissuaded],
  [t('abandoned'), ({ abandoned }) => abandoned],
  [t('csvConverted'), ({ converted }) => converted],
  [t('csvAnswered'), ({ answered }) => answered],
  [t('csvFirstAnswer'), ({ firstAnswer }) => firstAnswer],
  [t('csvEnded'), ({ ended }) => ended],
  [t('csvDuration'), ({ duration }) => duration],
  [t('transferred'), ({ transferred }) => transferred],
  [t('requeued'), ({ requeued }) => requeued],
  [t('csvRated'), ({ rated }) => rated],
  [t('csvRating'), ({ rating }) => rating],
];

/** The report as a table, one line per day, service and agent (RFC 4180). */
export function reportCsv({ rows, services, agents }: Report): string {
  const head = [t('day'), t('service'), t('agent'), ...COLUMNS.map(([heading]) => heading)];
  const lines = rows
    .toSorted(
      (a, b) =>
        compare(a.day, b.day) || compare(a.service, b.service) || compare(a.agent ?? '', b.agent ?? ''),
    )
    .map((row) => {
      const sums = sumsOf([row]);
      const agent = row.agent === null ? '' : (agents[row.agent] ?? row.agent);
      return [
        row.day,
        services[row.service] ?? row.service,
        agent,
        ...COLUMNS.map(([, value]) => rounded(value(sums))),
      ];
    });
  return [head, ...lines].map((line) => `${line.map(cell).join(',')}\r\n`).join('');
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

const rounded = (value: number | null): number | null =>
  value === null ? null : Math.round(value * 100) / 100;

/** One cell. A text that a spreadsheet would take for a formula begins with an apostrophe. */
function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
