import { css } from 'lit';

export const assignedStyles = css`
  :host {
    position: relative;
    min-block-size: 0;
    container-type: inline-size;
  }
  section {
    position: relative;
    display: flex;
    flex-direction: column;
    gap: 8px;
    block-size: 100%;
  }
  .list {
    display: flex;
    flex: 1;
    flex-direction: column;
    gap: 8px;
    min-block-size: 0;
    overflow-y: auto;
    border-radius: var(--_radius);
    scrollbar-width: thin;
  }
  .empty {
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 4px;
    block-size: 100%;
    min-block-size: 256px;
    padding: 24px;
    border: 1px dashed var(--_line);
    border-radius: var(--_radius);
    color: var(--_muted);
    text-align: center;
    text-wrap: balance;
  }
  .empty svg {
    inline-size: 40px;
    block-size: 40px;
    margin-block-end: 8px;
    stroke-width: 1.25;
  }
  .empty h2 {
    margin: 0;
    color: var(--_text);
    font-size: 16px;
    font-weight: 600;
  }
  .empty p {
    max-inline-size: 416px;
    margin: 0;
  }
  /* News out of view: at the edge they lie behind. */
  .beyond {
    display: grid;
    justify-items: center;
  }
  .beyond .button {
    border-radius: 20px;
    background: var(--_danger);
    color: var(--_on-danger);
    font-size: 13px;
    pointer-events: auto;
  }
  .beyond svg {
    inline-size: 16px;
    block-size: 16px;
  }
  @container (width >= 896px) {
    .list[data-many] {
      inline-size: 288px;
    }
    /* A column of rows alone: over the last of them. */
    .beyond {
      position: absolute;
      z-index: 5;
      inset-inline-start: 0;
      inline-size: 288px;
      pointer-events: none;
    }
    .beyond[data-where='above'] {
      inset-block-start: 8px;
    }
    .beyond[data-where='below'] {
      inset-block-end: 8px;
    }
    .beyond .button {
      box-shadow: var(--_shadow-small);
    }
  }
  @media (forced-colors: active) {
    .beyond .button {
      border: 1px solid;
    }
  }
`;
