import { css, html, nothing } from 'lit';
import { property, query } from 'lit/decorators.js';
import { contactContext } from '../../store/contact-store.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { request } from '../events.ts';
import { controls } from '../parts/controls.ts';
import { Select } from '../select.ts';
import { t } from '../strings/console.ts';
import { timeText } from '../time-text.ts';
import type { VcDeskComposer } from './vc-desk-composer.ts';
import '../parts/vc-attach.ts';
import '../parts/vc-transcript.ts';
import './vc-contact-notice.ts';
import './vc-desk-composer.ts';
import './vc-panel-tools.ts';
import './vc-transfer-bar.ts';
import './vc-typing-preview.ts';

/** What agents may send is for the service to say: the server keeps its limits, and its answer names them. */
const UNBOUNDED = Number.POSITIVE_INFINITY;

/** The conversation of the contact in context as the agent leads it: what was said, the tools, the text field. */
export class VcPanelTalk extends VcElement {
  static override styles = [
    controls,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-inline-size: 0;
        min-block-size: 0;
      }
      vc-transcript {
        flex: 1;
        min-block-size: 0;
      }
      vc-transcript::part(note) {
        border: 1px dashed var(--_warning-text);
        background: var(--_warning-soft);
        color: var(--_warning-text);
      }
      .writing {
        position: relative;
        padding: 0 12px 12px;
      }
      vc-panel-tools {
        padding-block-end: 4px;
      }
      .ended {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: 8px 16px;
        padding: 10px 12px 10px 16px;
        border-block-start: 1px solid var(--_line);
        background: var(--_sunken);
        color: var(--_muted);
      }
    `,
  ];

  /** Where files may be dropped; by default the conversation. */
  @property({ attribute: false }) zone: HTMLElement | null = null;
  @query('vc-desk-composer') private composer!: VcDeskComposer | null;
  #view = new Select(this, contactContext, ({ view }) => view);

  /** Puts the cursor where the agent writes. */
  async reply(): Promise<void> {
    await this.updateComplete;
    await this.composer?.updateComplete;
    this.composer?.focus({ preventScroll: true });
  }

  protected override render() {
    return html`
      <vc-contact-notice></vc-contact-notice>
      <vc-transfer-bar></vc-transfer-bar>
      <vc-transcript></vc-transcript>
      <vc-typing-preview></vc-typing-preview>
      ${this.#view.value?.phase === 'ended' ? this.#renderEnd() : this.#renderWriting()}
    `;
  }

  #renderWriting() {
    return html`
      <div class="writing">
        <vc-panel-tools @insert=${this.#insert} @reply=${this.reply}></vc-panel-tools>
        <vc-desk-composer>
          <vc-attach .maxBytes=${UNBOUNDED} .zone=${this.zone ?? this}></vc-attach>
        </vc-desk-composer>
      </div>
    `;
  }

  #renderEnd() {
    const view = this.#view.value;
    if (!view) return nothing;
    return html`
      <div class="ended">
        <span role="status">${t('endedAt', { time: timeText(view.endedAt ?? view.openedAt) })}</span>
        <button class="button primary" type="button" @click=${() => request(this, 'vc-put-away-request', { contact: view.id })}>
          ${t('putAway')}
        </button>
      </div>
    `;
  }

  #insert({ detail }: CustomEvent<{ text: string }>): void {
    this.composer?.insert(detail.text);
  }
}

definePart('vc-panel-talk', VcPanelTalk);

declare global {
  interface HTMLElementTagNameMap {
    'vc-panel-talk': VcPanelTalk;
  }
}
