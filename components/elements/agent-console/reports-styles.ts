import { css } from 'lit';

export const reportsStyles = css`
  :host {
    min-block-size: 0;
    container-type: inline-size;
  }
  section {
    display: flex;
    flex-direction: column;
    gap: 12px;
    block-size: 100%;
    overflow-y: auto;
    border-radius: var(--_radius);
    scrollbar-width: thin;
  }
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    padding: 8px 12px 8px 8px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
  }
  h2 {
    flex: 1;
    margin: 0;
    font-size: 16px;
    font-weight: 650;
  }
  .range,
  .presets,
  .dates {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
  }
  .presets {
    gap: 2px;
  }
  [aria-pressed='true'] {
    background: var(--_accent-soft);
    color: var(--_accent-text);
  }
  label {
    display: flex;
    align-items: center;
    gap: 6px;
    color: var(--_muted);
    font-size: 13px;
  }
  input {
    min-block-size: 32px;
    padding: 2px 8px;
    border: 1px solid var(--_line-strong);
    border-radius: var(--_radius-control);
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
  }
  [aria-invalid='true'] {
    border-color: var(--_danger-text);
  }
  /* There is only something in it when there is nothing to report. */
  .body:empty {
    margin-block-end: -12px;
  }
  .state {
    display: grid;
    justify-items: center;
    gap: 8px;
    padding: 48px 24px;
    color: var(--_muted);
    text-align: center;
    text-wrap: balance;
  }
  .state > svg {
    inline-size: 36px;
    block-size: 36px;
    stroke-width: 1.25;
  }
  .state p,
  .state h3 {
    margin: 0;
  }
  .state h3 {
    color: var(--_text);
    font-size: 16px;
    font-weight: 600;
  }
  .report {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 12px;
    padding-block-end: 4px;
    transition: opacity var(--_motion);
  }
  .report[data-stale] {
    opacity: 0.6;
  }
  .plots {
    display: grid;
    gap: 12px;
  }
  @container (width < 576px) {
    .range {
      flex-basis: 100%;
      order: 1;
    }
    .presets {
      display: grid;
      flex: 1;
      grid-template-columns: repeat(4, auto);
    }
    .presets .button {
      padding-inline: 4px;
      font-size: 13px;
    }
    .dates {
      display: grid;
      flex-basis: 100%;
      grid-template-columns: repeat(2, minmax(0, 1fr));
      padding-inline-start: 4px;
    }
    label {
      display: grid;
      gap: 2px;
    }
    .download {
      padding-inline: 8px;
    }
    .word {
      display: none;
    }
  }
  @container (width >= 720px) {
    .plots {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
  }
`;
