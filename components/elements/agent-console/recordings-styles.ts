import { css } from 'lit';

export const recordingsStyles = css`
  :host {
    display: contents;
  }
  section {
    position: relative;
    overflow: hidden;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
  }
  h2 {
    margin: 0;
    padding: 10px 16px 2px;
    font-size: 13px;
    font-weight: 600;
  }
  ul {
    max-block-size: 240px;
    margin: 0;
    padding: 0 8px 6px 16px;
    overflow-y: auto;
    list-style: none;
    scrollbar-width: thin;
  }
  li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px;
    padding-block: 6px;
  }
  li + li {
    border-block-start: 1px solid var(--_line);
  }
  /* Buttons that leave the text less than this go below it. */
  .facts {
    flex: 1 1 152px;
    min-inline-size: 0;
    line-height: 1.35;
  }
  .actions {
    display: flex;
    gap: 2px;
    margin-inline-start: auto;
  }
  p {
    margin: 0;
  }
  .name {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .state,
  .more {
    font-size: 13px;
  }
  .state {
    color: var(--_muted);
    font-variant-numeric: tabular-nums;
  }
  .size {
    white-space: nowrap;
  }
  [data-status='recording'] .state,
  [data-status='failed'] .state,
  .problem {
    color: var(--_danger-text);
  }
  [data-status='unfinished'] .state {
    color: var(--_warning-text);
  }
  .more {
    flex: 0 0 100%;
    padding-inline-end: 8px;
    text-wrap: pretty;
  }
  .room {
    color: var(--_warning-text);
  }
  progress {
    display: block;
    flex: 0 0 calc(100% - 8px);
    inline-size: 0;
    block-size: 4px;
    margin-block: 2px;
    border: 0;
    border-radius: 2px;
    background: var(--_raised);
    overflow: hidden;
    appearance: none;
  }
  progress::-webkit-progress-bar {
    background: var(--_raised);
  }
  progress::-webkit-progress-value {
    border-radius: 2px;
    background: var(--_accent);
    transition: inline-size var(--_motion);
  }
  progress::-moz-progress-bar {
    border-radius: 2px;
    background: var(--_accent);
  }
  .formats {
    inset: auto;
    max-inline-size: 240px;
    margin: 0;
    padding: 4px;
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) * 0.75);
    background: var(--_surface);
    color: var(--_text);
    box-shadow: var(--_shadow-small);
  }
  .formats .button {
    display: flex;
    justify-content: start;
    inline-size: 100%;
    font-weight: 400;
  }
  .formats p {
    padding: 6px 10px;
    color: var(--_muted);
    font-size: 13px;
    text-wrap: pretty;
  }
  vc-dialog {
    padding: 8px;
  }
  @media (forced-colors: active) {
    progress {
      appearance: auto;
    }
  }
  /* Above the conversations every line counts. */
  @container (width < 1024px) {
    section {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr);
      align-items: start;
    }
    h2 {
      padding: 14px 0 0 16px;
    }
    ul {
      max-block-size: 112px;
      padding-block: 2px;
    }
    li {
      min-block-size: 44px;
      padding-block: 4px;
    }
    .facts {
      display: flex;
      flex-wrap: wrap;
      align-items: baseline;
      gap: 0 10px;
    }
    vc-dialog {
      grid-column: 1 / -1;
    }
  }
  @container (width < 480px) {
    section {
      display: block;
    }
    h2 {
      padding-block: 8px 0;
    }
  }
`;
