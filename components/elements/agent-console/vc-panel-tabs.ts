import { css, html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { contactContext } from '../../store/contact-store.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { Select } from '../select.ts';
import { t } from '../strings/tools.ts';
import { createFileCounter } from './file-counter.ts';
import { unloggedFiles } from './unlogged-files.ts';
import type { VcPanelTalk } from './vc-panel-talk.ts';
import './vc-contact-files.ts';
import './vc-panel-talk.ts';
import './vc-save-menu.ts';
import './vc-visitor-facts.ts';

type Tab = 'conversation' | 'visitor' | 'files';

/** From this width, px, what is known of the visitor stands beside the conversation. */
const WIDE = 960;

/** The expanded panel's body: conversation, visitor and files, one at a time; the visitor beside where there is room. */
export class VcPanelTabs extends VcElement {
  static override styles = css`
    :host {
      display: flex;
      min-inline-size: 0;
      min-block-size: 0;
    }
    .tabbed {
      display: flex;
      flex: 1;
      flex-direction: column;
      min-inline-size: 0;
      min-block-size: 0;
    }
    .bar {
      display: flex;
      align-items: center;
      justify-content: space-between;
      padding-inline: 8px 10px;
      border-block-end: 1px solid var(--_line);
      container-type: inline-size;
    }
    [role='tablist'] {
      display: flex;
      min-inline-size: 0;
      margin-block-end: -1px;
      overflow-x: auto;
      scrollbar-width: none;
    }
    vc-save-menu {
      flex: none;
    }
    [role='tab'] {
      position: relative;
      min-block-size: 38px;
      margin: 0;
      padding: 4px 10px;
      border: 0;
      background: none;
      color: var(--_muted);
      font: inherit;
      font-size: 13px;
      font-weight: 550;
      white-space: nowrap;
      cursor: pointer;
      -webkit-tap-highlight-color: transparent;
    }
    [role='tab']:hover {
      color: var(--_text);
    }
    [role='tab']:focus-visible {
      border-radius: var(--_radius-control);
      outline: 2px solid var(--_focus);
      outline-offset: -3px;
    }
    [role='tab'][aria-selected='true'] {
      color: var(--_accent-text);
    }
    [aria-selected='true']::after {
      content: '';
      position: absolute;
      inset-block-end: 0;
      inset-inline: 10px;
      border-block-end: 2px solid;
    }
    @container (inline-size < 300px) {
      [role='tab'] {
        padding-inline: 6px;
      }
      [aria-selected='true']::after {
        inset-inline: 6px;
      }
    }
    [role='tabpanel'] {
      flex: 1;
      min-block-size: 0;
      overflow-y: auto;
      scrollbar-width: thin;
    }
    [role='tabpanel']:focus-visible {
      outline: 2px solid var(--_focus);
      outline-offset: -3px;
    }
    [role='tabpanel']:has(vc-panel-talk) {
      display: flex;
      overflow: visible;
    }
    vc-panel-talk {
      flex: 1;
    }
    aside {
      flex: none;
      inline-size: 304px;
      overflow-y: auto;
      border-inline-start: 1px solid var(--_line);
      scrollbar-width: thin;
    }
    aside:focus-visible {
      outline: 2px solid var(--_focus);
      outline-offset: -3px;
    }
  `;

  /** Where files may be dropped. */
  @property({ attribute: false }) zone: HTMLElement | null = null;
  @state() private chosen: Tab = 'conversation';
  @state() private wide = false;
  @query('vc-panel-talk') private talk!: VcPanelTalk | null;
  #count = createFileCounter();
  #files = new Select(
    this,
    contactContext,
    (state) => this.#count(state.transcript.entries) + unloggedFiles(state).length,
  );
  #size = new ResizeObserver(([entry]) => {
    this.wide = (entry?.contentRect.width ?? 0) >= WIDE;
  });

  /** Shows the conversation, and puts the cursor where the agent writes. */
  async reply(): Promise<void> {
    this.chosen = 'conversation';
    await this.updateComplete;
    await this.talk?.reply();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#size.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#size.disconnect();
  }

  protected override willUpdate(): void {
    if (this.wide && this.chosen === 'visitor') this.chosen = 'conversation';
  }

  protected override render(): TemplateResult {
    const count = this.#files.value ?? 0;
    return html`
      <div class="tabbed">
        <div class="bar">
          <div role="tablist" aria-label=${t('parts')} @keydown=${this.#onKeydown}>
            ${this.#renderTab('conversation', t('conversation'))}
            ${this.wide ? nothing : this.#renderTab('visitor', t('visitor'))}
            ${this.#renderTab('files', count > 0 ? t('filesCount', { count }) : t('files'))}
          </div>
          <vc-save-menu></vc-save-menu>
        </div>
        ${this.#renderPanel('conversation', html`<vc-panel-talk .zone=${this.zone}></vc-panel-talk>`)}
        ${this.chosen === 'visitor' ? this.#renderPanel('visitor', html`<vc-visitor-facts></vc-visitor-facts>`) : nothing}
        ${this.chosen === 'files' ? this.#renderPanel('files', html`<vc-contact-files></vc-contact-files>`) : nothing}
      </div>
      ${this.wide ? html`<aside aria-label=${t('visitor')} tabindex="0"><vc-visitor-facts></vc-visitor-facts></aside>` : nothing}
    `;
  }

  #renderTab(tab: Tab, name: string): TemplateResult {
    const chosen = this.chosen === tab;
    return html`
      <button type="button" role="tab" id=${`tab-${tab}`} data-tab=${tab} aria-selected=${chosen} tabindex=${chosen ? 0 : -1}
        aria-controls=${chosen || tab === 'conversation' ? `panel-${tab}` : nothing} @click=${() => (this.chosen = tab)}>${name}</button>
    `;
  }

  /** The conversation stays in the tree, so that it keeps its place. */
  #renderPanel(tab: Tab, content: TemplateResult): TemplateResult {
    return html`
      <div role="tabpanel" id=${`panel-${tab}`} aria-labelledby=${`tab-${tab}`} tabindex=${tab === 'conversation' ? nothing : 0}
        ?hidden=${this.chosen !== tab}>${content}</div>
    `;
  }

  #onKeydown(event: KeyboardEvent): void {
    const tabs = [...this.renderRoot.querySelectorAll<HTMLElement>('[role=tab]')];
    const at = tabs.findIndex(({ dataset }) => dataset.tab === this.chosen);
    const forth = this.matches(':dir(rtl)') ? 'ArrowLeft' : 'ArrowRight';
    const back = forth === 'ArrowRight' ? 'ArrowLeft' : 'ArrowRight';
    const to =
      event.key === forth
        ? at + 1
        : event.key === back
          ? at - 1
          : event.key === 'Home'
            ? 0
            : event.key === 'End'
              ? -1
              : null;
    const next = to === null ? undefined : tabs.at(to % tabs.length);
    if (!next) return;
    event.preventDefault();
    next.click();
    next.focus();
  }
}

definePart('vc-panel-tabs', VcPanelTabs);

declare global {
  interface HTMLElementTagNameMap {
    'vc-panel-tabs': VcPanelTabs;
  }
}
