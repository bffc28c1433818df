import { css, html } from 'lit';
import { property, state } from 'lit/decorators.js';
import { fetchCode } from '../../store/fetch-code.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { request } from '../events.ts';
import { icon } from '../icon.ts';
import * as icons from '../icons.ts';
import { controls } from '../parts/controls.ts';
import { t } from '../strings/console.ts';
import type { ReportSource } from './vc-reports.ts';

/** The place of the reports, which are loaded when an agent first wants them. */
export class VcReportPage extends VcElement {
  static override styles = [
    controls,
    css`
      :host {
        display: grid;
        grid-template: minmax(0, 1fr) / minmax(0, 1fr);
        min-block-size: 0;
      }
      div {
        display: grid;
        place-content: center;
        justify-items: center;
        gap: 12px;
        padding: 24px;
        border: 1px dashed var(--_line);
        border-radius: var(--_radius);
        color: var(--_muted);
        text-align: center;
      }
      p {
        margin: 0;
      }
    `,
  ];

  /** Loads the element; a test puts its own here. */
  static load: () => Promise<unknown> = () => fetchCode(() => import('./vc-reports.ts'));

  @property({ attribute: false }) source: ReportSource | null = null;
  @state() private status: 'loading' | 'ready' | 'failed' = 'loading';

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  protected override render() {
    if (this.status === 'ready') return html`<vc-reports .source=${this.source}></vc-reports>`;
    if (this.status === 'loading') return html`<div role="status"><p>${t('loadingReports')}</p></div>`;
    return html`
      <div role="status">
        ${icon(icons.alert)}
        <p>${t('reportsFailed')}</p>
        <button class="button outline" type="button" @click=${this.#load}>${t('tryAgain')}</button>
        <button class="button" type="button" @click=${() => request(this, 'vc-page-request', { page: 'desk' })}>
          ${t('backToDesk')}
        </button>
      </div>
    `;
  }

  async #load(): Promise<void> {
    this.status = 'loading';
    const { load } = this.constructor as typeof VcReportPage;
    this.status = await load().then(
      () => 'ready' as const,
      () => 'failed' as const,
    );
  }
}

definePart('vc-report-page', VcReportPage);

declare global {
  interface HTMLElementTagNameMap {
    'vc-report-page': VcReportPage;
  }
}
