import { css } from 'lit';

export const contactPanelStyles = css`
  :host {
    flex: none;
  }
  :host([expanded]) {
    display: flex;
    flex: 1 0 480px;
    min-block-size: 0;
  }
  /* A phone scrolls: better than a call without room. */
  @media (max-width: 480px) {
    :host([expanded]) {
      flex-basis: 600px;
    }
  }
  article {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-inline-size: 0;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
  }
  vc-panel-row {
    border-radius: inherit;
  }
  .place {
    display: none;
  }
  .body {
    position: relative;
    display: flex;
    flex: 1;
    flex-direction: column;
    min-inline-size: 0;
    min-block-size: 0;
    /* Not hidden: a field that takes the focus must not scroll it. */
    overflow: clip;
    border-radius: inherit;
    container-type: size;
  }
  .main {
    display: grid;
    flex: 1;
    grid-template: 'talk' minmax(0, 1fr) / minmax(0, 1fr);
    min-block-size: 0;
  }
  .main[data-call] {
    grid-template: 'call' auto 'talk' minmax(208px, 1fr) / minmax(0, 1fr);
  }
  vc-panel-call {
    grid-area: call;
  }
  .talk {
    grid-area: talk;
  }
  .loading {
    place-self: center;
    color: var(--_muted);
  }
  .question {
    position: absolute;
    z-index: 3;
    inset-block-start: 8px;
    inset-inline-end: 8px;
    inline-size: min(352px, 100% - 16px);
  }
  .asked {
    --_shadow: none;
    display: block;
    padding: 0 10px 10px;
  }
  article[data-expanded] {
    position: relative;
  }
  article[data-expanded] .asked {
    --_shadow: inherit;
    position: absolute;
    z-index: 2;
    inset-block-end: 72px;
    inset-inline-end: 4px;
    inline-size: min(352px, 100% - 8px);
  }
  article[data-asked]:not([data-expanded]) {
    border-color: var(--_connecting);
  }
  /* Who rings is seen wherever the list of panels was scrolled to. */
  :host([asked]:not([expanded])) {
    position: sticky;
    z-index: 4;
    inset-block: 0;
  }

  /* The picture above the conversation: room for both, and for one more row that tells of its unread messages. */
  @container (width < 640px) {
    :host([expanded]) {
      flex-basis: max(100% - 68px, 300px + min(68cqi, 400px));
    }
  }

  /* Wide and high: pictures are wider than high, so the conversation stays below. */
  @container (width >= 640px) {
    .main[data-stage='picture'] {
      grid-template-rows: 55% minmax(0, 1fr);
    }
  }
  /* Enough room for the picture beside the conversation. */
  @container (width >= 640px) and (height < 720px) {
    .main[data-stage='picture'] {
      grid-template: 'call talk' minmax(0, 1fr) / minmax(0, 1fr) clamp(272px, 42%, 480px);
    }
    .main[data-stage='picture'] .talk {
      border-inline-start: 1px solid var(--_line);
    }
  }
  /* As much as leaves the conversation readable. */
  @container (width >= 640px) {
    .main[data-stage='expanded'] {
      grid-template-rows: minmax(0, 1fr) 208px;
    }
  }
  @container (width >= 640px) and (height < 600px) {
    .main[data-stage='expanded'] {
      grid-template: 'call talk' minmax(0, 1fr) / minmax(0, 1fr) 272px;
    }
    .main[data-stage='expanded'] .talk {
      border-inline-start: 1px solid var(--_line);
    }
  }

  /*
   * Enough room for all panels beside the expanded one, which keeps its place in the column: its body leaves the column
   * and fills what is beside it.
   */
  @container (width >= 896px) {
    :host([beside][expanded]) {
      flex: none;
    }
    :host([beside]) article[data-expanded] {
      position: static;
      border-color: var(--_accent);
      box-shadow: inset 0 0 0 1px var(--_accent);
    }
    :host([beside]) .place {
      display: flex;
      align-items: center;
      gap: 10px;
      min-block-size: 60px;
      padding: 8px 12px;
    }
    .place [data-name] {
      overflow: hidden;
      font-weight: 600;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .place [data-name]::before {
      content: attr(data-name) / '';
    }
    :host([beside]) .body {
      position: absolute;
      inset: 0;
      inset-inline-start: 300px;
      border: 1px solid var(--_line);
      border-radius: var(--_radius);
      background: var(--_surface);
    }
    :host([beside]) article[data-expanded] .asked {
      inset-block-end: 76px;
      inset-inline-end: 8px;
    }
  }
`;
