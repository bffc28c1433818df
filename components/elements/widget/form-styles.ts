import { css } from 'lit';

export const formStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    overflow: hidden auto;
    scrollbar-width: thin;
  }
  form {
    display: grid;
    gap: 14px;
    padding: 8px 20px 20px;
  }
  .head {
    display: flex;
    align-items: center;
    gap: 4px;
    margin-inline-start: -12px;
  }
  h2 {
    margin: 0;
    font-size: 18px;
    font-weight: 650;
    letter-spacing: -0.01em;
    outline: none;
  }
  .intro {
    margin: -12px 0 0;
    color: var(--_muted);
  }
  label,
  legend {
    display: block;
    margin-block-end: 4px;
    padding: 0;
    font-size: 13px;
    font-weight: 550;
  }
  input:not([type='radio']),
  textarea,
  select {
    display: block;
    inline-size: 100%;
    min-block-size: 42px;
    margin: 0;
    padding: 8px 12px;
    border: 1px solid var(--_line-strong);
    border-radius: var(--_radius-control);
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
  }
  select {
    padding-inline: 8px 2px;
    text-overflow: ellipsis;
  }
  textarea {
    min-block-size: calc(3lh + 18px);
    max-block-size: calc(10lh + 18px);
    resize: vertical;
    field-sizing: content;
  }
  input:not([type='radio']):focus-visible,
  textarea:focus-visible,
  select:focus-visible {
    border-color: var(--_focus);
    outline: 1px solid var(--_focus);
    outline-offset: 0;
  }
  [aria-invalid='true']:not([type='radio']) {
    border-color: var(--_danger-text);
  }
  fieldset {
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .choice {
    display: flex;
    align-items: center;
    gap: 10px;
    min-block-size: 36px;
    margin: 0;
    font-size: 14px;
    font-weight: 400;
    cursor: pointer;
  }
  input[type='radio'] {
    inline-size: 18px;
    block-size: 18px;
    margin: 0;
    accent-color: var(--_accent);
  }
  .times {
    display: grid;
    grid-template-columns: 2fr minmax(96px, 1fr);
    gap: 8px;
    margin-block-start: 4px;
  }
  .aside {
    margin: 6px 0 0;
    color: var(--_muted);
    font-size: 12px;
  }
  .problem {
    margin: 4px 0 0;
    color: var(--_danger-text);
    font-size: 13px;
    overflow-wrap: anywhere;
  }
  .problem:empty {
    display: none;
  }
  [aria-disabled='true'] {
    opacity: 0.7;
    cursor: default;
  }
  @media (max-width: 480px) {
    /* Below 16px iOS zooms the page in on focus. */
    input:not([type='radio']),
    textarea,
    select {
      font-size: 16px;
    }
  }
`;
