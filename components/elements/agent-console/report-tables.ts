import { css, html, nothing } from 'lit';
import { t } from '../strings/reports.ts';
import { durationText } from '../time-text.ts';
import type { Named, Sums } from './report-sums.ts';

interface Column {
  readonly heading: string;
  readonly means?: string;
  readonly text: (sums: Sums) => string;
}

const numbers = new Intl.NumberFormat();
const scores = new Intl.NumberFormat(undefined, { minimumFractionDigits: 1, maximumFractionDigits: 1 });

const length = (seconds: number | null): string =>
  seconds === null ? t('none') : durationText(Math.round(seconds));
const TAKEN: Column = { heading: t('taken'), text: ({ taken }) => numbers.format(taken) };
const WAITS: readonly Column[] = [
  { heading: t('wait'), text: ({ wait }) => length(wait) },
  { heading: t('waitLongest'), text: ({ waitLongest }) => length(waitLongest) },
];
const CONVERSATION: readonly Column[] = [
  { heading: t('firstAnswer'), means: t('firstAnswerMeans'), text: ({ firstAnswer }) => length(firstAnswer) },
  { heading: t('duration'), means: t('durationMeans'), text: ({ duration }) => length(duration) },
  {
    heading: t('rating'),
    text: ({ rating, rated }) =>
      rating === null ? t('none') : t('score', { average: scores.format(rating), count: rated }),
  },
];

export const SERVICE_COLUMNS: readonly Column[] = [
  { heading: t('opened'), text: ({ opened }) => numbers.format(opened) },
  TAKEN,
  ...WAITS,
  { heading: t('dissuaded'), means: t('dissuadedMeans'), text: ({ dissuaded }) => numbers.format(dissuaded) },
  { heading: t('abandoned'), means: t('abandonedMeans'), text: ({ abandoned }) => numbers.format(abandoned) },
  ...CONVERSATION,
];

export const AGENT_COLUMNS: readonly Column[] = [
  TAKEN,
  ...WAITS,
  {
    heading: t('transferred'),
    means: t('transferredMeans'),
    text: ({ transferred }) => numbers.format(transferred),
  },
  { heading: t('requeued'), means: t('requeuedMeans'), text: ({ requeued }) => numbers.format(requeued) },
  ...CONVERSATION,
];

/** A table of sums with a total. It scrolls sideways by itself, for the keyboard, too. */
export const reportTable = (
  caption: string,
  first: string,
  columns: readonly Column[],
  lines: readonly Named[],
  total: Sums,
) => html`
  <div class="scroll" role="region" aria-label=${caption} tabindex="0">
    <table>
      <caption>${caption}</caption>
      <thead>
        <tr>
          <th scope="col">${first}</th>
          ${columns.map(({ heading, means }) => html`<th scope="col" title=${means ?? nothing}>${heading}</th>`)}
        </tr>
      </thead>
      <tbody>${lines.map(({ name, sums }) => renderLine(name, columns, sums))}</tbody>
      <tfoot>${renderLine(t('total'), columns, total)}</tfoot>
    </table>
  </div>
`;

const renderLine = (name: string, columns: readonly Column[], sums: Sums) => html`
  <tr>
    <th scope="row">${name}</th>
    ${columns.map(({ text }) => html`<td>${text(sums)}</td>`)}
  </tr>
`;

export const tableStyles = css`
  .scroll {
    overflow-x: auto;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    scrollbar-width: thin;
  }
  .scroll:focus-visible {
    outline-offset: -2px;
  }
  table {
    inline-size: 100%;
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }
  caption {
    padding: 14px 16px 6px;
    font-weight: 600;
    text-align: start;
  }
  th,
  td {
    padding: 8px 10px;
    border-block-start: 1px solid var(--_line);
    text-align: end;
    white-space: nowrap;
  }
  thead th {
    border: 0;
    color: var(--_muted);
    font-size: 12px;
    font-weight: 550;
  }
  th:first-child {
    position: sticky;
    inset-inline-start: 0;
    max-inline-size: 176px;
    padding-inline-start: 16px;
    overflow: hidden;
    background: var(--_surface);
    text-align: start;
    text-overflow: ellipsis;
  }
  th[scope='row'] {
    font-weight: 550;
  }
  tfoot th,
  tfoot td {
    border-block-start-color: var(--_line-strong);
    font-weight: 650;
  }
`;
