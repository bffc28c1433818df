import { css } from 'lit';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { t } from '../strings/calls-hidden.ts';

/** Says why no way to call is offered: browsers keep camera and microphone from pages that came without HTTPS. */
export class VcCallsHidden extends VcElement {
  static override styles = css`
    :host {
      font-size: 13px;
      text-align: center;
      text-wrap: balance;
    }
  `;

  protected override render() {
    return t('callsHidden');
  }
}

definePart('vc-calls-hidden', VcCallsHidden);

declare global {
  interface HTMLElementTagNameMap {
    'vc-calls-hidden': VcCallsHidden;
  }
}
