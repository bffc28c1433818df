import { css } from 'lit';

export const callSettingsStyles = css`
  :host {
    display: grid;
    gap: 10px;
    padding: 14px;
    color-scheme: dark;
    font-size: 13px;
  }
  label {
    display: grid;
    gap: 4px;
    font-weight: 550;
  }
  select {
    min-inline-size: 0;
    inline-size: 100%;
    min-block-size: 36px;
    padding: 4px 8px;
    border: 1px solid rgb(255 255 255 / 45%);
    border-radius: 8px;
    background: #0a0d10;
    color: inherit;
    font: inherit;
    font-weight: 400;
    text-overflow: ellipsis;
  }
  select:disabled {
    opacity: 0.6;
  }
  .button {
    justify-self: start;
    border-color: rgb(255 255 255 / 45%);
  }
  @media (pointer: coarse) {
    select,
    .button {
      min-block-size: 44px;
    }
  }
  .aside {
    margin: 0;
    color: #a0a9b3;
  }
  .meter {
    block-size: 6px;
    margin-block-start: -4px;
    border-radius: 3px;
    background: rgb(255 255 255 / 18%);
    overflow: hidden;
  }
  .meter > i {
    display: block;
    inline-size: var(--_level, 0%);
    block-size: 100%;
    background: #3fbf6f;
  }
  .preview {
    inline-size: 100%;
    max-block-size: 160px;
    border-radius: 8px;
    background: #000;
    object-fit: contain;
    transform: scaleX(-1);
  }
`;
