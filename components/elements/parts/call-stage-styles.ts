import { css } from 'lit';

export const callStageStyles = css`
  :host {
    container-type: inline-size;
    color-scheme: dark;
    background: var(--_stage);
    color: var(--_on-stage);
  }
  .stage {
    position: relative;
    block-size: 100%;
    overflow: clip;
  }
  /* As high as its place; where the place is as high as the stage, this. */
  .stage::before {
    content: '';
    display: block;
    block-size: clamp(240px, 68cqi, 400px);
  }
  .stage[data-expanded]::before {
    block-size: clamp(260px, 70svh, 130cqi);
  }
  .stage[data-layout='compact']::before {
    content: none;
  }

  video {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    object-fit: contain;
    margin-block: auto;
    /* Its sound goes on. */
    visibility: hidden;
  }
  [data-layout='picture'] [data-role='remote'],
  [data-layout='preview'] [data-role='self'],
  [data-own-seen] [data-role='self'] {
    visibility: visible;
  }
  [data-layout='compact'] [data-role='self'] {
    visibility: hidden;
  }
  /* Faces fill their place, at most to a square; the expanded stage shows all there is, and a screen is never cut. */
  :not([data-expanded], [data-other-screen]) > [data-role='remote'],
  :not([data-expanded], [data-own-screen])[data-layout='preview'] > [data-role='self'] {
    max-block-size: 100cqi;
    object-fit: cover;
  }
  [data-status='lost'] [data-role='remote'] {
    opacity: 0.45;
  }
  :not([data-own-screen]) > [data-role='self'] {
    transform: scaleX(-1);
  }
  [data-layout='picture'] [data-role='self'],
  [data-layout='name'] [data-role='self'],
  .grip {
    position: absolute;
    inset: auto;
    inline-size: clamp(88px, 22cqi, 184px);
    block-size: auto;
    aspect-ratio: 4 / 3;
    margin: 0;
    border-radius: 12px;
    translate: var(--_dragged-x, 0) var(--_dragged-y, 0);
  }
  [data-layout='picture'] [data-role='self'],
  [data-layout='name'] [data-role='self'] {
    background: #23282e;
    box-shadow: 0 0 0 1px rgb(255 255 255 / 18%), 0 6px 20px rgb(0 0 0 / 45%);
    object-fit: cover;
  }
  [data-own-screen] > [data-role='self'][data-role] {
    object-fit: contain;
  }
  /* Left and right as the service says it and the arrow keys go, whichever way text runs. */
  :not([data-layout='preview'])[data-corner^='bottom'] > :is([data-role='self'], .grip) {
    bottom: calc(12px + var(--_foot, 0px));
  }
  [data-corner^='top'] > :is([data-role='self'], .grip) {
    top: 48px;
  }
  [data-corner$='Right'] > :is([data-role='self'], .grip) {
    right: 12px;
  }
  [data-corner$='Left'] > :is([data-role='self'], .grip) {
    left: 12px;
  }
  .grip {
    padding: 0;
    border: 0;
    background: none;
    cursor: grab;
    touch-action: none;
  }
  .grip:active {
    cursor: grabbing;
  }

  .who {
    position: absolute;
    inset: 0 0 var(--_foot, 0px);
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    gap: 10px;
    padding-inline: 24px;
  }
  .label {
    display: flex;
    align-items: center;
    gap: 2px 8px;
    max-inline-size: 100%;
    min-inline-size: 0;
    font-size: 16px;
  }
  .name {
    overflow: hidden;
    font-weight: 550;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .mark {
    flex: none;
  }
  .mark svg {
    inline-size: 16px;
    block-size: 16px;
  }
  .avatar {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 80px;
    block-size: 80px;
    border-radius: 50%;
    background: var(--_accent);
    color: var(--_on-accent);
    font-size: 28px;
    font-weight: 600;
  }
  @container (inline-size < 440px) {
    .who {
      gap: 6px;
    }
    .avatar {
      inline-size: 56px;
      block-size: 56px;
      font-size: 20px;
    }
  }
  [data-layout='picture'] .avatar {
    display: none;
  }
  [data-layout='picture'] .label {
    position: absolute;
    inset-block-end: 12px;
    inset-inline-start: 12px;
    max-inline-size: calc(75% - 36px);
    padding: 3px 10px;
    border-radius: 14px;
    background: color-mix(in srgb, var(--_stage) 78%, transparent);
    font-size: 13px;
  }
  /* Leaves the place to what is said of the connection. */
  [data-status='lost'][data-layout='picture'] .label {
    display: none;
  }
  /* Beside the buttons, not under them. */
  @container (inline-size >= 960px) {
    [data-layout='picture'] .label {
      max-inline-size: calc(50cqi - 290px);
    }
  }
  /* The name keeps out of the way of the own picture. */
  [data-own-seen][data-layout='picture'][data-corner='bottomLeft'] .label {
    inset-inline: auto 12px;
  }
  [data-layout='compact'] .who {
    position: static;
    flex-direction: row;
    justify-content: start;
    padding: 0;
  }
  [data-layout='compact'] .label {
    flex: 1;
    flex-wrap: wrap;
    font-size: inherit;
  }
  [data-layout='compact'] .name {
    flex-basis: 100%;
  }
  [data-layout='compact'] .avatar {
    inline-size: 40px;
    block-size: 40px;
    font-size: inherit;
  }
`;
