import { css, html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { FileEntry, LogEntry } from '../../../core/protocol/server-frames.ts';
import { contactContext } from '../../store/contact-store.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import * as fileIcons from '../file-icons.ts';
import { icon } from '../icon.ts';
import { Select } from '../select.ts';
import { sizeText } from '../size-text.ts';
import { t } from '../strings/tools.ts';
import { unloggedFiles } from './unlogged-files.ts';
import { visitTime } from './visit-time.ts';
import '../parts/vc-file.ts';

/** All files of the contact in context, newest first: from whom, when, how large. */
export class VcContactFiles extends VcElement {
  static override styles = css`
    :host {
      padding: 16px;
    }
    ul {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(min(100%, 232px), 1fr));
      gap: 12px;
      margin: 0;
      padding: 0;
      list-style: none;
    }
    li {
      display: flex;
      flex-direction: column;
      gap: 8px;
      justify-content: space-between;
      min-inline-size: 0;
      padding: 12px;
      border: 1px solid var(--_line);
      border-radius: var(--_radius-control);
    }
    p {
      margin: 0;
      overflow-wrap: anywhere;
    }
    .more {
      display: block;
      color: var(--_muted);
      font-size: 13px;
    }
    .empty {
      display: grid;
      justify-items: center;
      gap: 4px;
      padding: 32px 16px;
      color: var(--_muted);
      text-align: center;
      text-wrap: balance;
    }
    .empty svg {
      inline-size: 32px;
      block-size: 32px;
      margin-block-end: 4px;
      stroke-width: 1.25;
    }
    .empty b {
      color: var(--_text);
      font-weight: 600;
    }
  `;

  #state = new Select(this, contactContext, (state) => state);

  protected override render() {
    const state = this.#state.value;
    const files = state ? [...filesOf(state.transcript.entries), ...unloggedFiles(state)].toReversed() : [];
    if (files.length === 0)
      return html`<div class="empty">${icon(fileIcons.document)}<b>${t('noFiles')}</b><p>${t('noFilesMore')}</p></div>`;
    return html`
      <ul aria-label=${t('files')}>
        ${repeat(
          files,
          ({ id }) => id,
          (file) => html`
            <li>
              <vc-file .entry=${file}></vc-file>
              <p>${file.width === null ? '' : file.name}
                <span class="more">${[sizeText(file.size), file.author.name, visitTime(file.at)].join(' · ')}</span></p>
            </li>
          `,
        )}
      </ul>
    `;
  }
}

const filesOf = (entries: readonly LogEntry[]): FileEntry[] =>
  entries.filter((entry) => entry.kind === 'file');

definePart('vc-contact-files', VcContactFiles);

declare global {
  interface HTMLElementTagNameMap {
    'vc-contact-files': VcContactFiles;
  }
}
