import { css } from 'lit';

export const connectionCheckStyles = css`
  :host {
    --_good: light-dark(#15803d, #4ac37a);
    --_fair: light-dark(#a24a06, #f0a860);
    color: var(--_text);
  }
  .mark {
    --_tone: var(--_muted);
    flex: none;
    display: grid;
    place-items: center;
    inline-size: 24px;
    block-size: 24px;
    border-radius: 50%;
    background: color-mix(in srgb, var(--_tone) 14%, transparent);
    color: var(--_tone);
  }
  .mark svg {
    inline-size: 14px;
    block-size: 14px;
  }
  [data-level='good'] .mark {
    --_tone: var(--_good);
  }
  [data-level='fair'] .mark {
    --_tone: var(--_fair);
  }
  [data-level='bad'] .mark {
    --_tone: var(--_danger-text);
  }
  [data-level='waiting'] .mark svg {
    animation: turn 1s linear infinite;
  }
  .verdict {
    display: flex;
    align-items: center;
    gap: 14px;
    min-block-size: 72px;
    padding: 12px 16px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
  }
  .verdict .mark {
    inline-size: 40px;
    block-size: 40px;
  }
  .verdict .mark svg {
    inline-size: 22px;
    block-size: 22px;
  }
  h2,
  p {
    margin: 0;
  }
  h2 {
    font-size: 16px;
    font-weight: 650;
    line-height: 1.3;
  }
  .verdict p,
  .hint,
  .word,
  .copied {
    color: var(--_muted);
  }
  ul {
    margin: 12px 0 0;
    padding: 0;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    list-style: none;
  }
  li {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    align-items: center;
    gap: 0 12px;
    min-block-size: 44px;
    padding: 8px 16px;
  }
  li + li {
    border-block-start: 1px solid var(--_line);
  }
  b {
    font-weight: 600;
  }
  .word {
    font-variant-numeric: tabular-nums;
    text-align: end;
  }
  [data-level='bad'] .word {
    color: var(--_danger-text);
  }
  [data-level='fair'] .word {
    color: var(--_fair);
  }
  .hint {
    grid-column: 2 / -1;
    font-size: 13px;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 12px;
    margin-block: 14px 4px;
  }
  .button {
    min-block-size: 44px;
  }
  summary {
    inline-size: fit-content;
    padding-block: 10px;
    color: var(--_muted);
    cursor: pointer;
  }
  pre {
    margin: 0;
    padding: 12px 16px;
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) * 0.75);
    background: var(--_surface);
    font:
      12px / 1.6 ui-monospace,
      'SF Mono',
      Menlo,
      monospace;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    [data-level='waiting'] .mark svg {
      animation: none;
    }
  }
`;
