import { html, nothing } from 'lit';
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
import { placePopover } from '../parts/place-popover.ts';
import { reasonOf } from '../parts/reason.ts';
import { Select } from '../select.ts';
import { sizeText } from '../size-text.ts';
import { t } from '../strings/recordings.ts';
import { recordingsStyles } from './recordings-styles.ts';
import '../parts/vc-dialog.ts';

/**
 * Recordings on this device: those that run, those on their way to the server, and those to save, to recover after a crash, to
 * throw away. Nothing while there are none.
 *
 * @fires vc-recording-finish-request
 * @fires vc-recording-send-request
 * @fires vc-recording-mp4-request
 * @fires vc-recording-discard-request
 */
export class VcRecordings extends VcElement {
  static override styles = [controls, recordingsStyles];

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
    const { name, status, size, sent } = item;
    const isOnItsWay = status === 'sending' || status === 'waiting';
    return html`
      <li data-status=${status}>
        <div class="facts">
          <p class="name">${name}</p>
          <p class="state"><span role="status">${stateText(item)}</span>${sizeOf(item)}</p>
        </div>
        <div class="actions">${this.#renderActions(item)}</div>
        ${isOnItsWay ? html`<progress max=${size} .value=${sent} aria-label=${t('uploadOf', { name })}></progress>` : nothing}
        ${item.problem ? html`<p class="more problem" role="alert">${reasonOf(item.problem)}</p>` : nothing}
        ${item.room === null ? nothing : html`<p class="more room" role="alert">${roomText(item.room)}</p>`}
      </li>
    `;
  }

  #renderActions(item: RecordingItem) {
    const { id, name, status } = item;
    const send = (on: boolean) => () => request(this, 'vc-recording-send-request', { recording: id, on });
    const finish = () => request(this, 'vc-recording-finish-request', { recording: id });
    switch (status) {
      case 'recording':
      case 'finishing':
        return nothing;
      case 'unfinished':
      case 'failed':
        return [textButton(t('recover'), t('recoverRecording', { name }), finish), this.#discardButton(item)];
      case 'sending':
      case 'waiting':
        return [this.#saveMenu(item), roundButton(icons.close, t('stopUpload', { name }), send(false))];
      case 'kept':
        return [
          this.#saveMenu(item),
          roundButton(icons.close, t('dismissRecording', { name }), () => this.#discard(id)),
        ];
      case 'local':
        return [
          textButton(t('upload'), t('uploadRecording', { name }), send(true)),
          this.#saveMenu(item),
          this.#discardButton(item),
        ];
    }
  }

  #discardButton({ id, name }: RecordingItem) {
    return roundButton(icons.trash, t('discardRecording', { name }), () => {
      this.discarding = id;
    });
  }

  #saveMenu({ id, name, url, fileName, mp4 }: RecordingItem) {
    const toMp4 = () => request(this, 'vc-recording-mp4-request', { recording: id });
    const label = t('saveRecording', { name });
    return html`
      <button class="button outline small" type="button" popovertarget=${`formats-${id}`} aria-label=${label}>${t('save')}</button>
      <div class="formats" id=${`formats-${id}`} popover role="group" aria-label=${label} @toggle=${this.#place}>
        <a class="button small" href=${url ?? ''} download=${fileName} @click=${close}>${t('asWebm')}</a>
        ${
          mp4
            ? html`<button class="button small" type="button" popovertarget=${`formats-${id}`} popovertargetaction="hide"
                @click=${toMp4}>${t('asMp4')}</button>`
            : html`<p>${t('noMp4')}</p>`
        }
      </div>
    `;
  }

  #place({ currentTarget, newState }: ToggleEvent): void {
    const menu = currentTarget as HTMLElement;
    const opener = menu.previousElementSibling;
    if (newState === 'open' && opener) placePopover(menu, opener);
  }

  #renderQuestion({ id, name }: RecordingItem) {
    return html`
      <vc-dialog heading=${t('discardQuestion')} @cancel=${this.#keep}>
        ${t('discardMeans', { name })}
        <button slot="actions" class="button danger" type="button" @click=${() => this.#discard(id)}>${t('discard')}</button>
        <button slot="actions" class="button outline" type="button" @click=${this.#keep}>${t('cancel')}</button>
      </vc-dialog>
    `;
  }

  #keep(): void {
    this.discarding = null;
  }

  #discard(id: string): void {
    request(this, 'vc-recording-discard-request', { recording: id });
    this.discarding = null;
  }
}

/** A link in a menu closes it, as a button does by its attributes. */
function close({ currentTarget }: Event): void {
  (currentTarget as Element).closest<HTMLElement>('[popover]')?.hidePopover();
}

const textButton = (text: string, label: string, press: () => void) =>
  html`<button class="button outline small" type="button" aria-label=${label} @click=${press}>${text}</button>`;

const roundButton = (image: string, label: string, press: () => void) => html`
  <button class="button icon-button small" type="button" aria-label=${label} title=${label} @click=${press}>${icon(image)}</button>
`;

/** Of one that is on its way, how much of it is there. */
function sizeOf({ status, size, sent }: RecordingItem) {
  if (size === 0) return nothing;
  const text = sizeText(size);
  const isOnItsWay = status === 'sending' || status === 'waiting';
  const shown = isOnItsWay ? t('percentOf', { percent: Math.floor((100 * sent) / size), size: text }) : text;
  return html` · <span class="size">${shown}</span>`;
}

function stateText({ status, problem }: RecordingItem): string {
  switch (status) {
    case 'recording':
      return t('running');
    case 'unfinished':
      return t('unfinished');
    case 'finishing':
      return t('finishing');
    case 'sending':
      return t('sending');
    case 'waiting':
      return t('waiting');
    case 'kept':
      return t('kept');
    case 'local':
      return problem ? t('notSent') : t('local');
    case 'failed':
      return t('failed');
  }
}

/** In whole minutes, so that it is not said again every second. */
function roomText(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 1) return t('roomSeconds');
  return minutes === 1 ? t('roomMinute') : t('roomMinutes', { count: minutes });
}

definePart('vc-recordings', VcRecordings);

declare global {
  interface HTMLElementTagNameMap {
    'vc-recordings': VcRecordings;
  }
}
