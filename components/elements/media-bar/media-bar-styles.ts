import { css } from 'lit';

/** A call looks the same in both colour schemes: dark, as the picture it belongs to. */
export const mediaBarStyles = css`
  :host {
    color-scheme: dark;
    color: var(--_on-stage);
    font: 400 14px / 1.45 var(--_font);
  }
  .layout {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: center;
    gap: 8px;
  }
  .status,
  .message {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }
  .status {
    align-items: center;
  }
  .status > *,
  .message > :not(.visually-hidden) {
    margin: 0;
    padding: 3px 10px;
    border-radius: 14px;
    background: color-mix(in srgb, var(--_stage) 78%, transparent);
    font-size: 13px;
    font-variant-numeric: tabular-nums;
  }
  .status:empty {
    display: none;
  }
  /* Takes no room, but stays in the accessibility tree: a region that appears with its first words is not read out. */
  .message:empty {
    position: absolute;
  }
  .recording {
    display: flex;
    align-items: center;
    gap: 6px;
    color: var(--_danger-text);
  }
  .recording i {
    inline-size: 8px;
    block-size: 8px;
    border-radius: 50%;
    background: currentcolor;
  }
  .status > vc-call-health,
  .message > vc-device-help:not(.visually-hidden) {
    padding: 0;
    background: none;
  }
  .message > .problem {
    background: var(--_warning-soft);
    color: var(--_warning-text);
  }
  .toolbar {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 6px;
    padding: 6px;
    border-radius: 28px;
    background: color-mix(in srgb, var(--_stage) 84%, transparent);
    box-shadow: inset 0 0 0 1px rgb(255 255 255 / 12%), 0 4px 16px rgb(0 0 0 / 24%);
  }
  .control {
    padding: 0;
    border-radius: 20px;
    background: rgb(255 255 255 / 14%);
  }
  .control:hover {
    background: rgb(255 255 255 / 24%);
  }
  .control[data-look='off'] {
    background: var(--_on-stage);
    color: var(--_stage);
  }
  .control[data-look='off']:hover {
    background: #fff;
  }
  .control[data-look='on'] {
    background: var(--_active);
    color: #fff;
  }
  .control[data-look='danger'] {
    background: var(--_danger);
    color: var(--_on-danger);
  }
  .control[data-look='danger']:hover {
    filter: brightness(1.12);
  }
  .control[data-look='recording'] {
    color: var(--_danger-text);
  }
  .control:last-child {
    min-inline-size: 56px;
  }
  .control[aria-disabled] {
    opacity: 0.5;
    cursor: default;
  }
  @container (inline-size < 440px) {
    .toolbar {
      gap: 4px;
      padding: 4px;
    }
    .control {
      min-inline-size: 36px;
      min-block-size: 36px;
    }
    .control:last-child {
      min-inline-size: 48px;
    }
    /* Two even rows rather than one or two buttons on the second. */
    .toolbar[data-many] {
      max-inline-size: 226px;
    }
  }
  /* A finger needs more than a mouse. */
  :host([touch]) .control {
    min-inline-size: 44px;
    min-block-size: 44px;
    border-radius: 22px;
  }
  @container (inline-size < 440px) {
    :host([touch]) .toolbar[data-many] {
      max-inline-size: 204px;
    }
    :host([touch]) .toolbar[data-many]:has(> :nth-child(9)) {
      max-inline-size: 252px;
    }
  }
  .settings {
    position: fixed;
    inset: auto;
    inline-size: min(320px, 100vw - 16px);
    margin: 0;
    padding: 0;
    border: 0;
    border-radius: 14px;
    background: #191e23;
    color: inherit;
    box-shadow: 0 0 0 1px rgb(255 255 255 / 16%), 0 12px 40px rgb(0 0 0 / 60%);
    overflow: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
  }
  .settings > p {
    margin: 16px;
  }
`;
