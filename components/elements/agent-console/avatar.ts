import { css, html } from 'lit';

/** The first letters of a name in a disc; the name itself stands beside it. */
export const avatar = (name: string) =>
  html`<span class="avatar" aria-hidden="true" data-initials=${initials(name)}></span>`;

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 2)
    .map((word) => [...word][0]?.toUpperCase() ?? '')
    .join('');

/** The letters are drawn by the style, so that the name is in the text once. */
export const avatarStyles = css`
  .avatar {
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 36px;
    block-size: 36px;
    border-radius: 50%;
    background: var(--_accent-soft);
    color: var(--_accent-text);
    font-size: 13px;
    font-weight: 650;
    letter-spacing: 0.02em;
  }
  .avatar::before {
    content: attr(data-initials) / '';
  }
`;
