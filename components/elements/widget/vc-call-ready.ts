import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { contactContext } from '../../store/contact-store.ts';
import { fetchCode } from '../../store/fetch-code.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { controls } from '../parts/controls.ts';
import type { JoinDetail } from '../parts/vc-pre-join.ts';
import { Select } from '../select.ts';
import { t } from '../strings/pre-join.ts';

/** What a visitor who waits for a call does best meanwhile: see whether camera and microphone work. */
export class VcCallReady extends VcElement {
  static override styles = [
    controls,
    css`
      .button {
        inline-size: 100%;
        min-block-size: 44px;
        margin-block-start: 12px;
        background: var(--_surface);
      }
      vc-pre-join {
        position: absolute;
        inset: 0;
        z-index: 3;
      }
      p {
        margin: 8px 0 0;
        color: var(--_muted);
        font-size: 13px;
      }
    `,
  ];

  @state() private checking: typeof import('../parts/vc-pre-join.ts') | null = null;
  @state() private ready = false;
  #kind = new Select(this, contactContext, ({ view }) => view?.kind);
  /** How the call is to begin, taken back. */
  #takeBack = () => {};

  protected override render(): TemplateResult | typeof nothing {
    const kind = this.#kind.value;
    if (kind !== 'voice' && kind !== 'video') return nothing;
    const video = kind === 'video';
    return html`
      <div role="status">${this.ready ? html`<p>${t('ready')}</p>` : nothing}</div>
      <button class="button outline" type="button" @click=${this.#check}>${t(video ? 'whileWaiting' : 'whileWaitingVoice')}</button>
      ${
        this.checking
          ? html`<vc-pre-join ?camera=${video} @join=${this.#ready} @leave=${this.#leave}></vc-pre-join>`
          : nothing
      }
    `;
  }

  async #check(): Promise<void> {
    try {
      this.checking = await fetchCode(() => import('../parts/vc-pre-join.ts'));
    } catch {
      // The next click asks again.
    }
  }

  #ready({ detail }: CustomEvent<JoinDetail>): void {
    this.#takeBack();
    this.#takeBack = this.checking?.beginNextCall(this, detail) ?? this.#takeBack;
    this.ready = true;
    this.#leave();
  }

  #leave(): void {
    this.checking = null;
    this.renderRoot.querySelector('button')?.focus();
  }
}

definePart('vc-call-ready', VcCallReady);

declare global {
  interface HTMLElementTagNameMap {
    'vc-call-ready': VcCallReady;
  }
}
