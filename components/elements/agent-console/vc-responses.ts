import { css, html, nothing, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { CannedResponse } from '../../../core/protocol/schemas.ts';
import { contactContext } from '../../store/contact-store.ts';
import { deskContext } from '../../store/desk-store.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { request } from '../events.ts';
import { icon } from '../icon.ts';
import * as icons from '../icons.ts';
import { controls } from '../parts/controls.ts';
import { Select } from '../select.ts';
import { t } from '../strings/tools.ts';
import { findResponses, sharedOf } from './canned-responses.ts';
import { fieldStyles } from './field-styles.ts';
import './vc-response-form.ts';

/**
 * All canned responses: to search, to insert, and the agent's own to add, change and delete. Shared ones come from the
 * configuration and only insert.
 *
 * @fires insert - A response was chosen, `detail.text`; does not bubble.
 * @fires vc-response-delete-request
 */
export class VcResponses extends VcElement {
  static override styles = [
    controls,
    fieldStyles,
    css`
      .list {
        max-block-size: 208px;
        margin: 8px -12px 0;
        padding-inline: 12px;
        overflow-y: auto;
        scrollbar-width: thin;
      }
      h3 {
        margin: 8px 0 2px;
        color: var(--_muted);
        font-size: 12px;
        font-weight: 600;
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: flex;
        align-items: center;
      }
      .insert {
        flex: 1;
        flex-direction: column;
        gap: 0;
        align-items: stretch;
        min-inline-size: 0;
        padding: 5px 8px;
        font-weight: 400;
        text-align: start;
      }
      .insert b {
        font-weight: 600;
      }
      .insert span {
        overflow: hidden;
        color: var(--_muted);
        font-size: 13px;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .sure {
        flex: 1;
        padding-inline-start: 8px;
      }
      .none {
        margin: 8px 0;
        color: var(--_muted);
      }
      .foot {
        margin-block-start: 8px;
        padding-block-start: 8px;
        border-block-start: 1px solid var(--_line);
      }
    `,
  ];

  @state() private wanted = '';
  /** The one that is being written: a new one, or one of the agent's own. */
  @state() private written: CannedResponse | 'new' | null = null;
  /** Id of the one that may be deleted. */
  @state() private deleting: string | null = null;
  @query('input') private search!: HTMLInputElement | null;
  #responses = new Select(this, deskContext, ({ responses }) => responses);
  #service = new Select(this, contactContext, ({ view }) => view?.service.id);

  protected override render() {
    const { shared: all = [], own = [] } = this.#responses.value ?? {};
    const shared = sharedOf(all, this.#service.value);
    if (this.written)
      return html`<vc-response-form .response=${this.written === 'new' ? null : this.written} .others=${own}
        @done=${this.#written}></vc-response-form>`;
    const found = { own: findResponses(own, this.wanted), shared: findResponses(shared, this.wanted) };
    return html`
      <label class="field">${t('searchResponses')}
        <input type="search" autocomplete="off" .value=${this.wanted} @input=${this.#onSearch} />
      </label>
      <div class="list">
        ${own.length + shared.length === 0 ? html`<p class="none">${t('noResponses')}</p>` : nothing}
        <div role="status">${
          own.length + shared.length > 0 && found.own.length + found.shared.length === 0
            ? html`<p class="none">${t('noResponseFound')}</p>`
            : nothing
        }</div>
        ${this.#renderGroup(t('ownResponses'), found.own, true)}
        ${this.#renderGroup(t('sharedResponses'), found.shared, false)}
      </div>
      <div class="foot">
        <button class="button outline small" type="button" @click=${() => (this.written = 'new')}>${t('addResponse')}</button>
      </div>
    `;
  }

  protected override firstUpdated(): void {
    this.search?.focus();
  }

  #renderGroup(title: string, found: readonly CannedResponse[], own: boolean) {
    if (found.length === 0) return nothing;
    return html`
      <h3>${title}</h3>
      <ul aria-label=${title}>
        ${repeat(
          found,
          ({ id }) => id,
          (response) =>
            html`<li>${own && response.id === this.deleting ? this.#renderQuestion(response) : this.#renderOne(response, own)}</li>`,
        )}
      </ul>
    `;
  }

  #renderOne(response: CannedResponse, own: boolean): TemplateResult {
    const { id, shortcut, text } = response;
    return html`
      <button class="button insert" type="button" title=${text} @click=${() => this.#insert(text)}>
        <b>/${shortcut}</b><span>${text}</span>
      </button>
      ${
        own
          ? html`
            <button class="button icon-button small" type="button" aria-label=${t('changeResponse', { shortcut })}
              title=${t('changeResponse', { shortcut })} @click=${() => (this.written = response)}>${icon(icons.pencil)}</button>
            <button class="button icon-button small" type="button" aria-label=${t('deleteResponse', { shortcut })}
              title=${t('deleteResponse', { shortcut })} @click=${() => this.#askToDelete(id)}>${icon(icons.trash)}</button>`
          : nothing
      }
    `;
  }

  #renderQuestion({ id, shortcut }: CannedResponse): TemplateResult {
    return html`
      <span class="sure">${t('deleteResponseQuestion', { shortcut })}</span>
      <button class="button danger small sure-delete" type="button" @click=${() => this.#delete(id)}>${t('delete')}</button>
      <button class="button small" type="button" @click=${() => (this.deleting = null)}>${t('keep')}</button>
    `;
  }

  #onSearch(event: Event): void {
    this.wanted = (event.target as HTMLInputElement).value;
  }

  #insert(text: string): void {
    this.dispatchEvent(new CustomEvent('insert', { detail: { text } }));
  }

  #written(): void {
    this.written = null;
    void this.#focusSearch();
  }

  async #askToDelete(id: string): Promise<void> {
    this.deleting = id;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.sure-delete')?.focus();
  }

  #delete(id: string): void {
    request(this, 'vc-response-delete-request', { id });
    this.deleting = null;
    void this.#focusSearch();
  }

  /** What had the focus is gone. */
  async #focusSearch(): Promise<void> {
    await this.updateComplete;
    this.search?.focus();
  }
}

definePart('vc-responses', VcResponses);

declare global {
  interface HTMLElementTagNameMap {
    'vc-responses': VcResponses;
  }
}
