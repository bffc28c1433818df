import { css, html, nothing } from 'lit';
import { state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { RecordingItem } from '../../store/recordings-store.ts';
import { recordingsContext } from '../../store/recordings-store.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { request } from '../events.ts';
import { icon } from '../icon.ts';
import * as icons from '../icons.ts';
import { controls } from '../parts/controls.ts';
import { Select } from '../select.ts';
import { sizeText } from '../size-text.ts';
import { t } from '../strings/console.ts';
import '../parts/vc-dialog.ts';

/** Recordings kept on this device: to save, to recover after a crash, to throw away. Nothing while there are none. */
export class VcRecordings extends VcElement {
  static override styles = [
    controls,
    css`
      :host {
        display: contents;
      }
      section {
        position: relative;
        overflow: hidden;
        border: 1px solid var(--_line);
        border-radius: var(--_radius);
        background: var(--_surface);
      }
      h2 {
        margin: 0;
        padding: 10px 16px 2px;
        font-size: 13px;
        font-weight: 600;
      }
      ul {
        max-block-size: 208px;
        margin: 0;
        padding: 0 8px 6px 16px;
        overflow-y: auto;
        list-style: none;
        scrollbar-width: thin;
      }
      li {
        display: flex;
        align-items: center;
        gap: 2px;
        padding-block: 4px;
      }
      li + li {
        border-block-start: 1px solid var(--_line);
      }
      .facts {
        flex: 1;
        min-inline-size: 0;
        line-height: 1.35;
      }
      .name,
      .state {
        margin: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .state {
        color: var(--_muted);
        font-size: 13px;
        font-variant-numeric: tabular-nums;
      }
      [data-status='recording'] .state,
      [data-status='failed'] .state {
        color: var(--_danger-text);
      }
      [data-status='unfinished'] .state {
        white-space: normal;
        color: var(--_warning-text);
      }
      vc-dialog {
        padding: 8px;
      }
      /* Above the conversations every line counts. */
      @container (width < 1024px) {
        section {
          display: grid;
          grid-template-columns: auto minmax(0, 1fr);
          align-items: start;
        }
        h2 {
          padding: 14px 0 0 16px;
        }
        ul {
          max-block-size: 104px;
          padding-block: 2px;
        }
        li {
          min-block-size: 44px;
        }
        .facts {
          display: flex;
          flex-wrap: wrap;
          gap: 0 10px;
        }
        vc-dialog {
          grid-column: 1 / -1;
        }
      }
    `,
  ];

  @state() private discarding: string | null = null;
  #items = new Select(this, recordingsContext, ({ items }) => items);

  protected override render() {
    const items = this.#items.value ?? [];
    if (items.length === 0) return nothing;
    const discarding = items.find(({ id }) => id === this.discarding);
    return html`
      <section aria-label=${t('recordings')}>
        <h2>${t('recordings')}</h2>
        <ul>
          ${repeat(
            items,
            ({ id }) => id,
            (item) => this.#renderItem(item),
          )}
        </ul>
        ${discarding ? this.#renderQuestion(discarding) : nothing}
      </section>
    `;
  }

  #renderItem(item: RecordingItem) {
    const { id, name, status, size } = item;
    return html`
      <li data-status=${status}>
        <div class="facts">
          <p class="name">${name}</p>
          <p class="state" role="status">${stateText(item)}${size > 0 ? ` · ${sizeText(size)}` : ''}</p>
        </div>
        ${renderWayOut(item, () => request(this, 'vc-recording-save-request', { recording: id }))}
        ${
          status === 'recording' || status === 'finishing'
            ? nothing
            : html`<button class="button icon-button small" type="button" aria-label=${t('discardRecording', { name })} title=${t('discard')}
                @click=${() => this.#askToDiscard(id)}>${icon(icons.trash)}</button>`
        }
      </li>
    `;
  }

  #renderQuestion({ id, name }: RecordingItem) {
    return html`
      <vc-dialog heading=${t('discardRecordingQuestion')} @cancel=${this.#keep}>
        ${t('discardRecordingMeans', { name })}
        <button slot="actions" class="button danger" type="button" @click=${() => this.#discard(id)}>${t('discard')}</button>
        <button slot="actions" class="button outline" type="button" @click=${this.#keep}>${t('cancel')}</button>
      </vc-dialog>
    `;
  }

  #askToDiscard(id: string): void {
    this.discarding = id;
  }

  #keep(): void {
    this.discarding = null;
  }

  #discard(id: string): void {
    request(this, 'vc-recording-discard-request', { recording: id });
    this.discarding = null;
  }
}

/** Saves what is ready, and makes a file of what is not yet one. */
function renderWayOut({ name, status, url, fileName }: RecordingItem, finish: () => void) {
  if (status === 'ready' && url)
    return html`
      <a class="button outline small" href=${url} download=${fileName} aria-label=${t('saveRecording', { name })}>
        ${t('save')}
      </a>
    `;
  if (status !== 'unfinished' && status !== 'failed') return nothing;
  return html`
    <button class="button outline small" type="button" aria-label=${t('recoverRecording', { name })} @click=${finish}>${t('recover')}</button>
  `;
}

function stateText({ status, problem }: RecordingItem): string {
  switch (status) {
    case 'recording':
      return t('recordingRunning');
    case 'unfinished':
      return t('recordingUnfinished');
    case 'finishing':
      return t('recordingFinishing');
    case 'ready':
      return t('recordingReady');
    case 'failed':
      return problem ? t('recordingFailed', { problem }) : t('recordingFailedUnknown');
  }
}

definePart('vc-recordings', VcRecordings);

declare global {
  interface HTMLElementTagNameMap {
    'vc-recordings': VcRecordings;
  }
}
