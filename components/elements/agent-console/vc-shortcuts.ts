import { css, html, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import { isDue, nextInTurn } from '../../../core/routing/queue.ts';
import { deskContext } from '../../store/desk-store.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { request } from '../events.ts';
import { icon } from '../icon.ts';
import { controls } from '../parts/controls.ts';
import { Select } from '../select.ts';
import { t } from '../strings/console.ts';
import * as deskIcons from './desk-icons.ts';
import {
  keepSingleKeys,
  SHORTCUTS,
  type ShortcutAction,
  shortcutOf,
  singleKeysOn,
  takesText,
} from './shortcuts.ts';
import { switchStyles } from './switch-styles.ts';
import '../parts/vc-dialog.ts';

const TEXTS = {
  next: t('shortcutNext'),
  forward: t('shortcutForward'),
  back: t('shortcutBack'),
  reply: t('shortcutReply'),
  close: t('shortcutClose'),
  list: t('shortcutList'),
} as const;

/**
 * What the console does by keyboard, and the list of it. Keys count while the focus is in `scope` or nowhere.
 *
 * @fires reply - The agent wants to write in the open conversation; does not bubble.
 * @fires close - The agent wants to close the open contact; does not bubble.
 */
export class VcShortcuts extends VcElement {
  static override styles = [
    controls,
    switchStyles,
    css`
      .list {
        position: fixed;
        z-index: 12;
        inset-block-start: 24px;
        inset-inline: 16px;
        max-inline-size: 432px;
        max-block-size: calc(100vb - 48px);
        margin-inline: auto;
        overflow-y: auto;
      }
      dl {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 4px 16px;
        align-items: center;
        margin: 12px 0;
        color: var(--_text);
      }
      dd {
        display: flex;
        gap: 4px;
        align-items: center;
        justify-content: end;
        min-block-size: 30px;
        margin: 0;
        color: var(--_muted);
        font-size: 13px;
      }
      kbd {
        min-inline-size: 26px;
        padding: 2px 7px;
        border: 1px solid var(--_line-strong);
        border-block-end-width: 2px;
        border-radius: 6px;
        color: var(--_text);
        font: inherit;
        font-size: 12px;
        font-weight: 600;
        text-align: center;
      }
      .switch {
        inline-size: 100%;
        margin-inline: -6px;
        color: var(--_text);
      }
      /* On a phone there is no keyboard to learn about. */
      @container (width < 480px) {
        .open {
          display: none;
        }
      }
    `,
  ];

  /** The console. */
  @property({ attribute: false }) scope: HTMLElement | null = null;
  @state() private open = false;
  @state() private singles = singleKeysOn();
  #waiting = new Select(this, deskContext, ({ waiting }) => waiting);
  #skew = new Select(this, deskContext, ({ skew }) => skew);
  #assigned = new Select(this, deskContext, ({ assigned }) => assigned);
  #expanded = new Select(this, deskContext, ({ expanded }) => expanded);
  #connection = new Select(this, deskContext, ({ connection }) => connection);
  #listening: AbortController | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    // At the document: with the focus nowhere, keys come to the body.
    document.addEventListener('keydown', (event) => this.#onKeydown(event), { signal });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#listening?.abort();
    this.open = false;
  }

  protected override render() {
    return html`
      <button class="open button icon-button small" type="button" aria-haspopup="dialog" aria-expanded=${this.open}
        aria-label=${t('shortcuts')} title=${t('shortcutKey', { action: t('shortcuts'), key: '?' })} @click=${this.#toggle}>
        ${icon(deskIcons.keyboard)}
      </button>
      ${this.open ? this.#renderList() : nothing}
    `;
  }

  #renderList() {
    return html`
      <vc-dialog class="list" heading=${t('shortcuts')} @cancel=${this.#toggle}>
        ${t('shortcutHint', { alt: ALT })}
        <dl>
          ${SHORTCUTS.map(
            ({ action, key }) => html`
              <dt>${TEXTS[action]}</dt>
              <dd>${this.singles ? html`<kbd>${keyName(key)}</kbd> ${t('keyOr')} ` : nothing}<kbd>${ALT}</kbd><kbd>${keyName(key)}</kbd></dd>
            `,
          )}
          <dt>${t('shortcutArrows')}</dt>
          <dd><kbd>↑</kbd><kbd>↓</kbd></dd>
        </dl>
        <button class="switch" type="button" role="switch" aria-checked=${this.singles} @click=${this.#switchSingles}>
          <span>${t('singleKeys')}</span><span class="track" aria-hidden="true"></span>
        </button>
        <button slot="actions" class="button outline" type="button" @click=${this.#toggle}>${t('done')}</button>
      </vc-dialog>
    `;
  }

  #toggle(): void {
    this.open = !this.open;
  }

  #switchSingles(): void {
    this.singles = !this.singles;
    keepSingleKeys(this.singles);
  }

  #onKeydown(event: KeyboardEvent): void {
    if (event.defaultPrevented || !this.#isOurs(event)) return;
    const target = event.composedPath()[0];
    const typing = target instanceof Element && takesText(target);
    const action = shortcutOf(event, this.singles && !typing);
    if (!action) return;
    event.preventDefault();
    this.#act(action);
  }

  #isOurs(event: KeyboardEvent): boolean {
    const path = event.composedPath();
    return path[0] === document.body || (this.scope !== null && path.includes(this.scope));
  }

  #act(action: ShortcutAction): void {
    switch (action) {
      case 'next':
        this.#takeNext();
        break;
      case 'forward':
        this.#go(1);
        break;
      case 'back':
        this.#go(-1);
        break;
      case 'list':
        this.#toggle();
        break;
      case 'reply':
      case 'close':
        this.dispatchEvent(new Event(action));
    }
  }

  #takeNext(): void {
    const now = Date.now() + (this.#skew.value ?? 0);
    const due = (this.#waiting.value ?? []).filter((entry) => isDue(entry, now));
    const next = nextInTurn(due, now);
    if (next && this.#connection.value === 'online')
      request(this, 'vc-take-request', { contact: due.length > 1 ? null : next.contact });
  }

  /** Opens the conversation so many places on, round about. */
  #go(by: 1 | -1): void {
    const assigned = this.#assigned.value ?? [];
    const at = assigned.indexOf(this.#expanded.value ?? '');
    const contact = assigned[(at + by + assigned.length) % assigned.length];
    if (contact && contact !== this.#expanded.value) request(this, 'vc-panel-expand-request', { contact });
  }
}

const isApple = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '');
const ALT = isApple ? '⌥' : 'Alt';
const keyName = (key: string): string => key.toUpperCase();

definePart('vc-shortcuts', VcShortcuts);

declare global {
  interface HTMLElementTagNameMap {
    'vc-shortcuts': VcShortcuts;
  }
}
