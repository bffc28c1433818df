import { css, html, nothing } from 'lit';
import { contactContext } from '../../store/contact-store.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { Select } from '../select.ts';
import { t } from '../strings/tools.ts';

/** What the visitor has typed so far and not sent, where the service shows that to agents. */
export class VcTypingPreview extends VcElement {
  static override styles = css`
    p {
      display: -webkit-box;
      margin: 0 16px 8px;
      padding-inline-start: 10px;
      border-inline-start: 2px dashed var(--_line-strong);
      overflow: hidden;
      color: var(--_muted);
      font-size: 13px;
      overflow-wrap: anywhere;
      -webkit-box-orient: vertical;
      -webkit-line-clamp: 3;
    }
    span {
      display: block;
      font-size: 12px;
    }
    q {
      font-style: italic;
      quotes: none;
    }
  `;

  #text = new Select(this, contactContext, ({ otherText }) => otherText);

  protected override render() {
    const text = this.#text.value;
    // Not announced: it changes with every key.
    return text ? html`<p><span>${t('notYetSent')}</span> <q dir="auto">${text}</q></p>` : nothing;
  }
}

definePart('vc-typing-preview', VcTypingPreview);

declare global {
  interface HTMLElementTagNameMap {
    'vc-typing-preview': VcTypingPreview;
  }
}
