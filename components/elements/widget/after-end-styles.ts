import { css } from 'lit';

export const afterEndStyles = css`
  .ended {
    margin: 2px 0 0;
    color: var(--_muted);
    font-size: 13px;
  }
  form {
    margin: 10px 0 0;
  }
  fieldset {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend {
    float: inline-start;
    padding: 0;
    font-size: 13px;
    font-weight: 550;
  }
  .stars {
    display: flex;
  }
  .star {
    position: relative;
    display: grid;
    place-items: center;
    inline-size: 40px;
    block-size: 40px;
    border-radius: 50%;
    color: var(--_muted);
    cursor: pointer;
    -webkit-tap-highlight-color: transparent;
  }
  .star input {
    position: absolute;
    inset: 0;
    margin: 0;
    opacity: 0;
    cursor: inherit;
  }
  .star svg {
    inline-size: 24px;
    block-size: 24px;
    pointer-events: none;
  }
  .star:has(:focus-visible) {
    outline: 2px solid var(--_focus);
    outline-offset: -2px;
  }
  /* A star, and all before it, while it is pointed at or chosen. */
  .stars:not(:hover) .star:has(~ .star :checked),
  .stars:not(:hover) .star:has(:checked),
  .star:has(~ .star:hover),
  .star:hover,
  .thanks [data-on] {
    color: light-dark(#9a5b00, #f4c04f);
  }
  .stars:not(:hover) .star:has(~ .star :checked) svg,
  .stars:not(:hover) .star:has(:checked) svg,
  .star:has(~ .star:hover) svg,
  .star:hover svg,
  .thanks [data-on] svg {
    fill: currentcolor;
  }
  textarea {
    display: block;
    inline-size: 100%;
    min-block-size: calc(2lh + 18px);
    max-block-size: calc(6lh + 18px);
    margin-block: 8px 8px;
    padding: 8px 12px;
    border: 1px solid var(--_line-strong);
    border-radius: var(--_radius-control);
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
    resize: none;
    field-sizing: content;
  }
  textarea::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  textarea:focus-visible {
    border-color: var(--_focus);
    outline: 1px solid var(--_focus);
    outline-offset: 0;
  }
  form .button {
    inline-size: 100%;
  }
  .thanks {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
    min-block-size: 40px;
    margin: 10px 0 0;
    font-size: 13px;
  }
  .given {
    display: flex;
    color: var(--_muted);
  }
  .download {
    display: flex;
    gap: 8px;
    margin-block-start: 8px;
  }
  .download .button {
    padding-inline: 12px;
    font-size: 13px;
    white-space: nowrap;
  }
  .download .button:first-child {
    flex: 1;
  }
  @media (max-width: 480px) {
    /* Below 16px iOS zooms the page in on focus. */
    textarea {
      font-size: 16px;
    }
  }
  @media (forced-colors: active) {
    .star {
      forced-color-adjust: none;
      color: CanvasText;
    }
  }
`;
