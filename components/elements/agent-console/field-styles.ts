import { css } from 'lit';

/** `<label class="field">` with a text and an input or text area; `<p class="wrong">` says what is wrong with it. */
export const fieldStyles = css`
  .field {
    display: grid;
    gap: 3px;
    font-size: 13px;
    font-weight: 550;
  }
  .field input,
  .field textarea {
    inline-size: 100%;
    min-block-size: 40px;
    margin: 0;
    padding: 8px 10px;
    border: 1px solid var(--_line-strong);
    border-radius: var(--_radius-control);
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
    font-size: 14px;
    font-weight: 400;
  }
  .field textarea {
    min-block-size: 64px;
    max-block-size: 160px;
    resize: vertical;
    field-sizing: content;
  }
  .field :focus-visible {
    border-color: var(--_focus);
    outline: 1px solid var(--_focus);
    outline-offset: 0;
  }
  .field [aria-invalid='true'] {
    border-color: var(--_danger-text);
  }
  .hint,
  .wrong {
    margin: 4px 0 0;
    color: var(--_muted);
    font-size: 12px;
  }
  .wrong {
    color: var(--_danger-text);
  }
  @media (max-width: 480px) {
    /* Below 16px iOS zooms the page in on focus. */
    .field input,
    .field textarea {
      font-size: 16px;
    }
  }
`;
