import { css, html, nothing } from 'lit';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import { FollowedCall } from '../media-bar/followed-call.ts';
import { VcMediaBar } from '../media-bar/vc-media-bar.ts';
import { t } from '../strings/media.ts';
import { stageLayout } from './vc-call-stage.ts';

/**
 * The call in context: the stage with the media bar on it, or beside it where there is no picture. Nothing while there is
 * no call. Brings `<vc-media-bar>` along.
 */
export class VcCallArea extends VcElement {
  static override styles = css`
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
      z-index: 1;
      margin: 12px 12px 0;
    }
    .picture > vc-media-bar::part(message) {
      grid-area: 2 / 1;
      z-index: 1;
      flex-direction: column;
      align-items: start;
      margin: 12px 12px 0;
    }
    .picture > vc-media-bar::part(toolbar) {
      grid-area: 4 / 1;
      z-index: 1;
      margin: 0 8px 12px;
    }
    @container (inline-size < 720px) {
      .picture > vc-call-stage {
        --_foot: 60px;
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
  `;

  #followed = new FollowedCall(this);

  protected override render() {
    const { state } = this.#followed;
    if (!state) return nothing;
    const compact = stageLayout(state) === 'compact';
    return html`
      <section class="area ${compact ? 'compact' : 'picture'}" aria-label=${t('call')}>
        <vc-call-stage></vc-call-stage>
        <vc-media-bar></vc-media-bar>
      </section>
    `;
  }
}

definePart('vc-media-bar', VcMediaBar);
definePart('vc-call-area', VcCallArea);

declare global {
  interface HTMLElementTagNameMap {
    'vc-call-area': VcCallArea;
  }
}
