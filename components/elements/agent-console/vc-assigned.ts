import { css, html } from 'lit';
import { property, query } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { CallHandle } from '../../store/call-handle.ts';
import type { ReadableContactStore } from '../../store/contact-store.ts';
import { deskContext } from '../../store/desk-store.ts';
import type { ReadableStore } from '../../store/store.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { icon } from '../icon.ts';
import * as icons from '../icons.ts';
import { Select } from '../select.ts';
import { t } from '../strings/console.ts';
import './vc-contact-panel.ts';

/** Where the stores of single contacts are found. */
export interface ContactDirectory {
  contact(id: string): ReadableContactStore | undefined;
  call(id: string): ReadableStore<{ readonly handle: CallHandle | null }> | undefined;
}

/** The agent's contacts, oldest first, exactly one of them expanded. */
export class VcAssigned extends VcElement {
  static override styles = css`
    :host {
      position: relative;
      min-block-size: 0;
      container-type: inline-size;
    }
    section {
      block-size: 100%;
    }
    .list {
      display: flex;
      flex-direction: column;
      gap: 8px;
      block-size: 100%;
      overflow-y: auto;
      border-radius: var(--_radius);
      scrollbar-width: thin;
    }
    .empty {
      display: grid;
      place-content: center;
      justify-items: center;
      gap: 4px;
      block-size: 100%;
      min-block-size: 256px;
      padding: 24px;
      border: 1px dashed var(--_line);
      border-radius: var(--_radius);
      color: var(--_muted);
      text-align: center;
      text-wrap: balance;
    }
    .empty svg {
      inline-size: 40px;
      block-size: 40px;
      margin-block-end: 8px;
      stroke-width: 1.25;
    }
    .empty h2 {
      margin: 0;
      color: var(--_text);
      font-size: 16px;
      font-weight: 600;
    }
    .empty p {
      max-inline-size: 416px;
      margin: 0;
    }
    @container (width >= 896px) {
      .list[data-many] {
        inline-size: 288px;
      }
    }
  `;

  @property({ attribute: false }) directory: ContactDirectory | null = null;
  #assigned = new Select(this, deskContext, ({ assigned }) => assigned);
  #expanded = new Select(this, deskContext, ({ expanded }) => expanded);
  @query('.list') private list!: HTMLElement | null;
  #shown: string | null | undefined;

  protected override render() {
    const assigned = this.#assigned.value ?? [];
    return html`<section aria-label=${t('assigned')}>${assigned.length ? this.#renderList(assigned) : renderEmpty()}</section>`;
  }

  protected override updated(): void {
    const expanded = this.#expanded.value;
    if (expanded === this.#shown) return;
    this.#shown = expanded;
    // Panels take their new heights in this turn, but after this element.
    requestAnimationFrame(() => this.#reveal());
  }

  /** Scrolls the list, and never the page around it, as little as shows the expanded panel. */
  #reveal(): void {
    const panel = this.list?.querySelector('[expanded]')?.getBoundingClientRect();
    const view = this.list?.getBoundingClientRect();
    if (!this.list || !panel || !view) return;
    const above = panel.top - view.top;
    this.list.scrollTop += above < 0 ? above : Math.min(above, Math.max(0, panel.bottom - view.bottom));
  }

  #renderList(assigned: readonly string[]) {
    const many = assigned.length > 1;
    return html`
      <div class="list" ?data-many=${many}>
        ${repeat(
          assigned,
          (id) => id,
          (id) => html`
            <vc-contact-panel
              .contact=${this.directory?.contact(id) ?? null}
              .call=${this.directory?.call(id) ?? null}
              ?expanded=${id === this.#expanded.value}
              ?beside=${many}
            ></vc-contact-panel>
          `,
        )}
      </div>
    `;
  }
}

const renderEmpty = () => html`
  <div class="empty">${icon(icons.chat)}<h2>${t('noContacts')}</h2><p>${t('noContactsMore')}</p></div>
`;

definePart('vc-assigned', VcAssigned);

declare global {
  interface HTMLElementTagNameMap {
    'vc-assigned': VcAssigned;
  }
}
