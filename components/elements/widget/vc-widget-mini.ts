import { css, html, nothing, type TemplateResult } from 'lit';
import { VcElement } from '../base-element.ts';
import * as icons from '../call-icons.ts';
import { definePart } from '../define-part.ts';
import { request } from '../events.ts';
import { EverySecond } from '../every-second.ts';
import { icon } from '../icon.ts';
import { connectCallRequests } from '../media-bar/call-requests.ts';
import { FollowedCall } from '../media-bar/followed-call.ts';
import { controls } from '../parts/controls.ts';
import { t } from '../strings/media.ts';
import { durationText } from '../time-text.ts';

/**
 * What stays of a running call while only the launcher is shown, beside it: its time, the microphone, and its end.
 *
 * @fires vc-microphone-request
 * @fires vc-hangup-request
 */
export class VcWidgetMini extends VcElement {
  static override styles = [
    controls,
    css`
      :host {
        position: absolute;
        inset: auto 70px 8px auto;
        color-scheme: dark;
      }
      .call {
        display: flex;
        align-items: center;
        gap: 4px;
        padding: 3px;
        border-radius: 22px;
        background: var(--_stage);
        color: var(--_on-stage);
        box-shadow: 0 0 0 1px rgb(255 255 255 / 16%), var(--_shadow-small);
        white-space: nowrap;
      }
      .time {
        min-inline-size: 5ch;
        margin-inline-start: 12px;
        font-variant-numeric: tabular-nums;
      }
      .button {
        min-inline-size: 36px;
        min-block-size: 36px;
      }
      [data-off] {
        background: var(--_on-stage);
        color: var(--_stage);
      }
    `,
  ];

  #followed = new FollowedCall(this);
  #disconnected = new AbortController();

  constructor() {
    super();
    new EverySecond(this, () => this.#followed.state?.activeSince ?? null);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#disconnected = new AbortController();
    connectCallRequests(this, () => this.#followed.handle, this.#disconnected.signal);
    const { host } = this.getRootNode() as ShadowRoot;
    // The launcher's other side is the end of the page.
    if (host?.getAttribute('position') === 'left') this.style.setProperty('inset', 'auto auto 8px 70px');
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#disconnected.abort();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { state } = this.#followed;
    if (!state) return nothing;
    const { own, activeSince } = state;
    const mute = t(own.microphone ? 'muteMicrophone' : 'unmuteMicrophone');
    return html`
      <section class="call" aria-label=${t('call')}>
        <span class="time" role="timer" aria-label=${t('duration')}
          >${activeSince === null ? '…' : durationText((Date.now() - activeSince) / 1000)}</span
        >
        <button class="button icon-button" type="button" ?data-off=${!own.microphone} aria-label=${mute} title=${mute}
          @click=${() => request(this, 'vc-microphone-request', { on: !own.microphone })}>
          ${icon(own.microphone ? icons.mic : icons.micOff)}
        </button>
        <button class="button danger icon-button" type="button" aria-label=${t('hangUp')} title=${t('hangUp')}
          @click=${() => request(this, 'vc-hangup-request', {})}>
          ${icon(icons.hangUp)}
        </button>
      </section>
    `;
  }
}

definePart('vc-widget-mini', VcWidgetMini);

declare global {
  interface HTMLElementTagNameMap {
    'vc-widget-mini': VcWidgetMini;
  }
}
