import { css, html } from 'lit';
import { initials } from '../initials.ts';

/** The first letters of a name in a disc of its own hue; the name itself stands beside it. */
export const avatar = (name: string) =>
  html`<span class="avatar" aria-hidden="true" data-initials=${initials(name)} data-hue=${hueOf(name)}></span>`;

const HUES = 8;

/** The same for the same name, so that an eye that has four contacts finds each again. */
function hueOf(name: string): number {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return sum % HUES;
}

/** The letters are drawn by the style, so that the name is in the text once. */
export const avatarStyles = css`
  .avatar {
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 36px;
    block-size: 36px;
    border-radius: 50%;
    /* Lightness alone decides the contrast: 7:1 for every hue. */
    background: light-dark(oklch(92% 0.045 var(--_hue)), oklch(34% 0.06 var(--_hue)));
    color: light-dark(oklch(38% 0.09 var(--_hue)), oklch(88% 0.07 var(--_hue)));
    font-size: 13px;
    font-weight: 650;
    letter-spacing: 0.02em;
    --_hue: 215;
  }
  [data-hue='1'] {
    --_hue: 300;
  }
  [data-hue='2'] {
    --_hue: 75;
  }
  [data-hue='3'] {
    --_hue: 155;
  }
  [data-hue='4'] {
    --_hue: 20;
  }
  [data-hue='5'] {
    --_hue: 260;
  }
  [data-hue='6'] {
    --_hue: 115;
  }
  [data-hue='7'] {
    --_hue: 345;
  }
  .avatar::before {
    content: attr(data-initials) / '';
  }
`;
