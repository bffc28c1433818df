import { css, html, nothing } from 'lit';
import { state } from 'lit/decorators.js';
import { isOnHold } from '../../../core/contact/hold.ts';
import { callContext } from '../../store/call-handle.ts';
import type { ContactState } from '../../store/contact-store.ts';
import { contactContext } from '../../store/contact-store.ts';
import { fetchCode } from '../../store/fetch-code.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { request } from '../events.ts';
import { controls } from '../parts/controls.ts';
import { Select } from '../select.ts';
import { t } from '../strings/console.ts';
import { hindranceText } from './permission-text.ts';

/** Pictures and controls of the contact's call, whose code is fetched with the first call; or why they are not here. */
export class VcPanelCall extends VcElement {
  static override styles = [
    controls,
    css`
      :host {
        display: grid;
        grid-template-rows: minmax(0, 1fr) auto auto;
        min-inline-size: 0;
        min-block-size: 0;
        color-scheme: dark;
        background: var(--_stage);
        color: var(--_on-stage);
      }
      .note {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: center;
        align-self: center;
        gap: 8px 12px;
        margin: 0;
        padding: 14px 16px;
        text-align: center;
      }
      .hold {
        padding-block: 10px;
      }
      /* Where there is little room, the call and its controls need it. */
      @media (width < 600px) {
        .hold {
          justify-content: space-between;
          padding-block: 4px;
        }
        .means {
          display: none;
        }
      }
      .hindrance {
        margin: 0;
        padding: 8px 16px;
        background: var(--_warning-soft);
        color: var(--_warning-text);
        font-size: 13px;
        text-align: center;
      }
      .hindrance:empty {
        display: none;
      }
    `,
  ];

  @state() private failed = false;
  #status = new Select(this, callContext, ({ status }) => status);
  #held = new Select(this, callContext, ({ own }) => isOnHold(own));
  #call = new Select(this, contactContext, stateOfCall);
  #contact = new Select(this, contactContext, ({ id }) => id);
  #name = new Select(this, contactContext, ({ view }) => view?.visitor.name);
  #hindrance = new Select(this, contactContext, hindranceOf);

  protected override willUpdate(): void {
    if (this.#here && !this.failed) void this.#load();
  }

  protected override render() {
    if (this.#here && this.failed) return this.#renderFailure();
    if (this.#here)
      return html`
        <vc-call-area .beside=${miniDesk}></vc-call-area>
        <div role="status">${this.#status.value !== 'waiting' && this.#held.value ? this.#renderHold() : nothing}</div>
        <p class="hindrance" role="status">${this.#hindrance.value}</p>
      `;
    const note = this.#note;
    return note ? html`<p class="note" role="status">${note}</p>` : nothing;
  }

  #renderHold() {
    const resume = () => request(this, 'vc-call-resume-request', { contact: this.#contact.value ?? null });
    return html`
      <p class="note hold">
        <span><b>${t('onHold')}</b><span class="means"> · ${t('onHoldMeans', { name: this.#name.value ?? '' })}</span></span>
        <button class="button small primary" type="button" @click=${resume}>${t('resume')}</button>
      </p>
    `;
  }

  #renderFailure() {
    return html`
      <p class="note" role="alert">
        ${t('callFailed')} <button class="button small outline" type="button" @click=${this.#retry}>${t('tryAgain')}</button>
      </p>
    `;
  }

  /** Whether the media are on this page. */
  get #here(): boolean {
    return this.#status.value !== undefined && this.#status.value !== 'ended';
  }

  get #note(): string {
    switch (this.#call.value) {
      case 'asked':
        return t('callWaiting', { name: this.#name.value ?? '' });
      case 'connecting':
        return t('callStarting');
      case 'active':
        return t('callElsewhere');
      default:
        return '';
    }
  }

  /** All that an agent may do in a call comes with it, since it goes on while the server is away. */
  async #load(): Promise<void> {
    try {
      await Promise.all([
        fetchCode(() => import('../parts/vc-call-area.ts')),
        fetchCode(() => import('../parts/vc-full-screen.ts')),
        fetchCode(() => import('../parts/call-window.ts')),
        fetchCode(() => import('./vc-mini-desk.ts')),
      ]);
    } catch {
      this.failed = true;
    }
  }

  #retry(): void {
    this.failed = false;
  }
}

/** Who waits can be seen, and taken, in the call's own window, too. */
const miniDesk = (): HTMLElement => document.createElement('vc-mini-desk');

/** While nobody has answered, the visitor may not have been asked for anything yet. */
function hindranceOf({ view }: ContactState): string {
  const { call, desk } = view ?? {};
  if (!call || call.status === 'asking' || !desk?.permissions) return '';
  return hindranceText(desk.permissions, call.kind === 'video');
}

/** A call the visitor asks for is answered in a dialog, not here. */
function stateOfCall({ view }: ContactState): 'asked' | 'connecting' | 'active' | null {
  const call = view?.call;
  if (!call) return null;
  if (call.status !== 'asking') return call.status;
  return call.askedBy === 'agent' ? 'asked' : null;
}

definePart('vc-panel-call', VcPanelCall);

declare global {
  interface HTMLElementTagNameMap {
    'vc-panel-call': VcPanelCall;
  }
}
