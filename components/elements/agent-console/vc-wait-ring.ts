import { css, html } from 'lit';
import { property, query } from 'lit/decorators.js';
import type { ContactKind } from '../../../core/contact/model.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { icon } from '../icon.ts';
import { KIND_ICONS } from './kind-text.ts';
import { WhileSeen } from './while-seen.ts';

/** Steps per second: finer than the eye resolves on this ring, far cheaper than every frame. */
const STEPS = 5;

/**
 * The kind of a waiting contact inside a ring that fills, and turns from the accent to red, until it is given up. Without
 * an `until` nothing runs out, and there is a disc.
 *
 * One colour is laid over the other, and only their opacity moves: so all of them follow the theme at any time.
 */
export class VcWaitRing extends VcElement {
  static override styles = css`
    :host {
      position: relative;
      display: grid;
      place-items: center;
      inline-size: 44px;
      block-size: 44px;
      color: var(--_accent-text);
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
      stroke-linecap: round;
      stroke-dasharray: 100;
    }
    .track {
      stroke: var(--_line);
      stroke-dasharray: none;
      stroke-dashoffset: 0;
    }
    .fill {
      stroke: var(--_accent-text);
    }
    .late {
      stroke: var(--_connecting);
    }
    .last {
      stroke: var(--_danger);
    }
    .disc {
      position: absolute;
      inset: 0;
      border-radius: 50%;
      background: var(--_accent-soft);
    }
    @media (forced-colors: active) {
      .ring {
        stroke: Highlight;
      }
      .track {
        stroke: GrayText;
      }
    }
  `;

  @property() kind: ContactKind = 'chat';
  /** Epoch milliseconds of the server's clock. */
  @property({ type: Number }) since = 0;
  @property({ type: Number }) until: number | null = null;
  /** Server clock minus this clock, milliseconds. */
  @property({ type: Number }) skew = 0;
  @query('.ring') private ring!: SVGElement | null;
  @query('.late') private late!: SVGElement | null;
  @query('.last') private last!: SVGElement | null;
  #view = new WhileSeen(this);
  #animations: Animation[] = [];

  protected override updated(): void {
    this.#stop();
    // Many may wait below the fold.
    if (this.until === null || !this.#view.seen) return;
    const length = Math.max(1, this.until - this.since);
    const waited = Date.now() + this.skew - this.since;
    this.#animations = [
      this.ring?.animate([{ strokeDashoffset: 100 }, { strokeDashoffset: 0 }], timing(length)),
      this.late?.animate(appearing(0.35, 0.65), timing(length)),
      this.last?.animate(appearing(0.65, 0.95), timing(length)),
    ].filter((animation) => animation !== undefined);
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
      ${this.until === null ? html`<span class="disc"></span>` : renderRing()}
      ${icon(KIND_ICONS[this.kind])}
    `;
  }

  #stop(): void {
    for (const animation of this.#animations) animation.cancel();
    this.#animations = [];
  }
}

const renderRing = () => html`
  <svg class="ring" viewBox="0 0 44 44" width="44" height="44" aria-hidden="true">
    <circle class="track" cx="22" cy="22" r="20" />
    <circle class="fill" cx="22" cy="22" r="20" pathLength="100" />
    <circle class="late" cx="22" cy="22" r="20" pathLength="100" />
    <circle class="last" cx="22" cy="22" r="20" pathLength="100" />
  </svg>
`;

/** Opacity from none at one share of the time to all at another. */
const appearing = (from: number, to: number): Keyframe[] => [
  { opacity: 0 },
  { opacity: 0, offset: from },
  { opacity: 1, offset: to },
  { opacity: 1 },
];

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
