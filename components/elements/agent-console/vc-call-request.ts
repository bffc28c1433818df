import { html, nothing } from 'lit';
import type { CallKind } from '../../../core/contact/model.ts';
import type { ContactState } from '../../store/contact-store.ts';
import { contactContext } from '../../store/contact-store.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { request } from '../events.ts';
import { icon } from '../icon.ts';
import * as icons from '../icons.ts';
import { controls } from '../parts/controls.ts';
import { Select } from '../select.ts';
import { t } from '../strings/console.ts';
import { t as prompts } from '../strings/prompts.ts';
import { t as shared } from '../strings/shared.ts';
import '../parts/vc-dialog.ts';

/** Asks the agent to accept or decline the call the visitor of the contact in context wants. */
export class VcCallRequest extends VcElement {
  static override styles = controls;

  #contact = new Select(this, contactContext, ({ id }) => id);
  #name = new Select(this, contactContext, ({ view }) => view?.visitor.name);
  #wanted = new Select(this, contactContext, wantedCall);

  protected override render() {
    const kind = this.#wanted.value;
    if (!kind) return nothing;
    const name = this.#name.value ?? shared('visitor');
    return html`
      <vc-dialog passive heading=${prompts(kind === 'video' ? 'videoCallRequest' : 'voiceCallRequest')}>
        ${t(kind === 'video' ? 'asksForVideo' : 'asksForVoice', { name })}
        <button slot="actions" class="button primary" type="button" @click=${() => this.#answer(kind)}>
          ${icon(kind === 'video' ? icons.video : icons.phone)} ${prompts('accept')}
        </button>
        <button slot="actions" class="button outline" type="button" @click=${() => this.#answer('decline')}>
          ${prompts('decline')}
        </button>
      </vc-dialog>
    `;
  }

  #answer(answer: CallKind | 'decline'): void {
    const contact = this.#contact.value;
    if (!contact) return;
    request(this, 'vc-call-answer-request', { contact, answer });
    if (answer !== 'decline') request(this, 'vc-panel-expand-request', { contact });
  }
}

/** The kind of call the visitor asks for just now: a first one, or a picture in a running voice call. */
export function wantedCall({ view }: ContactState): CallKind | null {
  const call = view?.call;
  if (!call) return null;
  if (call.status === 'asking') return call.askedBy === 'visitor' ? call.kind : null;
  return call.upgradeBy === 'visitor' ? 'video' : null;
}

definePart('vc-call-request', VcCallRequest);

declare global {
  interface HTMLElementTagNameMap {
    'vc-call-request': VcCallRequest;
  }
}
