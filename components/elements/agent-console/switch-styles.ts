import { css } from 'lit';

/** `<button class="switch" role="switch">` with a text and an empty `<span class="track">`. */
export const switchStyles = css`
  .switch {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
    min-block-size: 40px;
    margin: 0;
    padding: 4px 6px;
    border: 0;
    border-radius: var(--_radius-control);
    background: none;
    color: inherit;
    font: inherit;
    cursor: pointer;
    -webkit-tap-highlight-color: transparent;
    transition: background-color var(--_motion);
  }
  .switch:hover {
    background: var(--_hover);
  }
  .switch:focus-visible {
    outline: 2px solid var(--_focus);
    outline-offset: 0;
  }
  .switch[aria-disabled='true'] {
    color: var(--_muted);
    cursor: default;
  }
  .track {
    flex: none;
    inline-size: 34px;
    block-size: 20px;
    padding: 2px;
    border: 1px solid transparent;
    border-radius: 10px;
    background: var(--_line-strong);
    transition: background-color var(--_motion);
  }
  .track::before {
    content: '';
    display: block;
    inline-size: 14px;
    block-size: 14px;
    border-radius: 50%;
    background: #fff;
    box-shadow: 0 1px 2px rgb(0 0 0 / 30%);
    transition: margin var(--_motion);
  }
  [aria-checked='true'] .track {
    background: var(--_active);
  }
  [aria-checked='true'] .track::before {
    margin-inline-start: 14px;
  }
  [aria-disabled='true'] .track {
    opacity: 0.55;
  }
  @media (forced-colors: active) {
    .track {
      border-color: ButtonText;
    }
    .track::before {
      background: ButtonText;
    }
    [aria-checked='true'] .track {
      background: Highlight;
      forced-color-adjust: none;
    }
  }
`;
