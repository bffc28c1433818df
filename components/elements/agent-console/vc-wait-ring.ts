import { css, html } from 'lit';
import { property, query } from 'lit/decorators.js';
import type { ContactKind } from '../../../core/contact/model.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { icon } from '../icon.ts';
import * as icons from '../icons.ts';

const KIND_ICONS: Readonly<Record<ContactKind, string>> = {
  chat: icons.chat,
  voice: icons.phone,
  video: icons.video,
};
/** Steps per second: finer than the eye resolves on this ring, far cheaper than every frame. */
const STEPS = 5;

/** The kind of a waiting contact inside a ring that fills, and turns from the accent to red, until it is given up. */
export class VcWaitRing extends VcElement {
  static override styles = css`
    :host {
      position: relative;
      display: grid;
      place-items: center;
      inline-size: 44px;
      block-size: 44px;
      color: var(--_ring);
    }
    svg {
      grid-area: 1 / 1;
    }
    .ring {
      position: absolute;
      inset: 0;
      transform: rotate(-90deg);
      fill: none;
      stroke-width: 3;
    }
    .track {
      stroke: var(--_line);
    }
    .fill {
      stroke: currentColor;
      stroke-linecap: round;
      stroke-dasharray: 100;
      stroke-dashoffset: 100;
    }
    @media (forced-colors: active) {
      .fill {
        stroke: Highlight !important;
      }
    }
  `;

  @property() kind: ContactKind = 'chat';
  /** Epoch milliseconds of the server's clock. */
  @property({ type: Number }) since = 0;
  @property({ type: Number }) until = 0;
  /** Server clock minus this clock, milliseconds. */
  @property({ type: Number }) skew = 0;
  @query('.fill') private fill!: SVGCircleElement;
  #animations: Animation[] = [];

  protected override updated(): void {
    const length = Math.max(1, this.until - this.since);
    const waited = Date.now() + this.skew - this.since;
    this.#stop();
    this.#animations = [
      this.fill.animate([{ strokeDashoffset: 100 }, { strokeDashoffset: 0 }], timing(length)),
      this.animate(
        [
          { color: 'var(--_accent-text)' },
          { color: 'var(--_accent-text)', offset: 0.35 },
          { color: 'var(--_connecting)', offset: 0.7 },
          { color: 'var(--_danger)', offset: 0.95 },
          { color: 'var(--_danger)' },
        ],
        timing(length),
      ),
    ];
    for (const animation of this.#animations) animation.currentTime = Math.min(Math.max(0, waited), length);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Animations do not outlive a removal.
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
  }

  protected override render() {
    return html`
      <svg class="ring" viewBox="0 0 44 44" width="44" height="44" aria-hidden="true">
        <circle class="track" cx="22" cy="22" r="20" />
        <circle class="fill" cx="22" cy="22" r="20" pathLength="100" />
      </svg>
      ${icon(KIND_ICONS[this.kind])}
    `;
  }

  #stop(): void {
    for (const animation of this.#animations) animation.cancel();
    this.#animations = [];
  }
}

const timing = (length: number): KeyframeAnimationOptions => ({
  duration: length,
  fill: 'both',
  easing: `steps(${Math.ceil((length / 1000) * STEPS)}, start)`,
});

definePart('vc-wait-ring', VcWaitRing);

declare global {
  interface HTMLElementTagNameMap {
    'vc-wait-ring': VcWaitRing;
  }
}
