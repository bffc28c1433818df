import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { otherSide } from '../../../core/contact/model.ts';
import { type ContactState, contactContext } from '../../store/contact-store.ts';
import { definePart } from '../define-part.ts';
import { icon } from '../icon.ts';
import { Select } from '../select.ts';
import { t } from '../strings/full-screen.ts';
import { CallPart } from './call-part.ts';
import { controls } from './controls.ts';

const FILL = 'M7 3H3v4M13 3h4v4M7 17H3v-4M17 13v4h-4';
const LEAVE = 'M3 7h4V3M17 7h-4V3M3 13h4v4M13 17v-4h4';

/** Lets the element whose shadow tree it stands in fill the whole screen, where the browser can, and come back. */
export class VcFullScreen extends CallPart {
  static override styles = [
    controls,
    css`
      .button {
        min-inline-size: 44px;
        min-block-size: 44px;
        background: color-mix(in srgb, var(--_stage) 78%, transparent);
        color: var(--_on-stage);
      }
      .button:hover {
        background: #3a4149;
      }
    `,
  ];

  /** As the browser says: it has a key of its own that leads back. */
  @state() private full = false;
  #asked = new Select(this, contactContext, isAsked);
  #host: Element | null = null;
  #connected = new AbortController();

  override connectedCallback(): void {
    super.connectedCallback();
    const root = this.getRootNode();
    this.#host = root instanceof ShadowRoot ? root.host : null;
    this.#connected = new AbortController();
    const { signal } = this.#connected;
    this.#host?.addEventListener('fullscreenchange', () => this.#look(), { signal });
    this.#look();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#connected.abort();
    // What filled the screen is small again, or gone.
    if (this.#host?.matches(':fullscreen')) void document.exitFullscreen();
  }

  /** What must be answered stands beside what fills the screen. */
  protected override willUpdate(): void {
    if (this.#asked.value && this.full) void document.exitFullscreen();
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!document.fullscreenEnabled) return nothing;
    const label = t(this.full ? 'leaveFullScreen' : 'fullScreen');
    return html`
      <button class="button icon-button" type="button" aria-label=${label} title=${label} @click=${this.#flip}>
        ${icon(this.full ? LEAVE : FILL)}
      </button>
    `;
  }

  #look(): void {
    this.full = this.#host?.matches(':fullscreen') ?? false;
  }

  #flip(): void {
    if (this.full) void document.exitFullscreen();
    // Refused, everything stays as it is.
    else this.#host?.requestFullscreen().catch(() => {});
  }
}

/** Whether this side is asked for something: a call, a picture, a recording. */
function isAsked({ own, view }: ContactState): boolean {
  const call = view?.call;
  if (!call) return false;
  const isRecording = own === 'visitor' && call.recording?.status === 'asking';
  return isRecording || call.upgradeBy === otherSide(own);
}

definePart('vc-full-screen', VcFullScreen);

declare global {
  interface HTMLElementTagNameMap {
    'vc-full-screen': VcFullScreen;
  }
}
