import { css, html, nothing, type TemplateResult } from 'lit';
import { type ContactState, contactContext } from '../../store/contact-store.ts';
import { definePart } from '../define-part.ts';
import { Select } from '../select.ts';
import { t } from '../strings/media.ts';
import { tokens } from '../tokens.ts';
import { CallPart, rootElsewhere } from './call-part.ts';
import { VcComposer } from './vc-composer.ts';

/** What stands in the call's own window, opened by `<vc-call-area>`: the call, the newest message, and where it is answered. */
export class VcCallWindow extends CallPart {
  static override styles = [
    tokens,
    css`
      :host {
        display: grid;
        grid-template-rows: minmax(0, 1fr) auto;
        block-size: 100vh;
        color-scheme: dark;
        background: var(--_stage);
        color: var(--_on-stage);
        font: 400 14px / 1.45 var(--_font);
      }
      .talk {
        display: grid;
        gap: 6px;
        padding: 8px;
        background: var(--_surface);
      }
      /* Where it is made small, the call and its controls are what it is for. */
      @media (height < 340px) {
        .talk {
          display: none;
        }
      }
      .newest {
        display: -webkit-box;
        margin: 0;
        padding-inline: 6px;
        overflow: hidden;
        overflow-wrap: anywhere;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 2;
      }
    `,
  ];

  #newest = new Select(this, contactContext, newestOfOther);
  #chat = new Select(this, contactContext, ({ view }) => view?.channels.chat);

  protected override render(): TemplateResult {
    const newest = this.#newest.value;
    return html`
      <vc-call-area apart></vc-call-area>
      <div class="talk">
        <slot></slot>
        <div role="status" aria-label=${t('newest')}>${newest ? html`<p class="newest">${newest}</p>` : nothing}</div>
        ${this.#chat.value === 'unavailable' ? nothing : html`<vc-call-reply></vc-call-reply>`}
      </div>
    `;
  }
}

/** The composer, in the call's own window. */
class VcCallReply extends VcComposer {
  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    return rootElsewhere(this) ?? super.createRenderRoot();
  }
}

function newestOfOther({ own, transcript }: ContactState): string | null {
  const newest = transcript.entries.findLast((entry) => entry.kind === 'message');
  return newest?.kind === 'message' && newest.side !== own ? newest.text : null;
}

definePart('vc-call-reply', VcCallReply);
definePart('vc-call-window', VcCallWindow);

declare global {
  interface HTMLElementTagNameMap {
    'vc-call-window': VcCallWindow;
  }
}
