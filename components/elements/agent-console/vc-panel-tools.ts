import { ContextConsumer } from '@lit/context';
import { css, html, nothing } from 'lit';
import { state } from 'lit/decorators.js';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { icon } from '../icon.ts';
import { controls } from '../parts/controls.ts';
import { Select } from '../select.ts';
import { t } from '../strings/tools.ts';
import { noteContext } from './note-draft.ts';
import { Popup } from './popup.ts';
import { popupStyles } from './popup-styles.ts';
import * as toolIcons from './tool-icons.ts';
import './vc-link-form.ts';
import './vc-responses.ts';

const ICONS = { responses: toolIcons.responses, link: toolIcons.link };

/**
 * What an agent has beside the text field: notes, canned responses, showing a page.
 *
 * @fires insert - A canned response was chosen, `detail.text`; does not bubble.
 * @fires reply - The agent wants to go on writing; does not bubble.
 */
export class VcPanelTools extends VcElement {
  static override styles = [
    controls,
    popupStyles,
    css`
      :host {
        position: relative;
      }
      .tools {
        display: flex;
        gap: 2px;
        align-items: center;
      }
      .button {
        color: var(--_muted);
        font-size: 13px;
      }
      .button[aria-expanded='true'] {
        background: var(--_press);
      }
      .noting {
        gap: 6px;
      }
      .button svg {
        inline-size: 18px;
        block-size: 18px;
      }
      .noting[aria-pressed='true'] {
        border-color: var(--_warning-text);
        background: var(--_warning-soft);
        color: var(--_warning-text);
      }
      .popup {
        inset-block-end: calc(100% + 4px);
        inset-inline-start: 0;
        inline-size: min(420px, 100%);
      }
    `,
  ];

  /** Which of the tools is open. */
  @state() private shown: 'responses' | 'link' = 'responses';
  #noting = new Select(this, noteContext, ({ on }) => on);
  #note = new ContextConsumer(this, { context: noteContext });
  #popup = new Popup(this, '[aria-expanded=true]');

  protected override render() {
    const noting = this.#noting.value ?? false;
    return html`
      <div class="tools" role="group" aria-label=${t('tools')}>
        <button class="button small noting" type="button" aria-pressed=${noting} title=${t('noteMeans')} @click=${this.#toggleNote}>
          ${icon(toolIcons.note)}${t('note')}
        </button>
        ${this.#renderOpener('responses', t('responses'), t('responsesMeans'))}
        ${this.#renderOpener('link', t('showPage'), t('showPage'))}
      </div>
      ${this.#popup.open ? html`<div class="popup">${this.#renderShown()}</div>` : nothing}
    `;
  }

  #renderOpener(tool: 'responses' | 'link', name: string, title: string) {
    const open = this.#popup.open && this.shown === tool;
    return html`
      <button class="button icon-button small" type="button" aria-haspopup="dialog" aria-expanded=${open} aria-label=${name}
        title=${title} @click=${() => this.#open(tool)}>${icon(ICONS[tool])}</button>
    `;
  }

  #renderShown() {
    return this.shown === 'link'
      ? html`<div role="dialog" aria-label=${t('showPage')}><vc-link-form @done=${this.#done}></vc-link-form></div>`
      : html`<vc-responses role="dialog" aria-label=${t('responses')} @insert=${this.#insert}></vc-responses>`;
  }

  #open(tool: 'responses' | 'link'): void {
    const other = this.#popup.open && this.shown !== tool;
    this.shown = tool;
    if (!other) this.#popup.toggle();
  }

  #toggleNote(): void {
    this.#note.value?.dispatch({ on: !this.#noting.value });
    this.#reply();
  }

  #done(): void {
    this.#popup.close();
    this.#reply();
  }

  #insert(event: CustomEvent<{ text: string }>): void {
    this.#popup.close();
    this.dispatchEvent(new CustomEvent('insert', { detail: event.detail }));
  }

  #reply(): void {
    this.dispatchEvent(new Event('reply'));
  }
}

definePart('vc-panel-tools', VcPanelTools);

declare global {
  interface HTMLElementTagNameMap {
    'vc-panel-tools': VcPanelTools;
  }
}
