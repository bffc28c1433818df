import { css } from 'lit';

/** `<button class="bare">`: no more than the text in it. What stands around it shows the focus. */
export const bareButton = css`
  .bare {
    margin: 0;
    padding: 0;
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    font-weight: 600;
    text-align: start;
    outline: none;
  }
`;
