import { css } from 'lit';

export const waitingStyles = css`
  :host {
    min-block-size: 0;
  }
  section {
    position: relative;
    display: flex;
    flex-direction: column;
    gap: 8px;
    block-size: 100%;
  }
  .head {
    display: flex;
    gap: 8px;
  }
  .box {
    position: relative;
    display: flex;
    flex: 1;
    align-items: center;
    gap: 14px;
    min-inline-size: 0;
    min-block-size: 60px;
    padding: 8px 16px;
    border: 1px solid transparent;
    border-radius: var(--_radius);
    background: var(--_accent);
    color: var(--_on-accent);
    transition: background-color var(--_motion);
  }
  .box:hover {
    background-image: linear-gradient(rgb(0 0 0 / 10%), rgb(0 0 0 / 10%));
  }
  .box:active {
    background-image: linear-gradient(rgb(0 0 0 / 20%), rgb(0 0 0 / 20%));
  }
  .box[data-idle] {
    border-color: var(--_line);
    background: var(--_surface);
    color: var(--_muted);
  }
  .take {
    cursor: pointer;
    -webkit-tap-highlight-color: transparent;
  }
  /* The whole box is the button. */
  .take::after {
    content: '';
    position: absolute;
    inset: -1px;
    border-radius: var(--_radius);
  }
  .take:focus-visible::after {
    outline: 2px solid var(--_focus);
    outline-offset: 2px;
  }
  .box[data-idle] .take {
    cursor: default;
  }
  .count {
    font-size: 32px;
    font-weight: 650;
    font-variant-numeric: tabular-nums;
    letter-spacing: -0.03em;
    line-height: 1;
  }
  .words {
    display: grid;
    flex: 1;
    line-height: 1.35;
  }
  .words {
    min-inline-size: 0;
  }
  .words > span {
    overflow: hidden;
    font-size: 13px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .box[data-idle] .words > span {
    white-space: normal;
  }
  .box[data-idle] .go {
    display: none;
  }
  .chevron {
    min-inline-size: 52px;
    border-radius: var(--_radius);
    background: var(--_surface);
  }
  .drawer {
    min-block-size: 0;
    overflow-y: auto;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    scrollbar-width: thin;
  }
  ul {
    display: grid;
    gap: 2px;
    margin: 0;
    padding: 4px;
    list-style: none;
  }
  ul:not(:has(li)) {
    display: none;
  }
  h3 {
    margin: 0;
    padding: 10px 16px 2px;
    border-block-start: 1px solid var(--_line);
    color: var(--_muted);
    font-size: 13px;
    font-weight: 600;
  }
  .silent {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 8px;
    padding: 8px 8px 8px 12px;
    border-radius: var(--_radius-control);
    background: var(--_warning-soft);
    color: var(--_warning-text);
    font-size: 13px;
  }
  .silent p {
    flex: 1 1 160px;
    margin: 0;
  }
  .silent .button {
    border-color: currentColor;
  }
  .empty {
    margin: 0;
    padding: 14px 16px;
    color: var(--_muted);
    font-size: 13px;
  }
  section[data-empty] .drawer {
    border-style: dashed;
    background: none;
  }

  /* A single column has no room for a list: the drawer lies over what is below. */
  @container (width < 768px) {
    .drawer {
      position: absolute;
      z-index: 4;
      inset-inline: 0;
      inset-block-start: calc(100% + 6px);
      max-block-size: 60vh;
      visibility: hidden;
      opacity: 0;
      box-shadow: var(--_shadow);
      transition:
        opacity var(--_motion),
        visibility var(--_motion);
    }
    /* Bridges the gap, so that the pointer may travel from the box into the drawer. */
    .drawer::before {
      content: '';
      position: absolute;
      inset-inline: 0;
      inset-block-start: -6px;
      block-size: 6px;
    }
    section[data-open] .drawer,
    section:has(:focus-visible) .drawer {
      visibility: visible;
      opacity: 1;
    }
    section[data-empty] .chevron,
    section[data-empty] .drawer {
      display: none;
    }
  }
  @container (width < 768px) {
    @media (hover: hover) {
      section:hover .drawer {
        visibility: visible;
        opacity: 1;
      }
    }
  }
  @container (width >= 768px) {
    .chevron {
      display: none;
    }
  }
  /* Stacked: the box beside the list. */
  @container (width >= 768px) and (width < 1024px) {
    section {
      display: grid;
      grid-template: minmax(0, 1fr) auto / 272px minmax(0, 1fr);
      max-block-size: 208px;
    }
    .drawer {
      grid-area: 1 / 2 / -1;
    }
    section[data-empty] {
      grid-template: auto / minmax(0, 1fr);
    }
    section[data-empty] .drawer {
      display: none;
    }
    ul {
      grid-template-columns: repeat(auto-fill, minmax(304px, 1fr));
    }
  }
  @media (forced-colors: active) {
    .box {
      border-color: ButtonText;
    }
  }
`;
