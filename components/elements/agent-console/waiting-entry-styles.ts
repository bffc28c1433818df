import { css } from 'lit';

export const waitingEntryStyles = css`
  :host {
    position: relative;
    display: grid;
    grid-template-columns: 44px minmax(0, 1fr);
    gap: 12px;
    align-items: start;
    padding: 10px 12px;
    border-radius: 12px;
    cursor: pointer;
    transition: background-color var(--_motion);
    -webkit-tap-highlight-color: transparent;
    /* Of 200 that wait, only those on the screen are laid out. */
    content-visibility: auto;
    contain-intrinsic-block-size: auto 128px;
  }
  :host(:hover) {
    background: var(--_hover);
  }
  :host(:active:not(:has(.decline:active))) {
    background: var(--_press);
  }
  :host([idle]) {
    background: none;
    cursor: default;
  }
  .tag {
    position: absolute;
    inset-block: 10px;
    inset-inline-start: 2px;
    inline-size: 4px;
    border-radius: 2px;
    background: var(--_tag);
  }
  .mark {
    display: grid;
    justify-items: center;
    gap: 2px;
  }
  .left {
    font-size: 12px;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    line-height: 1.3;
  }
  .top {
    display: flex;
    align-items: center;
    gap: 6px;
  }
  .take {
    flex: 1;
    cursor: inherit;
  }
  .star svg {
    inline-size: 17px;
    block-size: 17px;
    color: var(--_warning-text);
    fill: currentColor;
  }
  /* The whole entry takes clicks; the keyboard's mark surrounds it. */
  .take:focus-visible::after {
    content: '';
    position: absolute;
    inset: 0;
    border-radius: inherit;
    outline: 2px solid var(--_focus);
    outline-offset: -2px;
    pointer-events: none;
  }
  .take,
  p {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .facts {
    min-inline-size: 0;
  }
  p {
    margin: 0;
    color: var(--_muted);
    font-size: 13px;
  }
  .kind,
  .hand {
    color: var(--_text);
    white-space: normal;
  }
  .due {
    color: var(--_accent-text);
    font-weight: 550;
  }
  .hand {
    display: -webkit-box;
    margin-block: 4px 2px;
    padding-inline-start: 8px;
    border-inline-start: 3px solid var(--_connecting);
    overflow-wrap: anywhere;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
  }
  .time {
    color: var(--_muted);
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .labels {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    margin-block-start: 4px;
  }
  .label {
    padding: 1px 7px;
    border-radius: 6px;
    background: var(--_accent-soft);
    color: var(--_accent-text);
    font-size: 12px;
    font-weight: 550;
  }
  .lost {
    background: var(--_warning-soft);
    color: var(--_warning-text);
  }
  .decline {
    margin-block-start: 6px;
  }
  @media (forced-colors: active) {
    :host {
      border: 1px solid ButtonText;
    }
  }
`;
