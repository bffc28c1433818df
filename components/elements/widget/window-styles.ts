import { css } from 'lit';

export const windowStyles = css`
  .window {
    display: flex;
    flex-direction: column;
    inline-size: min(384px, calc(100vw - 40px));
    block-size: min(660px, calc(100dvh - 40px));
    overflow: hidden;
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text);
    box-shadow: var(--_shadow);
    transform-origin: 100% 100%;
    animation: appear var(--_motion);
  }
  :host([expanded]) .window {
    inline-size: min(920px, calc(100vw - 40px));
  }
  :host([home]) .window,
  :host([chatless]) .window {
    block-size: auto;
    max-block-size: calc(100dvh - 40px);
  }
  :host([home]) .window {
    min-block-size: min(440px, calc(100dvh - 40px));
  }
  :host([chatless]) .call {
    flex: 1;
  }
  .body {
    position: relative;
    flex: 1;
    display: flex;
    flex-direction: column;
    min-block-size: 0;
  }
  .talk {
    flex: 1;
    display: flex;
    flex-direction: column;
    min-inline-size: 0;
    min-block-size: 0;
  }
  .call {
    flex: none;
  }
  vc-transcript,
  vc-widget-home {
    flex: 1;
  }
  vc-composer {
    padding: 0 12px 12px;
  }
  .banner,
  .notice {
    padding: 8px 16px;
    background: var(--_warning-soft);
    color: var(--_warning-text);
    font-size: 13px;
  }
  .banner {
    text-align: center;
  }
  .notice {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
    margin: 0 12px 10px;
    padding: 6px 6px 6px 14px;
    border-radius: var(--_radius-control);
    overflow-wrap: anywhere;
  }
  vc-widget-prompts {
    position: absolute;
    inset: auto 12px 12px;
    display: grid;
    gap: 8px;
  }
  :host([expanded]) vc-widget-prompts {
    inline-size: 336px;
    inset-inline-start: auto;
  }
  :host([chatless]) vc-widget-prompts {
    position: static;
    inline-size: auto;
  }
  .refused {
    flex: 1;
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    gap: 8px;
    padding: 32px;
    color: var(--_muted);
    text-align: center;
  }
  .refused svg {
    inline-size: 32px;
    block-size: 32px;
  }
  .refused h2 {
    margin: 4px 0 0;
    color: var(--_text);
    font-size: 16px;
    font-weight: 600;
  }
  .refused p {
    margin: 0;
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
    .window,
    :host([home]) .window,
    :host([expanded]) .window {
      position: fixed;
      inset: 0 0 auto;
      inline-size: auto;
      /* What the on-screen keyboard leaves, as the visual viewport tells. */
      block-size: var(--_height, 100dvh);
      min-block-size: 0;
      max-block-size: none;
      padding-block-end: env(safe-area-inset-bottom);
      border-radius: 0;
    }
    /* A call without the chat leaves the page to be read. */
    :host([chatless]:not([expanded])) .window {
      inset: auto 0 0;
      block-size: auto;
      border-radius: var(--_radius) var(--_radius) 0 0;
    }
  }
  @keyframes appear {
    from {
      opacity: 0;
      transform: translateY(12px) scale(0.97);
    }
  }
  @media (forced-colors: active) {
    .window {
      border: 1px solid;
    }
  }
`;
