import { css, html, nothing } from 'lit';
import { query, state } from 'lit/decorators.js';
import { fetchCode } from '../../store/fetch-code.ts';
import { VcElement } from '../base-element.ts';
import { settings } from '../call-icons.ts';
import { definePart } from '../define-part.ts';
import { icon } from '../icon.ts';
import { controls } from '../parts/controls.ts';
import { t } from '../strings/console.ts';

/** A button for the agent's own devices and connection, before anybody calls. What it shows is loaded with the first click. */
export class VcDeskCheck extends VcElement {
  static override styles = [
    controls,
    css`
      dialog {
        inline-size: min(520px, 100vw - 32px);
        block-size: min(760px, 100dvh - 32px);
        padding: 0;
        border: 0;
        border-radius: var(--_radius);
        background: none;
        color: inherit;
        box-shadow: var(--_shadow);
        overflow: clip;
      }
      dialog::backdrop {
        background: rgb(10 13 16 / 55%);
      }
      vc-pre-join {
        block-size: 100%;
      }
      .note {
        display: grid;
        place-content: center;
        justify-items: center;
        gap: 12px;
        block-size: 100%;
        margin: 0;
        padding: 24px;
        background: var(--_surface);
        color: var(--_text);
        text-align: center;
      }
    `,
  ];

  @state() private status: 'closed' | 'loading' | 'open' | 'failed' = 'closed';
  @query('dialog') private dialog!: HTMLDialogElement;

  protected override render() {
    return html`
      <button class="button icon-button small" type="button" aria-haspopup="dialog" aria-label=${t('myDevices')}
        title=${t('myDevices')} @click=${this.#open}>${icon(settings)}</button>
      <dialog aria-label=${t('myDevices')} @close=${this.#closed}>${this.#content()}</dialog>
    `;
  }

  #content() {
    switch (this.status) {
      case 'open':
        return html`<vc-pre-join alone camera @leave=${this.#close}></vc-pre-join>`;
      case 'failed':
        return html`
          <p class="note" role="alert">
            ${t('devicesFailed')} <button class="button outline" type="button" @click=${this.#close}>${t('done')}</button>
          </p>
        `;
      default:
        return nothing;
    }
  }

  async #open(): Promise<void> {
    this.status = 'loading';
    const status = await fetchCode(() => import('../parts/vc-pre-join.ts')).then(
      () => 'open' as const,
      () => 'failed' as const,
    );
    if (!this.isConnected) return;
    this.status = status;
    this.dialog.showModal();
  }

  #close(): void {
    this.dialog.close();
  }

  /** Also by Escape: the devices are released with what showed them. */
  #closed(): void {
    this.status = 'closed';
  }
}

definePart('vc-desk-check', VcDeskCheck);

declare global {
  interface HTMLElementTagNameMap {
    'vc-desk-check': VcDeskCheck;
  }
}
