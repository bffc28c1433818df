import { css } from 'lit';

/** How the window makes room for a call: comes with it. */
export const callWindowStyles = css`
  :host([expanded]) .window {
    inline-size: min(920px, calc(100vw - 40px));
  }
  :host([chatless]) .window {
    block-size: auto;
    max-block-size: calc(100dvh - 40px);
  }
  :host([chatless]) .call {
    flex: 1;
  }
  .call {
    flex: none;
  }
  vc-widget-prompts {
    position: absolute;
    inset: auto 12px 12px;
    display: grid;
    gap: 8px;
  }
  vc-widget-prompts[checking] {
    inset: 0;
  }
  :host([expanded]) vc-widget-prompts {
    inline-size: 336px;
    inset-inline-start: auto;
  }
  :host([chatless]) vc-widget-prompts {
    position: static;
    inline-size: auto;
  }
  @media (min-width: 760px) {
    :host([expanded]) .body {
      flex-direction: row;
    }
    :host([expanded]) .call {
      flex: 1;
      min-inline-size: 0;
    }
    :host([expanded]) .talk {
      flex: 0 0 352px;
    }
  }
  @media (max-width: 480px) {
    :host([expanded]) .window {
      inline-size: auto;
    }
    /* A call without the chat leaves the page to be read. */
    :host([chatless]:not([expanded])) .window {
      inset: auto 0 0;
      block-size: auto;
      border-radius: var(--_radius) var(--_radius) 0 0;
    }
    :host([chatless][expanded]) .window {
      block-size: var(--_height, 100dvh);
      max-block-size: none;
    }
  }
`;
