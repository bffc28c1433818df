import { ContextConsumer } from '@lit/context';
import { css, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { fileAddress, serverContext } from '../../store/server-context.ts';
import { VcElement } from '../base-element.ts';
import { definePart } from '../define-part.ts';
import * as icons from '../file-icons.ts';
import { icon } from '../icon.ts';
import { sizeText } from '../size-text.ts';
import { t } from '../strings/files.ts';
import type { ShownFile } from './transcript-rows.ts';

/** Pictures every browser shows; anything else is a document. */
const PICTURES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];
/** Largest preview, px. */
const WIDEST = 280;
const HIGHEST = 240;

/**
 * A file of the conversation: a picture in the room it will take, or the name and size of a document. A click opens it in
 * a new tab.
 */
export class VcFile extends VcElement {
  static override styles = css`
    :host {
      display: inline-block;
      max-inline-size: 100%;
      vertical-align: bottom;
      /* The bubble around keeps the line breaks of what people write. */
      white-space: normal;
    }
    :host([picture]) {
      display: block;
    }
    a {
      display: flex;
      align-items: center;
      gap: 10px;
      border-radius: 10px;
      color: inherit;
      text-decoration: none;
    }
    a:focus-visible {
      outline: 2px solid currentcolor;
      outline-offset: 2px;
    }
    .name {
      overflow-wrap: anywhere;
      text-decoration: underline;
      text-underline-offset: 2px;
    }
    .size {
      display: block;
      font-size: 12px;
      opacity: 0.85;
    }
    img {
      display: block;
      max-inline-size: 100%;
      block-size: auto;
      border-radius: 10px;
      background: light-dark(rgb(0 0 0 / 6%), rgb(255 255 255 / 8%));
      object-fit: cover;
    }
  `;

  @property({ attribute: false }) entry: ShownFile | null = null;
  /** The bytes are no picture after all, or are gone. */
  @state() private broken = false;
  #server = new ContextConsumer(this, { context: serverContext, subscribe: true });

  protected override willUpdate(): void {
    this.toggleAttribute('picture', this.entry !== null && this.#isPicture(this.entry));
  }

  protected override render(): TemplateResult | typeof nothing {
    const { entry } = this;
    if (!entry) return nothing;
    const size = sizeText(entry.size);
    const { name, url } = entry;
    const href = url ?? fileAddress(this.#server.value ?? '', entry);
    if (!entry.file && !url) return html`${name}`;
    return html`
      <a href=${href} target="_blank" rel="noopener noreferrer" download=${url ? name : nothing} title=${`${entry.name}, ${size}`}
        aria-label=${t('openFile', { name: entry.name, size })}>
        ${
          this.#isPicture(entry)
            ? this.#picture(entry, href)
            : html`${icon(icons.document)}<span><span class="name">${entry.name}</span> <span class="size">${size}</span></span>`
        }
      </a>
    `;
  }

  #isPicture({ mime, width, height }: ShownFile): boolean {
    return (
      !this.broken && PICTURES.includes(mime) && width !== null && height !== null && width > 0 && height > 0
    );
  }

  /** Width and height are told before it is loaded, so that nothing jumps when it is. */
  #picture({ name, width, height }: ShownFile, src: string): TemplateResult {
    const scale = Math.min(1, WIDEST / (width ?? 1), HIGHEST / (height ?? 1));
    return html`
      <img src=${src} alt=${t('picture', { name })} loading="lazy" decoding="async"
        width=${Math.max(1, Math.round((width ?? 1) * scale))} height=${Math.max(1, Math.round((height ?? 1) * scale))}
        @error=${() => (this.broken = true)} />
    `;
  }
}

definePart('vc-file', VcFile);

declare global {
  interface HTMLElementTagNameMap {
    'vc-file': VcFile;
  }
}
