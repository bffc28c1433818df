import { css, html, nothing, type TemplateResult } from 'lit';
import type { ServiceView } from '../../../core/protocol/server-frames.ts';
import { visitorContext } from '../../store/visitor-store.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { Select } from '../select.ts';
import { t } from '../strings/forms.ts';
import { dayText, startOfDay, timeText } from '../time-text.ts';

type Spans = NonNullable<ServiceView['hours']>['spans'];

const DAYS = 7;

/** When somebody is back, and the hours of the days to come, in the visitor's time zone. */
export class VcBusinessHours extends VcElement {
  static override styles = css`
    :host {
      margin-block-start: 8px;
    }
    p {
      margin: 0;
    }
    details {
      margin-block-start: 4px;
    }
    summary {
      inline-size: fit-content;
      padding-block: 6px;
      color: var(--_accent-text);
      font-size: 13px;
      font-weight: 550;
      cursor: pointer;
    }
    summary:focus-visible {
      outline: 2px solid var(--_focus);
      outline-offset: 2px;
      border-radius: 4px;
    }
    dl {
      display: grid;
      grid-template-columns: auto 1fr;
      gap: 4px 16px;
      margin: 2px 0 0;
      font-size: 13px;
      font-variant-numeric: tabular-nums;
    }
    dt {
      color: var(--_muted);
    }
    dd {
      margin: 0;
    }
    .zone {
      margin-block-start: 8px;
      color: var(--_muted);
      font-size: 12px;
    }
  `;

  #hours = new Select(this, visitorContext, (state) => state.service?.hours);
  #skew = new Select(this, visitorContext, (state) => state.skew);

  protected override render(): TemplateResult | typeof nothing {
    const spans = this.#hours.value?.spans ?? [];
    const now = Date.now() + (this.#skew.value ?? 0);
    const next = spans.find(({ from }) => from > now);
    if (!next) return nothing;
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    return html`
      <p>${backText(next.from, now)}</p>
      <details>
        <summary>${t('openingHours')}</summary>
        <dl>
          ${daysOf(spans, now).map(
            ({ day, of }) =>
              html`<dt>${dayText(day, now)}</dt><dd>${of.length ? of.map(spanText).join(', ') : t('closed')}</dd>`,
          )}
        </dl>
        <p class="zone">${t('inZone', { zone: timeZone.replaceAll('_', ' ') })}</p>
      </details>
    `;
  }
}

function backText(at: number, now: number): string {
  const time = timeText(at);
  const day = startOfDay(at);
  if (day === startOfDay(now)) return t('backToday', { time });
  if (day === dayAfter(now, 1)) return t('backTomorrow', { time });
  return t('backOn', { day: day < dayAfter(now, DAYS) ? weekday(at) : dayText(at, now), time });
}

/** Each of the days to come, as far as hours are known, with what begins on it. */
function daysOf(spans: Spans, now: number): { day: number; of: Spans }[] {
  const last = startOfDay(spans.at(-1)?.from ?? now);
  return Array.from({ length: DAYS }, (_, days) => dayAfter(now, days))
    .filter((day) => day <= last)
    .map((day) => ({ day, of: spans.filter(({ from, to }) => to > now && startOfDay(from) === day) }));
}

function dayAfter(at: number, days: number): number {
  const date = new Date(startOfDay(at));
  return date.setDate(date.getDate() + days);
}

const weekday = (at: number): string => new Date(at).toLocaleDateString(undefined, { weekday: 'long' });

const spanText = ({ from, to }: Spans[number]): string =>
  t('fromTo', { from: timeText(from), to: timeText(to) });

definePart('vc-business-hours', VcBusinessHours);

declare global {
  interface HTMLElementTagNameMap {
    'vc-business-hours': VcBusinessHours;
  }
}
