import { html, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { WaitingEntry } from '../../../core/protocol/server-frames.ts';
import { isDue, nextInTurn } from '../../../core/routing/queue.ts';
import { deskContext } from '../../store/desk-store.ts';
import { ringerContext } from '../../store/ringer-store.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { request } from '../events.ts';
import { icon } from '../icon.ts';
import * as icons from '../icons.ts';
import { controls } from '../parts/controls.ts';
import { Select } from '../select.ts';
import { t } from '../strings/console.ts';
import { bareButton } from './bare-button.ts';
import * as deskIcons from './desk-icons.ts';
import { type Contacts, EachContact } from './each-contact.ts';
import type { VcWaitingEntry } from './vc-waiting-entry.ts';
import { waitingStyles } from './waiting-styles.ts';
import './vc-waiting-entry.ts';

/** Longest delay `setTimeout` keeps. */
const MAX_DELAY = 2 ** 31 - 1;

/**
 * Who waits. The box takes the contact whose turn it is; the list beside it is there for picking another: always open
 * where there is room, else a drawer that opens on hover, on focus by keyboard, or by its own button. Callbacks that were
 * wished for later stand below and do not count. The tab key reaches one entry, the arrow keys the others.
 */
export class VcWaiting extends VcElement {
  static override styles = [controls, bareButton, waitingStyles];

  @property({ attribute: false }) directory: Contacts | null = null;
  @state() private open = false;
  /** The entry the tab key reaches; the first one when it is gone. */
  @state() private current: string | null = null;
  #waiting = new Select(this, deskContext, ({ waiting }) => waiting);
  #skew = new Select(this, deskContext, ({ skew }) => skew);
  #connection = new Select(this, deskContext, ({ connection }) => connection);
  #status = new Select(this, deskContext, ({ status }) => status.state);
  #limit = new Select(this, deskContext, ({ limit }) => limit);
  #assigned = new Select(this, deskContext, ({ assigned }) => assigned);
  #silent = new Select(this, ringerContext, ({ ringing, soundBlocked }) => ringing && soundBlocked);
  #active = new EachContact(
    this,
    () => ({ ids: this.#assigned.value ?? [], contacts: this.directory }),
    ({ view }) => view?.phase === 'assigned',
  );
  #turning: ReturnType<typeof setTimeout> | undefined;
  /** By the server's clock. */
  #drawnAt = 0;

  constructor() {
    super();
    this.addEventListener('vc-take-request', () => this.#shut());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#turning);
  }

  protected override render() {
    const waiting = this.#waiting.value ?? [];
    const idle = this.#connection.value !== 'online';
    const now = this.#now;
    this.#drawnAt = now;
    const due = waiting.filter((entry) => isDue(entry, now));
    const later = waiting.filter((entry) => !isDue(entry, now));
    const nothingToTake = idle || due.length === 0;
    return html`
      <section aria-label=${t('waiting')} ?data-open=${this.open} ?data-empty=${waiting.length === 0} @keydown=${this.#onKeydown}
        @focusin=${this.#onFocus}>
        <div class="head">
          <div class="box" ?data-idle=${nothingToTake}>
            <span class="count">${due.length}</span>
            <span class="words">
              <span id="next">${this.#situation(due)}</span>
              <button class="bare take" type="button" aria-disabled=${nothingToTake} aria-describedby="next" @click=${this.#takeNext}>${t('takeNext')}</button>
            </span>
            <span class="go">${icon(icons.arrowRight)}</span>
          </div>
          <button class="chevron button outline" type="button" aria-expanded=${this.open} aria-controls="drawer"
            aria-label=${this.open ? t('hideWaiting') : t('showWaiting')} @click=${this.#toggle}>
            ${icon(this.open ? icons.chevronUp : icons.chevronDown)}
          </button>
        </div>
        ${this.#silent.value ? this.#renderSilent() : nothing}
        <p class="visually-hidden" role="status">${countText(due.length)}</p>
        <div class="drawer" id="drawer">
          ${waiting.length === 0 ? html`<p class="empty">${this.#outlook}</p>` : nothing}
          ${this.#renderList(due, idle)}
          ${later.length ? html`<h3>${t('later')}</h3>${this.#renderList(later, idle)}` : nothing}
        </div>
      </section>
    `;
  }

  protected override updated(): void {
    clearTimeout(this.#turning);
    // By the time that was drawn: what has come due since must be drawn again as well.
    const next = Math.min(
      ...(this.#waiting.value ?? [])
        .filter((entry) => !isDue(entry, this.#drawnAt))
        .map(({ waitingSince }) => waitingSince),
    );
    if (this.isConnected && next !== Number.POSITIVE_INFINITY)
      this.#turning = setTimeout(
        () => this.requestUpdate(),
        Math.min(Math.max(0, next - this.#now), MAX_DELAY),
      );
  }

  #renderList(entries: readonly WaitingEntry[], idle: boolean) {
    const waiting = this.#waiting.value ?? [];
    const current = waiting.some(({ contact }) => contact === this.current)
      ? this.current
      : waiting[0]?.contact;
    return html`
      <ul>
        ${repeat(
          entries,
          ({ contact }) => contact,
          (entry) => html`
            <li>
              <vc-waiting-entry .entry=${entry} .skew=${this.#skew.value ?? 0} ?idle=${idle}
                ?current=${entry.contact === current}></vc-waiting-entry>
            </li>
          `,
        )}
      </ul>
    `;
  }

  #renderSilent() {
    return html`
      <div class="silent">
        <p>${t('soundBlocked')}</p>
        <button class="button small" type="button" @click=${() => request(this, 'vc-sound-enable-request', {})}>
          ${icon(deskIcons.bellOff)} ${t('enableSound')}
        </button>
      </div>
    `;
  }

  /** Server time. */
  get #now(): number {
    return Date.now() + (this.#skew.value ?? 0);
  }

  /** Who is next, or why nobody is offered. */
  #situation(due: readonly WaitingEntry[]): string {
    const next = nextInTurn(due, this.#now);
    if (next) return t('waitingNext', { name: next.name });
    if (this.#status.value === 'away') return t('notOfferedAway');
    if (this.#status.value === 'offline') return t('notOfferedOffline');
    const [count, limit] = [this.#count, this.#limit.value ?? 0];
    return this.#isFull ? t('notOfferedFull', { count, limit }) : t('nobodyWaits');
  }

  /** What would bring contacts here. */
  get #outlook(): string {
    if (this.#status.value !== 'available') return t('nobodyWaitsAway');
    return t(this.#isFull ? 'nobodyWaitsFull' : 'nobodyWaitsMore');
  }

  get #count(): number {
    return [...this.#active.values.values()].filter(Boolean).length;
  }

  get #isFull(): boolean {
    const limit = this.#limit.value ?? 0;
    return limit > 0 && this.#count >= limit;
  }

  #takeNext(): void {
    const now = this.#now;
    const due = (this.#waiting.value ?? []).filter((entry) => isDue(entry, now));
    const next = nextInTurn(due, now);
    if (!next || this.#connection.value !== 'online') return;
    // Named, the last one is somebody's: who comes too late is told whose. Of several, each agent gets another.
    request(this, 'vc-take-request', { contact: due.length > 1 ? null : next.contact });
  }

  #toggle(): void {
    this.open = !this.open;
  }

  #shut(): void {
    this.open = false;
  }

  #onFocus({ target }: FocusEvent): void {
    if (target instanceof Element && target.localName === 'vc-waiting-entry')
      this.current = (target as VcWaitingEntry).entry.contact;
  }

  #onKeydown(event: KeyboardEvent): void {
    if (event.key === 'Escape' && this.open) {
      event.stopPropagation();
      this.#shut();
      return;
    }
    const entries = [...this.renderRoot.querySelectorAll('vc-waiting-entry')];
    const at = entries.indexOf(event.target as VcWaitingEntry);
    const to = at < 0 ? undefined : entries[placeAfter(event.key, at, entries.length)];
    if (!to) return;
    event.preventDefault();
    to.focus();
  }
}

/** Where a key leads from place `at` of so many; nowhere gives -1. */
function placeAfter(key: string, at: number, length: number): number {
  switch (key) {
    case 'ArrowDown':
      return Math.min(at + 1, length - 1);
    case 'ArrowUp':
      return Math.max(at - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return length - 1;
    default:
      return -1;
  }
}

/** For who does not see the box, which says it when nobody waits. */
function countText(count: number): string {
  if (count === 0) return '';
  return count === 1 ? t('oneWaiting') : t('manyWaiting', { count });
}

definePart('vc-waiting', VcWaiting);

declare global {
  interface HTMLElementTagNameMap {
    'vc-waiting': VcWaiting;
  }
}
