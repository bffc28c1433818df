import { css, html, nothing, svg } from 'lit';
import { t } from '../strings/reports.ts';
import { durationText } from '../time-text.ts';
import { dateText } from './report-days.ts';
import type { Sums } from './report-sums.ts';

type Day = { readonly day: string; readonly sums: Sums };

/** Height of the drawing; its width is one per day. It is stretched to the room there is. */
const HEIGHT = 100;
/** Share of a day's width left free on either side of its bar. */
const GAP = 0.12;

const OUTCOMES = ['taken', 'dissuaded', 'abandoned'] as const;

/** How many contacts ended which way, day by day, one bar on the other. */
export function outcomePlot(days: readonly Day[], total: Sums) {
  const counts = days.map(({ sums }) => OUTCOMES.reduce((all, outcome) => all + sums[outcome], 0));
  const most = Math.max(1, ...counts);
  const busiest = days[counts.indexOf(most)];
  const { taken, dissuaded, abandoned } = total;
  const says = t('perDayText', {
    taken,
    dissuaded,
    abandoned,
    day: dateText(busiest?.day ?? ''),
    count: most,
  });
  return frame({
    heading: t('perDay'),
    says,
    days,
    most: String(most),
    legend: OUTCOMES.map((outcome) => html`<li data-outcome=${outcome}>${t(outcome)}</li>`),
    bars: days.map(({ sums }, at) => {
      let height = 0;
      return OUTCOMES.map((outcome) => {
        height += sums[outcome];
        return bar(at, height / most, sums[outcome] / most, outcome);
      });
    }),
  });
}

/** How long those who were answered had waited, day by day. */
export function waitPlot(days: readonly Day[], total: Sums) {
  const waits = days.map(({ sums }) => sums.wait ?? 0);
  const most = Math.max(1, ...waits);
  const longest = days[waits.indexOf(most)];
  const says =
    total.wait === null || !longest
      ? t('waitPerDayNone')
      : t('waitPerDayText', {
          average: durationText(total.wait),
          day: dateText(longest.day),
          longest: durationText(most),
        });
  return frame({
    heading: t('waitPerDay'),
    says,
    days,
    most: durationText(most),
    legend: nothing,
    bars: waits.map((wait, at) => bar(at, wait / most, wait / most, 'taken')),
  });
}

interface Plot {
  readonly heading: string;
  readonly says: string;
  readonly days: readonly Day[];
  /** What the upper edge stands for. */
  readonly most: string;
  readonly legend: unknown;
  readonly bars: unknown;
}

const frame = ({ heading, says, days, most, legend, bars }: Plot) => html`
  <figure>
    <figcaption><span>${heading}</span>${legend === nothing ? nothing : html`<ul class="legend">${legend}</ul>`}</figcaption>
    <div class="plot">
      <span class="most" aria-hidden="true">${most}</span>
      <svg role="img" aria-label=${says} viewBox="0 0 ${days.length} ${HEIGHT}" preserveAspectRatio="none">${bars}</svg>
      <span class="edge" aria-hidden="true">
        <span>${dateText(days[0]?.day ?? '')}</span>
        ${days.length > 1 ? html`<span>${dateText(days.at(-1)?.day ?? '')}</span>` : nothing}
      </span>
    </div>
  </figure>
`;

/** Part of the bar of a day: its upper edge and its height, as shares of the whole. */
const bar = (day: number, top: number, height: number, outcome: string) =>
  height > 0
    ? svg`<rect data-outcome=${outcome} x=${day + GAP} y=${(1 - top) * HEIGHT} width=${1 - 2 * GAP} height=${height * HEIGHT} />`
    : nothing;

export const plotStyles = css`
  figure {
    min-inline-size: 0;
    margin: 0;
    padding: 14px 16px 10px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
  }
  figcaption {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 4px 16px;
    font-weight: 600;
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 14px;
    margin: 0;
    padding: 0;
    color: var(--_muted);
    font-size: 12px;
    font-weight: 400;
    list-style: none;
  }
  .legend li {
    display: flex;
    align-items: center;
    gap: 6px;
  }
  .legend li::before {
    content: '';
    inline-size: 10px;
    block-size: 10px;
    border-radius: 2px;
    background: var(--_fill);
  }
  [data-outcome='taken'] {
    --_fill: var(--_accent);
  }
  [data-outcome='dissuaded'] {
    --_fill: var(--_connecting);
  }
  [data-outcome='abandoned'] {
    --_fill: var(--_line-strong);
  }
  .plot {
    display: grid;
    grid-template: minmax(0, 1fr) auto / auto minmax(0, 1fr);
    gap: 4px 8px;
    margin-block-start: 10px;
    color: var(--_muted);
    font-size: 12px;
    font-variant-numeric: tabular-nums;
  }
  .most {
    min-inline-size: 28px;
    line-height: 1;
    text-align: end;
  }
  .plot svg {
    inline-size: 100%;
    block-size: 128px;
    border-block: 1px solid var(--_line);
  }
  rect {
    fill: var(--_fill);
  }
  .edge {
    display: flex;
    grid-column: 2;
    justify-content: space-between;
  }
  @media (forced-colors: active) {
    rect,
    .legend li::before {
      forced-color-adjust: none;
    }
  }
`;
