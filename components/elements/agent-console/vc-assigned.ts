import { html, nothing } from 'lit';
import { property, query } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { CallHandle } from '../../store/call-handle.ts';
import { deskContext } from '../../store/desk-store.ts';
import type { ReadableStore } from '../../store/store.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { request } from '../events.ts';
import { icon } from '../icon.ts';
import * as icons from '../icons.ts';
import { controls } from '../parts/controls.ts';
import { Select } from '../select.ts';
import { t } from '../strings/console.ts';
import { assignedStyles } from './assigned-styles.ts';
import * as deskIcons from './desk-icons.ts';
import { type Contacts, EachContact } from './each-contact.ts';
import { type Beyond, Fold } from './fold.ts';
import type { VcContactPanel } from './vc-contact-panel.ts';
import { unreadOf } from './vc-panel-status.ts';
import './vc-contact-panel.ts';

/** Where the stores of single contacts are found. */
export interface ContactDirectory extends Contacts {
  call(id: string): ReadableStore<{ readonly handle: CallHandle | null }> | undefined;
}

/** The agent's contacts, oldest first, exactly one of them expanded. Unread messages out of view are told at the edge. */
export class VcAssigned extends VcElement {
  static override styles = [controls, assignedStyles];

  @property({ attribute: false }) directory: ContactDirectory | null = null;
  #assigned = new Select(this, deskContext, ({ assigned }) => assigned);
  #expanded = new Select(this, deskContext, ({ expanded }) => expanded);
  #unread = new EachContact(
    this,
    () => ({ ids: this.#assigned.value ?? [], contacts: this.directory }),
    unreadOf,
  );
  #fold = new Fold(this);
  @query('.list') private list!: HTMLElement | null;
  #shown: string | null | undefined;
  #revealing = 0;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    cancelAnimationFrame(this.#revealing);
  }

  /** Sets the focus where the agent writes in the open conversation. */
  reply(): void {
    void this.#open?.reply();
  }

  /** Asks whether to close the open contact; puts it away when it ended already. */
  close(): void {
    const contact = this.#expanded.value;
    const view = contact ? this.directory?.contact(contact)?.state.view : null;
    if (contact && view?.phase === 'ended') request(this, 'vc-put-away-request', { contact });
    else this.#open?.askToClose();
  }

  get #open(): VcContactPanel | null {
    return this.renderRoot.querySelector<VcContactPanel>('vc-contact-panel[expanded]');
  }

  protected override render() {
    const assigned = this.#assigned.value ?? [];
    return html`<section aria-label=${t('assigned')}>${assigned.length ? this.#renderList(assigned) : renderEmpty()}</section>`;
  }

  protected override updated(): void {
    this.#fold.watch(this.list, this.#panels.values());
    const expanded = this.#expanded.value;
    if (expanded === this.#shown) return;
    this.#shown = expanded;
    // Panels take their new heights in this turn, but after this element.
    cancelAnimationFrame(this.#revealing);
    this.#revealing = requestAnimationFrame(() => {
      if (this.list) reveal(this.list, this.list.querySelector('[expanded]'));
    });
  }

  #renderList(assigned: readonly string[]) {
    const many = assigned.length > 1;
    return html`
      ${this.#renderBeyond('above')}
      <div class="list" ?data-many=${many}>
        ${repeat(
          assigned,
          (id) => id,
          (id) => html`
            <vc-contact-panel
              data-contact=${id}
              .contact=${this.directory?.contact(id) ?? null}
              .call=${this.directory?.call(id) ?? null}
              ?expanded=${id === this.#expanded.value}
              ?beside=${many}
            ></vc-contact-panel>
          `,
        )}
      </div>
      ${this.#renderBeyond('below')}
    `;
  }

  #renderBeyond(where: Beyond) {
    const count = this.#newsBeyond(where).reduce((sum, [, unread]) => sum + unread, 0);
    if (count === 0) return nothing;
    const says = t(where === 'above' ? 'unreadAbove' : 'unreadBelow', { count });
    return html`
      <div class="beyond" data-where=${where}>
        <button class="button small" type="button" aria-label=${says} title=${says} @click=${() => this.#goTo(where)}>
          ${icon(where === 'above' ? deskIcons.arrowUp : icons.arrowDown)} ${count}
        </button>
      </div>
    `;
  }

  get #panels(): ReadonlyMap<string, VcContactPanel> {
    const panels = this.renderRoot.querySelectorAll<VcContactPanel>('vc-contact-panel');
    return new Map([...panels].map((panel) => [panel.dataset.contact ?? '', panel]));
  }

  /** Panels with unread messages that lie out of view on one side, in order, and how many each has. */
  #newsBeyond(where: Beyond): [panel: VcContactPanel, unread: number][] {
    const panels = this.#panels;
    const news: [VcContactPanel, number][] = [];
    for (const [id, unread] of this.#unread.values) {
      const panel = panels.get(id);
      if (panel && unread > 0 && this.#fold.isBeyond(where, panel)) news.push([panel, unread]);
    }
    return news.sort(([a], [b]) =>
      a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1,
    );
  }

  /** Scrolls to the nearest news on one side. */
  #goTo(where: Beyond): void {
    cancelAnimationFrame(this.#revealing);
    const news = this.#newsBeyond(where);
    const nearest = where === 'above' ? news.at(-1) : news[0];
    if (this.list && nearest) reveal(this.list, nearest[0]);
  }
}

/** Scrolls the list, and never the page around it, as little as shows the panel. */
function reveal(list: Element, element: Element | null): void {
  const panel = element?.getBoundingClientRect();
  if (!panel) return;
  const view = list.getBoundingClientRect();
  const above = panel.top - view.top;
  list.scrollTop += above < 0 ? above : Math.min(above, Math.max(0, panel.bottom - view.bottom));
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
