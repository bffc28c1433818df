import { css } from 'lit';

/**
 * Design tokens. A page sets the public `--vc-…` ones; everything inside reads the private `--_…` ones, so an element
 * that is a root on some pages and nested on others can carry this sheet in both places without undoing the page's theme.
 * Only root elements list it in their styles; parts inherit.
 *
 * Fills (`--_accent`, `--_danger`) carry text in `--_on-…`; `--_accent-text` and `--_danger-text` are for text and icons
 * on a surface. All such pairs keep 4.5:1 in both schemes.
 */
export const tokens = css`
  :host {
    --_accent: var(--vc-accent, light-dark(#0b6478, #117a91));
    --_on-accent: var(--vc-on-accent, #fff);
    --_accent-text: var(--vc-accent-text, light-dark(#0b6478, #6cc9dc));
    --_accent-soft: light-dark(
      color-mix(in srgb, var(--_accent) 10%, transparent),
      color-mix(in srgb, var(--_accent) 32%, transparent)
    );

    --_surface: var(--vc-surface, light-dark(#fff, #16191d));
    --_sunken: var(--vc-sunken, light-dark(#f6f7f8, #101316));
    --_raised: var(--vc-raised, light-dark(#eff1f3, #23282e));
    --_hover: light-dark(rgb(15 23 32 / 6%), rgb(255 255 255 / 8%));
    --_press: light-dark(rgb(15 23 32 / 11%), rgb(255 255 255 / 13%));
    --_text: var(--vc-text, light-dark(#14191f, #e9ecef));
    --_muted: var(--vc-muted, light-dark(#59636e, #a0a9b3));
    --_line: var(--vc-line, light-dark(#e3e6e9, #2c3238));
    --_line-strong: light-dark(#868f99, #77818c);

    --_danger: light-dark(#c4291c, #cf3427);
    --_on-danger: #fff;
    --_danger-text: light-dark(#b42318, #ff9d92);
    --_warning-soft: light-dark(#fdf3df, #3a2e14);
    --_warning-text: light-dark(#774600, #f4cd80);

    --_active: light-dark(#15803d, #1b8847);
    --_connecting: light-dark(#c2500a, #c9560e);
    --_available: light-dark(#4b5563, #6b7582);
    --_unavailable: light-dark(#c3c9cf, #3a4149);

    --_stage: #0a0d10;
    --_on-stage: #f2f4f6;

    --_font: var(--vc-font, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif);
    --_radius: var(--vc-radius, 16px);
    --_radius-control: calc(var(--_radius) * 0.625);
    --_shadow:
      0 0 0 1px light-dark(rgb(15 23 32 / 6%), rgb(255 255 255 / 8%)), 0 2px 6px rgb(15 23 32 / 8%),
      0 16px 48px light-dark(rgb(15 23 32 / 18%), rgb(0 0 0 / 60%));
    --_shadow-small: 0 1px 2px rgb(15 23 32 / 10%), 0 4px 14px light-dark(rgb(15 23 32 / 16%), rgb(0 0 0 / 50%));
    --_focus: light-dark(#0b6478, #6cc9dc);
    --_motion: 150ms cubic-bezier(0.2, 0, 0, 1);
  }

  @media (prefers-reduced-motion: reduce) {
    :host {
      --_motion: 0s;
    }
  }
`;

/** For public elements: what a page's cascade must not reach into, and the `theme` attribute (`light`, `dark`, `auto`). */
export const rootStyles = css`
  :host {
    color-scheme: light dark;
    color: var(--_text);
    font: 400 14px / 1.45 var(--_font);
    letter-spacing: normal;
    text-align: start;
    text-transform: none;
    -webkit-text-size-adjust: 100%;
  }
  :host([theme='light']) {
    color-scheme: light;
  }
  :host([theme='dark']) {
    color-scheme: dark;
  }
`;
