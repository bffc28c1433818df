import { css } from 'lit';

export const transcriptStyles = css`
  :host {
    position: relative;
    min-block-size: 0;
  }
  .log {
    block-size: 100%;
    overflow: hidden auto;
    overscroll-behavior: contain;
    padding: 16px 16px 30px;
    outline-offset: -3px;
    scrollbar-width: thin;
  }
  .day,
  .event {
    margin: 14px auto;
    color: var(--_muted);
    font-size: 12px;
    text-align: center;
    overflow-wrap: anywhere;
  }
  .day {
    font-weight: 600;
  }
  .event + .event {
    margin-block-start: -8px;
  }
  .earlier {
    display: flex;
    margin: 0 auto 8px;
  }

  .message {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    margin-block-start: 3px;
  }
  .message.own {
    align-items: flex-end;
  }
  .message.first {
    margin-block-start: 14px;
  }
  .author {
    margin: 0 12px 3px;
    color: var(--_muted);
    font-size: 12px;
  }
  .bubble {
    max-inline-size: min(84%, 560px);
    padding: 8px 12px;
    border-radius: var(--_radius);
    border-start-start-radius: 6px;
    background: var(--_raised);
    overflow-wrap: anywhere;
    white-space: pre-wrap;
    animation: appear var(--_motion);
  }
  .first .bubble {
    border-start-start-radius: var(--_radius);
  }
  .own .bubble {
    border-start-start-radius: var(--_radius);
    border-start-end-radius: 6px;
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .own.first .bubble {
    border-start-end-radius: var(--_radius);
  }
  .refused .bubble {
    border: 1px solid var(--_danger-text);
    background: none;
    color: var(--_text);
  }
  a {
    color: inherit;
    text-underline-offset: 2px;
  }
  .bubble :focus-visible {
    outline-color: currentcolor;
  }
  .meta {
    float: inline-end;
    display: inline-flex;
    align-items: center;
    gap: 3px;
    margin: 5px -2px -3px 12px;
    font-size: 11px;
    font-variant-numeric: tabular-nums;
    line-height: 16px;
    color: var(--_muted);
    white-space: nowrap;
  }
  .own .meta {
    color: inherit;
  }
  .refused .meta {
    color: var(--_muted);
  }
  .meta svg {
    inline-size: 14px;
    block-size: 14px;
  }
  .tick {
    opacity: 0.75;
  }
  .tick[data-status='read'] {
    color: #a5f0ff;
    opacity: 1;
  }
  .tick[data-status='direct'] {
    stroke-dasharray: 2;
  }
  .problem {
    display: flex;
    align-items: center;
    gap: 4px;
    color: var(--_danger-text);
    font-size: 12px;
  }

  .typing {
    position: absolute;
    inset: auto 0 0;
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 4px 18px 6px;
    background: linear-gradient(transparent, var(--_surface) 40%);
    color: var(--_muted);
    font-size: 12px;
    pointer-events: none;
  }
  .dots {
    display: inline-flex;
    gap: 3px;
  }
  .dots i {
    inline-size: 5px;
    block-size: 5px;
    border-radius: 50%;
    background: currentcolor;
    animation: breathe 1.2s infinite;
  }
  .dots i:nth-child(2) {
    animation-delay: 0.15s;
  }
  .dots i:nth-child(3) {
    animation-delay: 0.3s;
  }
  .newer {
    position: absolute;
    inset-block-end: 30px;
    inset-inline: 0;
    inline-size: fit-content;
    margin-inline: auto;
    border-radius: 20px;
    box-shadow: var(--_shadow-small);
  }
  @keyframes appear {
    from {
      opacity: 0;
      transform: translateY(4px);
    }
  }
  @keyframes breathe {
    0%,
    60%,
    100% {
      opacity: 0.3;
    }
    30% {
      opacity: 1;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .dots i {
      animation: none;
    }
  }
  @media (forced-colors: active) {
    .bubble {
      border: 1px solid;
    }
  }
`;
