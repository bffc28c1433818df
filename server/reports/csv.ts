import type { Report, ReportRow } from '../../core/reports/rows.ts';

/** Without it, spreadsheets take UTF-8 for something else. */
const BYTE_ORDER_MARK = '\u{FEFF}';

type Cell = string | number | null;

const average = (sum: number, count: number): number | null =>
  count === 0 ? null : Math.round((sum / count) * 100) / 100;

/** Columns by their heading, in order. Times are seconds. */
const COLUMNS: readonly (readonly [string, (row: ReportRow, report: Report) => Cell])[] = [
  ['day', ({ day }) => day],
  ['service', ({ service }) => service],
  ['service_name', ({ service }, { services }) => services[service] ?? service],
  ['agent', ({ agent }) => agent],
  ['agent_name', ({ agent }, { agents }) => agent && (agents[agent] ?? agent)],
  ['opened', ({ opened }) => opened],
  ['opened_chat', ({ kinds }) => kinds.chat],
  ['opened_voice', ({ kinds }) => kinds.voice],
  ['opened_video', ({ kinds }) => kinds.video],
  ['opened_callback', ({ kinds }) => kinds.callback],
  ['opened_lead', ({ kinds }) => kinds.lead],
  ['taken', ({ taken }) => taken],
  ['wait_average', ({ waitSum, taken }) => average(waitSum, taken)],
  ['wait_longest', ({ waitMax, taken }) => (taken === 0 ? null : waitMax)],
  ['answered', ({ answered }) => answered],
  ['first_answer_average', ({ firstAnswerSum, answered }) => average(firstAnswerSum, answered)],
  ['dissuaded', ({ dissuaded }) => dissuaded],
  ['abandoned', ({ abandoned }) => abandoned],
  ['converted', ({ converted }) => converted],
  ['requeued', ({ requeued }) => requeued],
  ['transferred', ({ transferred }) => transferred],
  ['ended', ({ ended }) => ended],
  ['duration_average', ({ durationSum, ended }) => average(durationSum, ended)],
  ['rated', ({ rated }) => rated],
  ['rating_average', ({ scoreSum, rated }) => average(scoreSum, rated)],
];

/** The report as CSV by RFC 4180, one line for each row below a line of headings. */
export function csvOf(report: Report): string {
  const lines = [
    COLUMNS.map(([heading]) => heading),
    ...report.rows.map((row) => COLUMNS.map(([, cell]) => encode(cell(row, report)))),
  ];
  return BYTE_ORDER_MARK + lines.map((cells) => `${cells.join(',')}\r\n`).join('');
}

function encode(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  // Spreadsheets would run a text that begins like this as a formula.
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
