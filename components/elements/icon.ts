import { html, type TemplateResult } from 'lit';

/**
 * Draws one of `icons.ts`, 20 px unless the style says otherwise, in the colour of the text. Always decorative: the name
 * belongs to the control around it.
 */
export const icon = (path: string): TemplateResult => html`
  <svg viewBox="0 0 20 20" width="20" height="20" fill="none" stroke="currentColor" stroke-width="1.75"
    stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false"><path d=${path} /></svg>`;
