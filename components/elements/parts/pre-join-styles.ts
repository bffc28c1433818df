import { css } from 'lit';

export const preJoinStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    color-scheme: dark;
    background: var(--_stage);
    color: var(--_on-stage);
  }
  header,
  footer {
    display: flex;
    flex: none;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
    padding: 12px 16px;
  }
  footer {
    flex-wrap: wrap;
    justify-content: end;
    border-block-start: 1px solid rgb(255 255 255 / 14%);
  }
  footer > p {
    flex-basis: 100%;
    color: #f4cd80;
    font-size: 13px;
  }
  h2,
  h3,
  p {
    margin: 0;
  }
  h2 {
    font-size: 18px;
    font-weight: 650;
  }
  h3 {
    font-size: 14px;
    font-weight: 600;
  }
  .scroll {
    flex: 1;
    display: grid;
    align-content: start;
    gap: 12px;
    min-block-size: 0;
    padding: 4px 16px 16px;
    overflow: hidden auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
  }
  .stage {
    position: relative;
    display: grid;
    place-items: center;
    aspect-ratio: 16 / 10;
    max-block-size: 300px;
    min-inline-size: 0;
    inline-size: 100%;
    border-radius: 14px;
    overflow: clip;
    background: #191e23;
  }
  video {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
    transform: scaleX(-1);
  }
  .word {
    max-inline-size: 34ch;
    padding: 0 16px 44px;
    color: #a0a9b3;
    text-align: center;
    text-wrap: balance;
  }
  .switches {
    position: absolute;
    inset: auto 0 12px;
    display: flex;
    justify-content: center;
    gap: 10px;
  }
  .switch {
    min-inline-size: 44px;
    min-block-size: 44px;
    background: color-mix(in srgb, var(--_stage) 78%, transparent);
    box-shadow: inset 0 0 0 1px rgb(255 255 255 / 18%);
  }
  .switch:hover {
    background: #3a4149;
  }
  .switch[data-off] {
    background: var(--_on-stage);
    color: var(--_stage);
  }
  vc-call-settings {
    padding: 0;
  }
  .outline {
    border-color: rgb(255 255 255 / 45%);
  }
  .check {
    justify-self: start;
  }
  .button {
    min-block-size: 44px;
  }
  .note {
    padding: 16px;
    text-align: center;
  }
`;
