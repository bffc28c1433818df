import { css, html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { contactContext, type Upload } from '../../store/contact-store.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { request } from '../events.ts';
import * as fileIcons from '../file-icons.ts';
import { icon } from '../icon.ts';
import * as icons from '../icons.ts';
import { Select } from '../select.ts';
import { sizeText } from '../size-text.ts';
import { t } from '../strings/files.ts';
import { controls } from './controls.ts';
import { FileDrop } from './file-drop.ts';
import { type Refusal, refusalOf } from './file-limits.ts';

/**
 * Adds files to a composer it is slotted into: a button, the files on their way, and those that were not taken, with the
 * reason. Files may also be dropped on the `zone` and pasted into the composer.
 *
 * @fires vc-file-request
 * @fires vc-file-cancel-request
 */
export class VcAttach extends VcElement {
  static override styles = [
    controls,
    css`
      :host {
        display: contents;
      }
      /* One row above the text field, in the box of the composer. */
      .files {
        flex: 0 0 100%;
        order: -1;
        max-block-size: 148px;
        margin: 0;
        padding: 6px 6px 0 14px;
        overflow-y: auto;
        list-style: none;
        scrollbar-width: thin;
      }
      li {
        display: flex;
        gap: 10px;
        align-items: center;
      }
      .facts {
        flex: 1;
        min-inline-size: 0;
        font-size: 13px;
        line-height: 1.35;
      }
      .facts p {
        margin: 0;
      }
      .name {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .state {
        color: var(--_muted);
        font-size: 12px;
        font-variant-numeric: tabular-nums;
      }
      [data-refused] .state {
        color: var(--_danger-text);
      }
      [role='progressbar'] {
        block-size: 4px;
        margin-block: 3px;
        overflow: hidden;
        border-radius: 2px;
        background: var(--_raised);
      }
      .bar {
        block-size: 100%;
        background: var(--_accent);
        transform-origin: left;
        scale: var(--_part) 1;
        transition: scale var(--_motion);
      }
      :host(:dir(rtl)) .bar {
        transform-origin: right;
      }
      .add {
        margin: 1px;
        color: var(--_muted);
        border-radius: calc(var(--_radius) * 0.75);
        /* The text field beside it has room of its own before the text. */
        margin-inline-end: -11px;
      }
      .drop {
        position: absolute;
        inset: 0;
        display: grid;
        place-items: center;
        border: 2px dashed var(--_accent-text);
        border-radius: inherit;
        background: var(--_surface);
        color: var(--_accent-text);
        font-weight: 550;
        pointer-events: none;
      }
      @media (forced-colors: active) {
        .bar {
          background: Highlight;
          forced-color-adjust: none;
        }
      }
    `,
  ];

  /** What may be sent, as in the `accept` of an input; empty: anything. */
  @property() accept = '';
  /** Bytes of the largest file; 0: files cannot be sent. */
  @property({ type: Number }) maxBytes = 0;
  /** Where files may be dropped; by default the composer. */
  @property({ attribute: false }) zone: HTMLElement | null = null;
  @state() private refused: readonly Refusal[] = [];
  @query('input') private input!: HTMLInputElement;
  #id = new Select(this, contactContext, (state) => state.id);
  #uploads = new Select(this, contactContext, (state) => state.uploads);
  #ended = new Select(this, contactContext, (state) => state.view?.phase === 'ended');
  #drop = new FileDrop(
    this,
    () => (this.#open ? { zone: this.zone ?? this.parentElement, composer: this.parentElement } : null),
    (files) => this.#take(files),
  );
  #shownId: string | null | undefined;

  protected override willUpdate(): void {
    // The first file of a visitor opens the contact: what was refused before belongs to it.
    if (this.#shownId && this.#id.value !== this.#shownId) this.refused = [];
    this.#shownId = this.#id.value;
  }

  protected override render(): TemplateResult | typeof nothing {
    const uploads = this.#uploads.value ?? [];
    return html`
      ${
        uploads.length + this.refused.length > 0
          ? html`<ul class="files" aria-label=${t('uploads')}>
              ${repeat(
                uploads,
                ({ id }) => id,
                (upload) => this.#renderUpload(upload),
              )}
              ${this.refused.map((refusal) => this.#renderRefusal(refusal))}
            </ul>`
          : nothing
      }
      ${
        this.#open
          ? html`
            <button class="button icon-button add" type="button" aria-label=${t('attach')} title=${t('attach')}
              @click=${this.#choose}>${icon(fileIcons.attach)}</button>
            <input type="file" multiple hidden accept=${this.accept || nothing} @change=${this.#chosen} />
            ${this.#drop.over ? html`<div class="drop">${t('dropHere')}</div>` : nothing}`
          : nothing
      }
      <div class="visually-hidden" role="alert">${this.refused.map(({ name, reason }) => `${name}: ${reason} `)}</div>
    `;
  }

  protected override updated(): void {
    for (const [at, { sent, size }] of (this.#uploads.value ?? []).entries()) {
      const bar = this.renderRoot
        .querySelectorAll<HTMLElement>('[data-id]')
        [at]?.querySelector<HTMLElement>('.bar');
      bar?.style.setProperty('--_part', String(size > 0 ? sent / size : 0));
    }
  }

  get #open(): boolean {
    return this.maxBytes > 0 && !this.#ended.value;
  }

  #renderUpload({ id, name, sent, size, problem, incoming }: Upload): TemplateResult {
    const progress = t('sentOf', { sent: sizeText(sent), size: sizeText(size) });
    return html`
      <li data-id=${id} ?data-refused=${problem !== null}>
        <div class="facts">
          <p class="name">${name}</p>
          ${
            problem === null
              ? html`<div role="progressbar" aria-label=${t(incoming ? 'receiving' : 'sending', { name })} aria-valuemin="0" aria-valuemax=${size}
                  aria-valuenow=${sent} aria-valuetext=${progress}><div class="bar"></div></div>
                  <p class="state">${progress}</p>`
              : html`<p class="state" role="alert">${problem}</p>`
          }
        </div>
        ${remove(t(problem !== null ? 'dismissFile' : incoming ? 'declineFile' : 'cancelFile', { name }), () => this.#cancel(id))}
      </li>
    `;
  }

  #renderRefusal(refusal: Refusal): TemplateResult {
    const { name, reason } = refusal;
    return html`
      <li data-refused>
        <div class="facts"><p class="name">${name}</p><p class="state">${reason}</p></div>
        ${remove(t('dismissFile', { name }), () => (this.refused = this.refused.filter((each) => each !== refusal)))}
      </li>
    `;
  }

  #choose(): void {
    this.input.click();
  }

  #chosen(): void {
    this.#take([...(this.input.files ?? [])]);
    // The same file may be chosen again.
    this.input.value = '';
  }

  #take(files: readonly File[]): void {
    const judged = files.map((file) => ({ file, refusal: refusalOf(file, this.accept, this.maxBytes) }));
    this.refused = judged.flatMap(({ refusal }) => refusal ?? []);
    const taken = judged.filter(({ refusal }) => !refusal).map(({ file }) => file);
    if (taken.length > 0) request(this, 'vc-file-request', { contact: this.#id.value ?? null, files: taken });
  }

  #cancel(id: string): void {
    request(this, 'vc-file-cancel-request', { contact: this.#id.value ?? null, id });
  }
}

const remove = (name: string, act: () => void): TemplateResult => html`
  <button class="button icon-button small" type="button" aria-label=${name} title=${name} @click=${act}>
    ${icon(icons.close)}
  </button>
`;

definePart('vc-attach', VcAttach);

declare global {
  interface HTMLElementTagNameMap {
    'vc-attach': VcAttach;
  }
}
