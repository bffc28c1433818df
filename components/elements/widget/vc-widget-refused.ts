import { css, html, type TemplateResult } from 'lit';
import { visitorContext } from '../../store/visitor-store.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { icon } from '../icon.ts';
import { alert } from '../icons.ts';
import { Select } from '../select.ts';
import { t } from '../strings/refused.ts';

/** Says that the server refused the widget for good, and why. */
export class VcWidgetRefused extends VcElement {
  static override styles = css`
    div {
      display: flex;
      flex-direction: column;
      align-items: center;
      justify-content: center;
      gap: 8px;
      block-size: 100%;
      padding: 32px;
      color: var(--_muted);
      text-align: center;
    }
    svg {
      inline-size: 32px;
      block-size: 32px;
    }
    h2 {
      margin: 4px 0 0;
      color: var(--_text);
      font-size: 16px;
      font-weight: 600;
    }
    p {
      margin: 0;
    }
  `;

  #notice = new Select(this, visitorContext, (state) => state.notice);

  protected override render(): TemplateResult {
    return html`<div role="alert">
      ${icon(alert)}
      <h2>${t('refusedTitle')}</h2>
      <p>${this.#notice.value?.message ?? t('refusedText')}</p>
    </div>`;
  }
}

definePart('vc-widget-refused', VcWidgetRefused);

declare global {
  interface HTMLElementTagNameMap {
    'vc-widget-refused': VcWidgetRefused;
  }
}
