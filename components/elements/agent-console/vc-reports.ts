import { html, nothing, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Report } from '../../../core/reports/rows.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { request } from '../events.ts';
import { icon } from '../icon.ts';
import * as icons from '../icons.ts';
import { controls } from '../parts/controls.ts';
import { t } from '../strings/reports.ts';
import * as deskIcons from './desk-icons.ts';
import { reportCsv } from './report-csv.ts';
import { dateOf, lastDays, type ReportDays } from './report-days.ts';
import { outcomePlot, plotStyles, waitPlot } from './report-plots.ts';
import { byAgent, byDay, byService, sumsOf } from './report-sums.ts';
import { AGENT_COLUMNS, reportTable, SERVICE_COLUMNS, tableStyles } from './report-tables.ts';
import { reportsStyles } from './reports-styles.ts';

/** Where reports come from. */
export interface ReportSource {
  /** @throws {Error} with a sentence for the reader */
  readReport(days: ReportDays, signal: AbortSignal): Promise<Report>;
}

const PRESETS = [
  { name: 'today', days: 1 },
  { name: 'week', days: 7 },
  { name: 'month', days: 30 },
] as const;
type Range = (typeof PRESETS)[number]['name'] | 'custom';

/** What the desk did in a range of days: per service and per agent, with small plots, and all of it as a file. */
export class VcReports extends VcElement {
  static override styles = [controls, plotStyles, tableStyles, reportsStyles];

  @property({ attribute: false }) source: ReportSource | null = null;
  @state() private range: Range = 'week';
  @state() private days: ReportDays = lastDays(7, Date.now());
  @state() private report: Report | null = null;
  /** Why there is no report, as a sentence. */
  @state() private problem: string | null = null;
  @state() private loading = false;
  #reading: AbortController | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#read();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#reading?.abort();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('source')) this.#read();
  }

  protected override render() {
    return html`
      <section aria-label=${t('reports')} aria-busy=${this.loading}>
        <header>
          <button class="button icon-button" type="button" aria-label=${t('back')} title=${t('back')}
            @click=${() => request(this, 'vc-page-request', { page: 'desk' })}>${icon(deskIcons.arrowLeft)}</button>
          <h2>${t('reports')}</h2>
          ${this.#renderRange()}
          <button class="download button outline" type="button" aria-label=${t('download')} title=${t('download')}
            ?disabled=${!this.report?.rows.length} @click=${this.#download}>
            ${icon(deskIcons.download)} <span class="word">${t('download')}</span>
          </button>
        </header>
        <div class="body" role="status">${this.#renderState()}</div>
        ${this.report?.rows.length ? renderReport(this.report, this.loading) : nothing}
      </section>
    `;
  }

  #renderRange() {
    const custom = this.range === 'custom';
    return html`
      <div class="range" role="group" aria-label=${t('range')}>
        <div class="presets">
          ${PRESETS.map(
            ({ name, days }) => html`
              <button class="button small" type="button" aria-pressed=${this.range === name}
                @click=${() => this.#choose(name, lastDays(days, Date.now()))}>${t(name)}</button>
            `,
          )}
          <button class="button small" type="button" aria-pressed=${custom} @click=${() => this.#choose('custom', this.days)}>
            ${t('custom')}
          </button>
        </div>
        ${custom ? html`<div class="dates">${this.#renderDate('from')}${this.#renderDate('to')}</div>` : nothing}
      </div>
    `;
  }

  #renderDate(edge: keyof ReportDays) {
    return html`
      <label>
        <span>${t(edge)}</span>
        <input type="date" .value=${this.days[edge]} max=${dateOf(Date.now())} aria-invalid=${problemOf(this.days) !== null}
          @change=${(event: Event) => this.#pick(edge, (event.target as HTMLInputElement).value)} />
      </label>
    `;
  }

  #renderState() {
    const wrong = problemOf(this.days) ?? this.problem;
    if (wrong)
      return html`
        <div class="state">
          ${icon(icons.alert)}
          <p>${wrong}</p>
          ${
            this.problem
              ? html`<button class="button outline" type="button" @click=${this.#read}>${t('tryAgain')}</button>`
              : nothing
          }
        </div>`;
    if (!this.report) return html`<div class="state"><p>${t('loading')}</p></div>`;
    if (this.report.rows.length === 0)
      return html`<div class="state">${icon(deskIcons.chart)}<h3>${t('empty')}</h3><p>${t('emptyMore')}</p></div>`;
    return nothing;
  }

  #choose(range: Range, days: ReportDays): void {
    this.range = range;
    this.days = days;
    this.#read();
  }

  #pick(edge: keyof ReportDays, day: string): void {
    this.days = { ...this.days, [edge]: day };
    this.#read();
  }

  #read(): void {
    this.#reading?.abort();
    this.problem = null;
    if (!this.source || problemOf(this.days)) {
      this.report = null;
      this.loading = false;
      return;
    }
    this.#reading = new AbortController();
    void this.#load(this.source, this.days, this.#reading.signal);
  }

  /** What was asked for before stays, greyed, until the answer is here. */
  async #load(source: ReportSource, days: ReportDays, signal: AbortSignal): Promise<void> {
    this.loading = true;
    try {
      const report = await source.readReport(days, signal);
      if (!signal.aborted) this.report = report;
    } catch (error) {
      if (signal.aborted) return;
      this.report = null;
      this.problem = error instanceof Error ? error.message : String(error);
    } finally {
      if (!signal.aborted) this.loading = false;
    }
  }

  #download(): void {
    if (!this.report) return;
    const link = document.createElement('a');
    // With its mark, spreadsheets read the file as the UTF-8 it is.
    link.href = URL.createObjectURL(new Blob(['\ufeff', reportCsv(this.report)], { type: 'text/csv' }));
    link.download = t('csvFile', this.report);
    link.click();
    URL.revokeObjectURL(link.href);
  }
}

/** Why these days cannot be reported on; null when they can. */
function problemOf({ from, to }: ReportDays): string | null {
  if (!from || !to) return t('missingDay');
  return from > to ? t('wrongDays') : null;
}

function renderReport(report: Report, stale: boolean) {
  const [days, total] = [byDay(report), sumsOf(report.rows)];
  const agents = byAgent(report);
  const byAgents = sumsOf(report.rows.filter(({ agent }) => agent !== null));
  return html`
    <div class="report" ?data-stale=${stale}>
      <div class="plots">${outcomePlot(days, total)}${waitPlot(days, total)}</div>
      ${reportTable(t('perService'), t('service'), SERVICE_COLUMNS, byService(report), total)}
      ${agents.length ? reportTable(t('perAgent'), t('agent'), AGENT_COLUMNS, agents, byAgents) : nothing}
    </div>
  `;
}

definePart('vc-reports', VcReports);

declare global {
  interface HTMLElementTagNameMap {
    'vc-reports': VcReports;
  }
}
