import { css } from 'lit';

/** `<dl class="facts">`: names at the start, what they say beside them. */
export const factsStyles = css`
  section + section {
    margin-block-start: 20px;
  }
  h3 {
    margin: 0 0 6px;
    font-size: 13px;
    font-weight: 600;
  }
  .facts {
    display: grid;
    grid-template-columns: minmax(88px, auto) minmax(0, 1fr);
    gap: 6px 14px;
    margin: 0;
  }
  dt {
    color: var(--_muted);
  }
  dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
  .said {
    white-space: pre-wrap;
  }
  .more {
    display: block;
    color: var(--_muted);
    font-size: 13px;
  }
  ol {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  li {
    padding-block: 6px;
    overflow-wrap: anywhere;
  }
  li + li {
    border-block-start: 1px solid var(--_line);
  }
  a {
    color: inherit;
    text-decoration-color: var(--_line-strong);
    text-underline-offset: 3px;
  }
  a:focus-visible {
    border-radius: 4px;
    outline: 2px solid var(--_focus);
    outline-offset: 1px;
  }
  .quiet {
    margin: 0;
    color: var(--_muted);
  }
`;
