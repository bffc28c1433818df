import { ContextProvider } from '@lit/context';
import { html, nothing, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { CallHandle, CallState } from '../../store/call-handle.ts';
import { callContext } from '../../store/call-handle.ts';
import type { ContactState, ReadableContactStore } from '../../store/contact-store.ts';
import { contactContext, createContactStore } from '../../store/contact-store.ts';
import type { ReadableStore } from '../../store/store.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { request } from '../events.ts';
import { Follow } from '../follow.ts';
import { connectCallRequests } from '../media-bar/call-requests.ts';
import { controls } from '../parts/controls.ts';
import { t } from '../strings/console.ts';
import { t as shared } from '../strings/shared.ts';
import { avatar, avatarStyles } from './avatar.ts';
import { contactPanelStyles } from './contact-panel-styles.ts';
import { createNoteStore, noteContext } from './note-draft.ts';
import { wantedCall } from './vc-call-request.ts';
import type { VcPanelTabs } from './vc-panel-tabs.ts';
import '../parts/vc-dialog.ts';
import './vc-panel-call.ts';
import './vc-panel-header.ts';
import './vc-panel-row.ts';
import './vc-panel-tabs.ts';
import './vc-transfer.ts';

/** One contact on the desk: a row while it is collapsed, else the conversation with all its channels. */
export class VcContactPanel extends VcElement {
  static override styles = [controls, avatarStyles, contactPanelStyles];

  @property({ attribute: false }) contact: ReadableContactStore | null = null;
  /** The call of this contact on this page. */
  @property({ attribute: false }) call: ReadableStore<{ readonly handle: CallHandle | null }> | null = null;
  @property({ type: Boolean, reflect: true }) expanded = false;
  /** Other panels are there, too: where it is wide enough they stand beside the expanded one. */
  @property({ type: Boolean, reflect: true }) beside = false;
  /** The question that is open. */
  @state() private question: 'close' | 'transfer' | null = null;
  @query('vc-panel-tabs') private tabs!: VcPanelTabs | null;
  #contact = new Follow(this, () => this.contact);
  #call = new Follow(this, () => this.call);
  #media = new Follow(this, () => this.#call.state?.handle?.store ?? null);
  #contactProvider = new ContextProvider(this, {
    context: contactContext,
    initialValue: createContactStore('agent'),
  });
  #callProvider = new ContextProvider(this, { context: callContext, initialValue: null });
  #listening: AbortController | null = null;

  constructor() {
    super();
    new ContextProvider(this, { context: noteContext, initialValue: createNoteStore() });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#listening = new AbortController();
    connectCallRequests(this, () => this.#call.state?.handle ?? null, this.#listening.signal);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#listening?.abort();
  }

  /** Asks whether the contact shall be closed. */
  askToClose(): void {
    this.question = 'close';
  }

  /** Sets the focus where a reply is written. */
  async reply(): Promise<void> {
    await this.tabs?.reply();
  }

  protected override willUpdate(): void {
    if (this.contact) this.#contactProvider.setValue(this.contact);
    this.#callProvider.setValue(this.#call.state?.handle ?? null);
    const contact = this.#contact.state;
    this.toggleAttribute('asked', contact !== null && wantedCall(contact) !== null);
    if (!this.expanded || contact?.view?.phase !== 'assigned') this.question = null;
  }

  protected override render() {
    const contact = this.#contact.state;
    const name = contact?.view?.visitor.name ?? shared('visitor');
    const asked = contact !== null && wantedCall(contact) !== null;
    const calling = contact?.view?.call && !(asked && contact.view.call.status === 'asking');
    const { expanded } = this;
    return html`
      <article aria-label=${name} ?data-expanded=${expanded} ?data-asked=${asked}>
        ${expanded ? html`<div class="place">${avatar(name)}<span data-name=${name}></span></div>` : html`<vc-panel-row></vc-panel-row>`}
        <div class="body" ?hidden=${!expanded}>
          ${expanded ? html`<vc-panel-header @close=${this.askToClose} @transfer=${this.#askToTransfer}></vc-panel-header>` : nothing}
          <div class="main" ?data-call=${calling} data-stage=${stageOf(this.#media.state)}>
            ${calling ? html`<vc-panel-call></vc-panel-call>` : nothing}
            ${expanded ? this.#renderTalk(contact) : nothing}
          </div>
          ${expanded ? this.#renderQuestion(name) : nothing}
        </div>
        ${asked ? html`<vc-call-request class="asked"></vc-call-request>` : nothing}
      </article>
    `;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('expanded') && this.expanded && navigator.userActivation?.isActive && isFocusFree())
      this.#offerToReply();
  }

  #renderTalk(contact: ContactState | null) {
    return contact?.view
      ? html`<vc-panel-tabs class="talk" .zone=${this}></vc-panel-tabs>`
      : html`<p class="loading" role="status">${t('loading')}</p>`;
  }

  #renderQuestion(name: string) {
    if (this.question === 'transfer')
      return html`<vc-transfer class="question" @done=${this.#stay}></vc-transfer>`;
    if (this.question !== 'close') return nothing;
    return html`
      <vc-dialog class="question" heading=${t('closeContactQuestion')} @cancel=${this.#stay}>
        ${t('closeContactMeans', { name })}
        <button slot="actions" class="button danger" type="button" @click=${this.#close}>${t('closeContact')}</button>
        <button slot="actions" class="button outline" type="button" @click=${this.#stay}>${t('cancel')}</button>
      </vc-dialog>
    `;
  }

  #askToTransfer(): void {
    this.question = 'transfer';
  }

  #stay(): void {
    this.question = null;
  }

  #close(): void {
    const contact = this.#contact.state?.id;
    if (contact) request(this, 'vc-end-request', { contact });
    this.question = null;
  }

  #offerToReply(): void {
    // On a touch screen this would bring the keyboard up over what the agent wants to read first.
    if (matchMedia('(pointer: fine)').matches) void this.reply();
  }
}

/** Whether nothing has the focus, or only what brought the panel here, and has done its work. */
function isFocusFree(): boolean {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  const root = active?.getRootNode();
  const within = root instanceof ShadowRoot ? root.host.localName : null;
  return active === document.body || within === 'vc-waiting' || within === 'vc-waiting-entry';
}

/** How much room the call wants: a line, a picture beside the conversation, or all there is. */
function stageOf(call: CallState | null): 'line' | 'picture' | 'expanded' {
  if (!call || call.status === 'ended') return 'line';
  if (call.expanded) return 'expanded';
  return call.kind === 'video' || call.own.camera || call.other.camera ? 'picture' : 'line';
}

definePart('vc-contact-panel', VcContactPanel);

declare global {
  interface HTMLElementTagNameMap {
    'vc-contact-panel': VcContactPanel;
  }
}
