import { css } from 'lit';

/**
 * Buttons of all elements. `<button class="button">` is quiet; add `primary` or `danger` for a filled one,
 * `outline` for a bordered one, `icon-button` for a round one that holds only an icon, `small` for 32 px where a row is
 * dense and used with a mouse.
 */
export const controls = css`
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-block-size: 40px;
    min-inline-size: 40px;
    margin: 0;
    padding: 6px 14px;
    border: 1px solid transparent;
    border-radius: var(--_radius-control);
    background: none;
    color: inherit;
    font: inherit;
    font-weight: 550;
    text-align: center;
    text-decoration: none;
    cursor: pointer;
    user-select: none;
    -webkit-tap-highlight-color: transparent;
    transition: var(--_motion);
    transition-property: background-color, border-color, filter, transform;
  }
  .button:hover {
    background: var(--_hover);
  }
  .button:active {
    transform: scale(0.98);
  }
  .button:disabled {
    color: var(--_muted);
    opacity: 0.55;
    cursor: default;
    transform: none;
  }
  .outline {
    border-color: var(--_line);
  }
  .primary,
  .primary:hover {
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .danger,
  .danger:hover {
    background: var(--_danger);
    color: var(--_on-danger);
  }
  .primary:hover:enabled,
  .danger:hover:enabled {
    filter: brightness(0.9);
  }
  .icon-button {
    flex: none;
    padding: 0;
    border-radius: 50%;
  }
  .small {
    min-block-size: 32px;
    min-inline-size: 32px;
    padding-block: 3px;
  }
  .small:not(.icon-button) {
    padding-inline: 10px;
  }

  :focus-visible {
    outline: 2px solid var(--_focus);
    outline-offset: 2px;
  }
  @media (forced-colors: active) {
    .button {
      border-color: ButtonText;
    }
  }
  @media (pointer: coarse) {
    .button {
      min-block-size: 44px;
      min-inline-size: 44px;
    }
    .small {
      min-block-size: 40px;
      min-inline-size: 40px;
    }
  }
`;
