import { css } from 'lit';

export const widgetStyles = css`
  .badge {
    position: absolute;
    inset: -3px -3px auto auto;
    min-inline-size: 22px;
    padding: 0 6px;
    border: 2px solid light-dark(#fff, #16191d);
    border-radius: 12px;
    background: var(--_danger);
    color: var(--_on-danger);
    font: 650 12px / 18px var(--_font);
    font-variant-numeric: tabular-nums;
    text-align: center;
  }
`;
