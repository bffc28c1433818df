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
  :host([home]) .window {
    block-size: auto;
    max-block-size: calc(100dvh - 40px);
    min-block-size: min(440px, calc(100dvh - 40px));
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
  vc-transcript,
  vc-widget-home,
  vc-widget-refused,
  vc-lead-form,
  vc-callback-form {
    flex: 1;
  }
  .aside {
    margin: -6px 26px 10px;
    color: var(--_muted);
    font-size: 12px;
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
  @media (max-width: 480px) {
    .window,
    :host([home]) .window {
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
