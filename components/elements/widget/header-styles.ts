import { css } from 'lit';

export const headerStyles = css`
  header {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 12px 4px 12px 16px;
    border-block-end: 1px solid var(--_line);
  }
  .avatar {
    position: relative;
    flex: none;
    display: grid;
    place-items: center;
    inline-size: 38px;
    block-size: 38px;
    border-radius: 50%;
    background: var(--_accent-soft);
    color: var(--_accent-text);
    font-size: 15px;
    font-weight: 650;
  }
  img {
    inline-size: 100%;
    block-size: 100%;
    border-radius: 50%;
    object-fit: cover;
  }
  .avatar::after {
    position: absolute;
    inset: auto -1px -1px auto;
    inline-size: 11px;
    block-size: 11px;
    border: 2px solid var(--_surface);
    border-radius: 50%;
  }
  .avatar[data-presence='here']::after {
    content: '';
    background: var(--_active);
  }
  .avatar[data-presence='away']::after {
    content: '';
    background: var(--_connecting);
  }
  .who {
    flex: 1;
    min-inline-size: 0;
  }
  h1 {
    margin: 0;
    overflow: hidden;
    font-size: 15px;
    font-weight: 650;
    line-height: 20px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .line {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 8px;
    min-block-size: 18px;
    color: var(--_muted);
    font-size: 12px;
    line-height: 18px;
    white-space: nowrap;
  }
  .channels {
    display: inline-flex;
    gap: 3px;
  }
  .disc {
    position: relative;
    display: grid;
    place-items: center;
    inline-size: 16px;
    block-size: 16px;
    margin: 0;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: var(--_unavailable);
    color: light-dark(#fff, #8b949e);
  }
  .disc:not([data-state='unavailable']) {
    color: #fff;
  }
  .disc[data-state='available'] {
    background: var(--_available);
  }
  .disc[data-state='connecting'] {
    background: var(--_connecting);
  }
  .disc[data-state='active'] {
    background: var(--_active);
  }
  button.disc {
    cursor: pointer;
  }
  /* The disc is small, the place to click is not. */
  button.disc::before {
    content: '';
    position: absolute;
    inset: -12px -2px;
  }
  .disc svg {
    inline-size: 10px;
    block-size: 10px;
    stroke-width: 2.25;
  }
  .actions {
    display: flex;
  }
`;
