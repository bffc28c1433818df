import { css, html, nothing, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { MAX_NOTE } from '../../../core/protocol/limits.ts';
import { contactContext, type TransferTargets } from '../../store/contact-store.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { request, type VcEventMap } from '../events.ts';
import { controls } from '../parts/controls.ts';
import { Select } from '../select.ts';
import { t } from '../strings/tools.ts';
import { fieldStyles } from './field-styles.ts';
import '../parts/vc-dialog.ts';

type Target = VcEventMap['vc-transfer-request']['to'];

/**
 * Offers the contact in context to a colleague or a service. Asks who is there when it appears.
 *
 * @fires vc-transfer-targets-request
 * @fires vc-transfer-request
 * @fires done - It was offered, or not after all; does not bubble.
 */
export class VcTransfer extends VcElement {
  static override styles = [
    controls,
    fieldStyles,
    css`
      .targets {
        max-block-size: 216px;
        margin-block: 8px 10px;
        overflow-y: auto;
        color: var(--_text);
        scrollbar-width: thin;
      }
      fieldset {
        margin: 0 0 8px;
        padding: 0;
        border: 0;
      }
      legend {
        padding: 0;
        color: var(--_muted);
        font-size: 12px;
        font-weight: 600;
      }
      .target {
        display: flex;
        gap: 10px;
        align-items: center;
        min-block-size: 36px;
        padding-inline: 8px;
        border-radius: var(--_radius-control);
        cursor: pointer;
      }
      .target:hover {
        background: var(--_hover);
      }
      .target:has(:checked) {
        background: var(--_accent-soft);
      }
      .target:has(:disabled) {
        background: none;
        cursor: default;
      }
      .target:has(:disabled) .name {
        color: var(--_muted);
      }
      .target input {
        flex: none;
        inline-size: 16px;
        block-size: 16px;
        margin: 0;
        accent-color: var(--_accent);
      }
      .name {
        flex: 1;
        min-inline-size: 0;
        overflow-wrap: anywhere;
      }
      .state {
        color: var(--_muted);
        font-size: 13px;
      }
      .field {
        color: var(--_text);
      }
    `,
  ];

  @state() private chosen: Target | null = null;
  @state() private problem = '';
  @query('textarea') private note!: HTMLTextAreaElement;
  #contact = new Select(this, contactContext, ({ id }) => id);
  #service = new Select(this, contactContext, ({ view }) => view?.service.id);
  #agent = new Select(this, contactContext, ({ view }) => view?.agent?.id);
  #targets = new Select(this, contactContext, ({ targets }) => targets);

  protected override render() {
    const targets = this.#targets.value;
    return html`
      <vc-dialog heading=${t('transfer')} @cancel=${this.#done}>
        <div class="targets">
          ${targets ? this.#renderTargets(targets) : html`<p role="status">${t('transferLoading')}</p>`}
        </div>
        <label class="field">${t('transferNote')}
          <textarea rows="2" aria-describedby="hint" @input=${this.#clear}></textarea>
        </label>
        <p class="hint" id="hint">${t('transferNoteHint')}</p>
        <p class="wrong" role="alert" ?hidden=${!this.problem}>${this.problem || nothing}</p>
        <button slot="actions" class="button primary" type="button" @click=${this.#offer}>${t('offer')}</button>
        <button slot="actions" class="button outline" type="button" @click=${this.#done}>${t('cancel')}</button>
      </vc-dialog>
    `;
  }

  protected override firstUpdated(): void {
    request(this, 'vc-transfer-targets-request', { contact: this.#contact.value ?? null });
  }

  #renderTargets({ agents, services }: TransferTargets) {
    const others = agents.filter(({ id }) => id !== this.#agent.value);
    const elsewhere = services.filter(({ id }) => id !== this.#service.value);
    if (others.length + elsewhere.length === 0) return html`<p>${t('nobodyElse')}</p>`;
    return html`
      ${renderGroup(
        t('agents'),
        others.map(({ id, name, state, free }) => {
          const room = free > 0 ? t('free', { count: free }) : t('full');
          const ready = state === 'available';
          return this.#renderTarget({ kind: 'agent', id }, name, ready ? room : t(state), !ready || free < 1);
        }),
      )}
      ${renderGroup(
        t('services'),
        elsewhere.map(({ id, name, staffed }) =>
          this.#renderTarget({ kind: 'service', id }, name, t(staffed ? 'staffed' : 'unstaffed'), false),
        ),
      )}
    `;
  }

  #renderTarget(target: Target, name: string, says: string, disabled: boolean): TemplateResult {
    const chosen = this.chosen?.kind === target.kind && this.chosen.id === target.id;
    return html`
      <label class="target">
        <input type="radio" name="target" .checked=${chosen} ?disabled=${disabled} @change=${() => this.#choose(target)} />
        <span class="name">${name}</span> <span class="state">${says}</span>
      </label>
    `;
  }

  #choose(target: Target): void {
    this.chosen = target;
    this.#clear();
  }

  #clear(): void {
    this.problem = '';
  }

  #offer(): void {
    const note = this.note.value.trim();
    if (!this.chosen) {
      this.problem = t('transferChoose');
      this.renderRoot.querySelector<HTMLElement>('input:enabled')?.focus();
    } else if (note.length > MAX_NOTE) {
      this.problem = t('transferTooLong', { length: note.length, limit: MAX_NOTE });
      this.note.focus();
    } else {
      request(this, 'vc-transfer-request', { contact: this.#contact.value ?? null, to: this.chosen, note });
      this.#done();
    }
  }

  #done(): void {
    this.dispatchEvent(new Event('done'));
  }
}

const renderGroup = (title: string, targets: readonly TemplateResult[]) =>
  targets.length > 0 ? html`<fieldset><legend>${title}</legend>${targets}</fieldset>` : nothing;

definePart('vc-transfer', VcTransfer);

declare global {
  interface HTMLElementTagNameMap {
    'vc-transfer': VcTransfer;
  }
}
