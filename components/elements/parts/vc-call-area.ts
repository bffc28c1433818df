import { css, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { contactContext } from '../../store/contact-store.ts';
import { fetchCode } from '../../store/fetch-code.ts';
import { definePart } from '../define-part.ts';
import { request, unlessCancelled } from '../events.ts';
import { connectCallRequests } from '../media-bar/call-requests.ts';
import { FollowedCall } from '../media-bar/followed-call.ts';
import { VcMediaBar } from '../media-bar/vc-media-bar.ts';
import { Select } from '../select.ts';
import { t } from '../strings/media.ts';
import { CallPart } from './call-part.ts';
import { controls } from './controls.ts';
import { stageLayout } from './vc-call-stage.ts';

/**
 * The call in context: the stage with the media bar on it, or beside it where there is no picture. Nothing while there is
 * no call. Carries the requests of the bar out, and keeps the place of a call that has a window of its own. Brings
 * `<vc-media-bar>` along.
 *
 * @fires vc-file-request - A snapshot was taken.
 */
export class VcCallArea extends CallPart {
  static override styles = [
    controls,
    css`
    :host {
      container-type: inline-size;
      color-scheme: dark;
      background: var(--_stage);
      overflow: clip;
    }
    .area {
      display: grid;
      gap: 8px;
      block-size: 100%;
    }
    /* The stage and the parts of the bar are cells of one grid. */
    vc-media-bar,
    vc-media-bar::part(layout) {
      display: contents;
    }
    vc-media-bar::part(toolbar) {
      justify-self: center;
    }

    .picture {
      grid-template: auto auto 1fr auto / 1fr;
    }
    .picture > vc-call-stage {
      grid-area: 1 / 1 / -1 / -1;
    }
    .picture > vc-media-bar::part(status) {
      grid-area: 1 / 1;
      /* No wider than what it says: what lies beside it is to be reached. */
      justify-self: start;
      z-index: 1;
      margin: 12px 12px 0;
    }
    .picture > vc-media-bar::part(message) {
      grid-area: 2 / 1;
      z-index: 1;
      flex-direction: column;
      align-items: start;
      justify-self: start;
      margin: 12px 12px 0;
    }
    .picture > vc-full-screen {
      grid-area: 1 / 1;
      z-index: 1;
      justify-self: end;
      /* Lies over its row, and makes it no higher. */
      block-size: 0;
      margin: 8px;
    }
    .picture > vc-media-bar::part(toolbar) {
      grid-area: 4 / 1;
      z-index: 1;
      margin: 0 8px 12px;
    }
    /* Name and own picture stand above the buttons, unless there is room for them beside. */
    @container (inline-size < 960px) {
      .picture > vc-call-stage {
        --_foot: 60px;
      }
    }
    @container (inline-size < 440px) {
      .picture > vc-call-stage {
        --_foot: 52px;
      }
      /* Beside the own picture, where that stands at first. */
      .picture > vc-media-bar::part(message) {
        max-inline-size: calc(100cqi - 124px);
      }
      /* Two rows of buttons. */
      .picture:has(> vc-media-bar[many]) > vc-call-stage {
        --_foot: 92px;
      }
    }
    /* And larger ones. */
    @container (inline-size < 960px) {
      .picture:has(> vc-media-bar[touch]) > vc-call-stage {
        --_foot: 64px;
      }
    }
    @container (inline-size < 440px) {
      .picture:has(> vc-media-bar[touch]) > vc-call-stage {
        --_foot: 60px;
      }
      .picture:has(> vc-media-bar[touch][many]) > vc-call-stage {
        --_foot: 108px;
      }
    }

    .compact {
      grid-template: 'stage status' auto 'message message' auto 'toolbar toolbar' auto / minmax(50%, 1fr) auto;
      align-items: center;
      gap: 0;
      padding: 10px 12px;
    }
    .compact > vc-media-bar::part(status) {
      grid-area: status;
      justify-content: end;
    }
    .compact > vc-media-bar::part(message) {
      grid-area: message;
      justify-content: center;
      margin-block-start: 8px;
    }
    .compact > vc-media-bar::part(toolbar) {
      grid-area: toolbar;
      background: none;
      box-shadow: none;
    }
    @container (inline-size < 640px) {
      .compact > vc-media-bar::part(toolbar) {
        margin-block-start: 4px;
      }
    }
    @container (inline-size >= 640px) {
      .compact {
        grid-template: 'stage status toolbar' auto 'message message message' auto / minmax(0, 1fr) auto auto;
        padding-block: 4px;
      }
      .compact > vc-media-bar::part(message) {
        justify-content: start;
        margin: 0 0 8px;
      }
    }

    .away {
      display: grid;
      align-content: center;
      block-size: 100%;
      justify-items: center;
      gap: 8px;
      padding: 20px 16px;
      color: var(--_on-stage);
      text-align: center;
    }
    .away > p {
      margin: 0;
    }
    .away > button {
      border-color: rgb(255 255 255 / 45%);
    }
  `,
  ];

  /** This one stands in the call's own window. */
  @property({ type: Boolean }) apart = false;
  /** Makes what stands beside the reply box in that window. */
  @property({ attribute: false }) beside: (() => HTMLElement) | null = null;
  /** What fills the screen is there: it comes when the call is expanded first. */
  @state() private filling = false;
  #followed = new FollowedCall(this);
  #contact = new Select(this, contactContext, ({ id }) => id);
  #disconnected = new AbortController();
  /** The call's own window: opens, is open. */
  #window: AbortController | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    // What is asked for in the call's own window is asked for here as well.
    if (this.apart) return;
    this.#disconnected = new AbortController();
    const { signal } = this.#disconnected;
    connectCallRequests(this, () => this.#followed.handle, signal);
    this.addEventListener(
      'vc-snapshot-request',
      (event) => unlessCancelled(event, () => void this.#takeSnapshot()),
      { signal },
    );
    this.addEventListener(
      'vc-detach-request',
      (event) =>
        unlessCancelled(event, () => (event.detail.on ? void this.#detach() : this.#window?.abort())),
      { signal },
    );
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#disconnected.abort();
    // A move in the document is a removal and an insertion in one turn.
    setTimeout(() => {
      if (!this.isConnected) this.#window?.abort();
    });
  }

  protected override updated(): void {
    const { handle, state } = this.#followed;
    if (!handle) this.#window?.abort();
    if (state?.expanded && !this.filling)
      fetchCode(() => import('./vc-full-screen.ts')).then(
        () => {
          this.filling = true;
        },
        () => {}, // It stays as large as it is.
      );
  }

  protected override render(): TemplateResult | typeof nothing {
    const { state } = this.#followed;
    if (!state) return nothing;
    if (state.detached && !this.apart) return this.#away();
    const compact = stageLayout(state) === 'compact';
    return html`
      <section class="area ${compact ? 'compact' : 'picture'}" aria-label=${t('call')}>
        <vc-call-stage ?silent=${this.apart}></vc-call-stage>
        ${this.filling && state.expanded && !this.apart ? html`<vc-full-screen></vc-full-screen>` : nothing}
        <vc-media-bar ?can-detach=${'documentPictureInPicture' in window}></vc-media-bar>
      </section>
    `;
  }

  /** The sound stays here: in the other window the browser would want a click before it plays. */
  #away(): TemplateResult {
    const bringBack = () => request(this, 'vc-detach-request', { on: false });
    return html`
      <section class="away" aria-label=${t('call')}>
        <vc-call-stage class="visually-hidden" inert></vc-call-stage>
        <p role="status">${t('detached')}</p>
        <button class="button outline" type="button" @click=${bringBack}>${t('attach')}</button>
      </section>
    `;
  }

  async #takeSnapshot(): Promise<void> {
    const { handle } = this.#followed;
    if (!handle) return;
    const name = handle.store.state.otherName.replace(/[\\/:*?"<>|]/g, ' ');
    const time = new Date().toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '.');
    try {
      const file = new File([await handle.takeSnapshot()], t('snapshotName', { name, time }), {
        type: 'image/png',
      });
      request(this, 'vc-file-request', { contact: this.#contact.value ?? null, files: [file] });
    } catch {
      // The picture went while it was taken: there is nothing to keep.
    }
  }

  async #detach(): Promise<void> {
    if (this.#window) return;
    const window = new AbortController();
    this.#window = window;
    const { handle } = this.#followed;
    window.signal.addEventListener('abort', () => {
      this.#window = null;
      handle?.setDetached(false);
    });
    try {
      const { openCallWindow } = await fetchCode(() => import('./call-window.ts'));
      await openCallWindow(this, this.beside?.() ?? null, window);
      if (!window.signal.aborted) handle?.setDetached(true);
    } catch {
      // The browser refused, or the code did not come: the call stays where it is.
      window.abort();
    }
  }
}

definePart('vc-media-bar', VcMediaBar);
definePart('vc-call-area', VcCallArea);

declare global {
  interface HTMLElementTagNameMap {
    'vc-call-area': VcCallArea;
  }
}
