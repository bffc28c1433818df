import { css } from 'lit';

/** `<div class="popup">`: what opens beside a button. */
export const popupStyles = css`
  .popup {
    position: absolute;
    z-index: 4;
    padding: 12px;
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) * 0.75);
    background: var(--_surface);
    color: var(--_text);
    box-shadow: var(--_shadow-small);
    animation: appear var(--_motion);
  }
  @keyframes appear {
    from {
      opacity: 0;
      transform: translateY(4px);
    }
  }
`;
