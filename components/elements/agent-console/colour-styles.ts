import { css } from 'lit';

/** Gives what carries `data-colour` the colour of that tag as `--_tag`. All keep 3:1 on a surface in both schemes. */
export const colourStyles = css`
  [data-colour='red'] {
    --_tag: light-dark(#d92d20, #f97066);
  }
  [data-colour='orange'] {
    --_tag: light-dark(#cf5a0c, #f58a3c);
  }
  [data-colour='yellow'] {
    --_tag: light-dark(#a98400, #e5c02b);
  }
  [data-colour='green'] {
    --_tag: light-dark(#15803d, #42b868);
  }
  [data-colour='blue'] {
    --_tag: light-dark(#1d6fd8, #5ba4f5);
  }
  [data-colour='purple'] {
    --_tag: light-dark(#7c3aed, #b191f7);
  }
  [data-colour='grey'] {
    --_tag: light-dark(#6b7280, #98a2ae);
  }
`;
