import { css } from 'lit';

export const deskStatusStyles = css`
  section {
    position: relative;
    display: grid;
    gap: 10px;
    padding: 12px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
  }
  .me {
    display: flex;
    align-items: center;
    gap: 12px;
    min-inline-size: 0;
    padding-inline-start: 4px;
  }
  .who {
    display: grid;
    flex: 1;
    min-inline-size: 0;
    line-height: 1.3;
  }
  .tools {
    display: flex;
    align-items: center;
  }
  .name,
  .text {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .name {
    font-weight: 600;
  }
  .connection {
    display: flex;
    align-items: center;
    gap: 6px;
    min-inline-size: 0;
    color: var(--_muted);
    font-size: 13px;
  }
  .connection::before {
    content: '';
    flex: none;
    inline-size: 8px;
    block-size: 8px;
    border-radius: 50%;
    background: var(--_connecting);
  }
  .connection[data-state='available']::before {
    background: var(--_active);
  }
  .connection[data-state='offline']::before {
    background: var(--_available);
  }
  .connection[data-state='refused']::before {
    background: var(--_danger);
  }
  .switches {
    display: grid;
  }
  .why {
    inline-size: 100%;
    min-block-size: 40px;
    margin: 0;
    padding: 4px 10px;
    border: 1px solid var(--_line-strong);
    border-radius: var(--_radius-control);
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
    cursor: pointer;
  }
  .why:disabled {
    color: var(--_muted);
    cursor: default;
  }
  @container (width < 1024px) {
    section {
      grid-template-columns: minmax(0, 1fr) auto;
      align-items: center;
      padding-block: 6px;
    }
    .switches {
      grid-auto-flow: column;
    }
    .who {
      flex: 0 1 auto;
    }
    .reason {
      grid-column: 1 / -1;
    }
  }
  @container (768px <= width < 1024px) {
    section:has(.why) {
      grid-template-columns: minmax(0, 1fr) 136px auto;
    }
    .reason {
      grid-area: 1 / 2;
    }
  }
  @container (width < 480px) {
    section {
      gap: 4px;
      padding-inline: 6px 2px;
    }
    .me {
      gap: 4px;
    }
    .switch {
      flex-direction: column-reverse;
      gap: 2px;
      min-inline-size: 50px;
      font-size: 12px;
    }
    .avatar {
      display: none;
    }
    .who {
      flex: 1;
    }
    /* Half a word says less than the dot. */
    .connection[data-state='available'] .text {
      position: absolute;
      clip-path: inset(50%);
    }
  }
`;
