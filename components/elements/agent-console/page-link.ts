import { html } from 'lit';
import { safeLink } from './place-text.ts';

/** The visitor's browser told the address, so it is not trusted: anything but a web page stays text. */
export function pageLink(address: string, text: string) {
  const href = safeLink(address);
  return href
    ? html`<a href=${href} title=${address} target="_blank" rel="noopener noreferrer">${text}</a>`
    : text;
}
