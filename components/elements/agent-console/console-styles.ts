import { css } from 'lit';

export const consoleStyles = css`
  :host {
    position: relative;
    block-size: 100%;
    min-block-size: 448px;
    overflow: hidden;
    background: var(--_sunken);
    container-type: inline-size;
  }
  .console {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    min-block-size: inherit;
  }
  .desk {
    display: grid;
    flex: 1;
    grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
    gap: 12px;
    min-block-size: 0;
    padding: 12px;
  }
  .rail {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 12px;
    min-block-size: 0;
  }
  @container (width < 480px) {
    .desk,
    .rail {
      gap: 8px;
    }
    .desk {
      padding: 8px;
    }
  }
  @container (width >= 1024px) {
    .desk {
      grid-template: minmax(0, 1fr) / 304px minmax(0, 1fr);
      gap: 16px;
      padding: 16px;
    }
    .rail {
      grid-template-rows: auto minmax(0, 1fr) auto;
    }
  }
`;
