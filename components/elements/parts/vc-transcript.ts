import { html, noChange, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { MessageStatus } from '../../../core/transcript/status.ts';
import type { Transcript } from '../../../core/transcript/transcript.ts';
import { contactContext } from '../../store/contact-store.ts';
import { fetchCode } from '../../store/fetch-code.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { request } from '../events.ts';
import { icon } from '../icon.ts';
import * as icons from '../icons.ts';
import { Select } from '../select.ts';
import { t } from '../strings/shared.ts';
import { dayText, timeText } from '../time-text.ts';
import { controls } from './controls.ts';
import { eventText } from './event-text.ts';
import { textParts } from './links.ts';
import { type MessageRow, type TranscriptRow, transcriptRows } from './transcript-rows.ts';
import { transcriptStyles } from './transcript-styles.ts';

/** Entries drawn at first, and more with each "show earlier": a long history costs no more than a short one. */
const WINDOW = 100;
/** Closer to the end than this, in px, the reader is at the end. */
const NEAR = 48;

const TICKS: Readonly<Record<MessageStatus, string>> = {
  pending: icons.clock,
  sent: icons.check,
  direct: icons.doubleCheck,
  delivered: icons.doubleCheck,
  read: icons.doubleCheck,
};

/**
 * The conversation of the contact in context: messages, events, ticks, who is writing. Stays at the end while the reader
 * is there, and says when the newest entry has been on the screen.
 *
 * @fires vc-read-request - The newest entry is on the screen.
 * @fires vc-discard-request - A refused message should go.
 *
 * @csspart note - The bubble of a note between agents.
 */
export class VcTranscript extends VcElement {
  static override styles = [controls, transcriptStyles];

  @state() private newer = false;
  @query('.log') private log!: HTMLElement;
  @query('.rows') private rows!: HTMLElement;
  #id = new Select(this, contactContext, (state) => state.id);
  #own = new Select(this, contactContext, (state) => state.own);
  #transcript = new Select(this, contactContext, (state) => state.transcript);
  #view = new Select(this, contactContext, (state) => state.view);
  #direct = new Select(this, contactContext, (state) => state.direct);
  #typing = new Select(this, contactContext, (state) => state.otherTyping);
  #shownId: string | null | undefined;
  /** Index of the first entry drawn. */
  #start = 0;
  #atEnd = true;
  /** What was on the screen when it settled last. */
  #drawn: Transcript | undefined;
  /** How each row looked when it was drawn last, by its key. */
  #looked = new Map<string, string>();
  /** Where the log stood last. */
  #top = 0;
  #written = 0;
  #head = 0;
  #toldRead = 0;
  /** Distance from the end that must not change when earlier entries are put above. */
  #keepFromEnd: number | null = null;
  #size = new ResizeObserver(() => {
    this.#settle();
    // A box that grew may show the end without being scrolled.
    this.#onScroll();
  });
  #onVisible = (): void => this.#tellRead();

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#onVisible);
    if (this.log) this.#observe();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#onVisible);
    this.#size.disconnect();
  }

  protected override willUpdate(): void {
    const { entries, pending, head } = this.#transcript.value ?? { entries: [], pending: [], head: 0 };
    if (this.#id.value !== this.#shownId || entries.length < this.#start) {
      this.#shownId = this.#id.value;
      this.#atEnd = true;
      this.#start = this.#toldRead = this.#head = 0;
    }
    if (pending.length > this.#written) this.#atEnd = true;
    this.#written = pending.length;
    if (this.#atEnd) this.#start = Math.max(0, entries.length - WINDOW);
    this.newer = !this.#atEnd && (this.newer || head > this.#head);
    this.#head = head;
  }

  protected override render(): TemplateResult {
    const { entries, pending } = this.#transcript.value ?? { entries: [], pending: [] };
    const own = this.#own.value ?? 'visitor';
    const view = this.#view.value;
    const other = own === 'visitor' ? view?.agent?.name : view?.visitor.name;
    const direct = this.#direct.value;
    // A file of the other side may come when there is no server to get it from.
    if (direct) void loadFile();
    const rows = transcriptRows(entries.slice(this.#start), pending, own, view?.cursors, direct);
    const drawn = this.#looked;
    this.#looked = new Map();
    return html`
      <div class="log" role="log" tabindex="0" aria-label=${t('conversation')} @scroll=${this.#onScroll}>
        <div class="rows">
          ${
            this.#start > 0
              ? html`<button class="button small earlier" @click=${this.#showEarlier}>${t('showEarlier')}</button>`
              : nothing
          }
          ${repeat(
            rows,
            ({ key }) => key,
            (row) => this.#unlessDrawn(row, drawn),
          )}
        </div>
      </div>
      ${
        this.#typing.value
          ? html`<div class="typing">
              <span class="dots" aria-hidden="true"><i></i><i></i><i></i></span
              >${t('typing', { name: other ?? t(own === 'visitor' ? 'agent' : 'visitor') })}
            </div>`
          : nothing
      }
      ${
        this.newer
          ? html`<button class="button primary small newer" @click=${this.#toEnd}>
              ${icon(icons.arrowDown)}${t('newMessages')}
            </button>`
          : nothing
      }
    `;
  }

  protected override firstUpdated(): void {
    this.#observe();
  }

  protected override updated(changed: PropertyValues): void {
    if (this.#keepFromEnd !== null) this.log.scrollTop = this.log.scrollHeight - this.#keepFromEnd;
    this.#keepFromEnd = null;
    const transcript = this.#transcript.value;
    // Ticks change no heights, and asking for one lays out the whole page; a jump to the end is asked for by `newer`.
    if (transcript === this.#drawn && !changed.has('newer')) {
      this.#tellRead();
      return;
    }
    this.#drawn = transcript;
    this.#settle();
  }

  /** The box may become smaller, and a file takes its room when what shows it has been loaded. */
  #observe(): void {
    this.#size.observe(this.log);
    this.#size.observe(this.rows);
  }

  /** The reader's name, on the side where it may have been somebody else's conversation before. */
  get #me(): string | undefined {
    return this.#own.value === 'agent' ? this.#view.value?.agent?.name : undefined;
  }

  /** Rows are many and seldom change: one that looks as it was drawn last is not drawn again. */
  #unlessDrawn(row: TranscriptRow, drawn: ReadonlyMap<string, string>): TemplateResult | typeof noChange {
    const looks = this.#looks(row);
    this.#looked.set(row.key, looks);
    return drawn.get(row.key) === looks ? noChange : this.#row(row);
  }

  /** All of a row that may change while it keeps its key. */
  #looks(row: TranscriptRow): string {
    if (row.kind === 'day') return dayText(row.at, Date.now());
    const own = row.kind === 'message' ? [row.status, row.refused, row.first, row.author, row.at] : [];
    // Events of all contacts have the same keys.
    return `${this.#id.value} ${this.#me} ${own}`;
  }

  #row(row: TranscriptRow): TemplateResult {
    if (row.kind === 'message') return this.#message(row);
    if (row.kind === 'day') return html`<div class="day">${dayText(row.at, Date.now())}</div>`;
    // The text of an event may carry a link that one side gave the other.
    return html`<div class="event">${textParts(eventText(row.entry, this.#own.value ?? 'visitor', this.#me)).map(part)}</div>`;
  }

  #message({ key, own, author, text, file, note, at, status, refused, first }: MessageRow): TemplateResult {
    // Most conversations have no files: what shows them comes with the first. Until then the name stands there.
    if (file) void loadFile();
    // Another agent, before this one, was on the same side.
    const mine = own && (!author || author === (this.#me ?? author));
    const time = html`<time datetime=${new Date(at).toISOString()}>${timeText(at)}</time>`;
    return html`
      <div class="message ${own ? 'own' : ''} ${first ? 'first' : ''} ${refused ? 'refused' : ''}">
        ${first ? html`<p class="author ${mine ? 'visually-hidden' : ''}">${mine ? t('you') : author}</p>` : nothing}
        <div class="bubble" part=${note ? 'note' : nothing}>${
          file
            ? html`<vc-file .entry=${file}>${file.name}</vc-file>`
            : html`<span dir="auto">${textParts(text).map(part)}</span>`
        }<span class="meta">${time}${status && !refused ? tick(status) : nothing}</span></div>
        ${
          refused
            ? html`<div class="problem">${t('refused', { reason: refused })}
                <button class="button small" @click=${() => this.#discard(key)}>${t('discard')}</button></div>`
            : nothing
        }
      </div>
    `;
  }

  #onScroll(): void {
    const { scrollHeight, scrollTop, clientHeight } = this.log;
    const wentUp = scrollTop < this.#top;
    this.#top = scrollTop;
    // Away from the end without going up, it was the box that shrank: it settles by itself.
    if (scrollHeight - scrollTop - clientHeight >= NEAR) {
      if (wentUp) this.#atEnd = false;
      return;
    }
    this.#atEnd = true;
    this.newer = false;
    this.#tellRead();
  }

  #showEarlier(): void {
    this.#keepFromEnd = this.log.scrollHeight - this.log.scrollTop;
    this.#atEnd = false;
    this.#start = Math.max(0, this.#start - WINDOW);
    this.requestUpdate();
  }

  #toEnd(): void {
    this.#atEnd = true;
    this.newer = false;
    this.log.focus();
  }

  #settle(): void {
    if (!this.#atEnd) return;
    this.log.scrollTop = this.log.scrollHeight;
    this.#top = this.log.scrollTop;
    this.#tellRead();
  }

  #tellRead(): void {
    const { head } = this.#transcript.value ?? { head: 0 };
    const read = this.#view.value?.cursors[this.#own.value ?? 'visitor'].read ?? head;
    if (!this.#atEnd || head <= Math.max(read, this.#toldRead)) return;
    if (document.visibilityState !== 'visible' || this.log.clientHeight === 0) return;
    this.#toldRead = head;
    request(this, 'vc-read-request', { contact: this.#id.value ?? null });
  }

  #discard(id: string): void {
    request(this, 'vc-discard-request', { contact: this.#id.value ?? null, id });
  }
}

const loadFile = () => fetchCode(() => import('./vc-file.ts')).catch(() => {});

const part = (part: ReturnType<typeof textParts>[number]) =>
  typeof part === 'string'
    ? part
    : html`<a href=${part.href} target="_blank" rel="noopener noreferrer">${part.text}</a>`;

const tick = (status: MessageStatus): TemplateResult =>
  html`<span class="tick" role="img" data-status=${status} aria-label=${t(status)}>${icon(TICKS[status])}</span>`;

definePart('vc-transcript', VcTranscript);

declare global {
  interface HTMLElementTagNameMap {
    'vc-transcript': VcTranscript;
  }
}
