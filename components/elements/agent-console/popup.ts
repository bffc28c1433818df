import type { ReactiveController, ReactiveElement } from 'lit';

/**
 * Something that opens beside a button of the host: Escape, a press elsewhere and the focus going elsewhere close it.
 * Escape gives the focus back to the button, `opener` in the host's shadow tree.
 */
export class Popup implements ReactiveController {
  #host: ReactiveElement;
  #opener: string;
  #listening: AbortController | null = null;

  constructor(host: ReactiveElement, opener: string) {
    this.#host = host;
    this.#opener = opener;
    host.addController(this);
  }

  get open(): boolean {
    return this.#listening !== null;
  }

  hostDisconnected(): void {
    this.close();
  }

  toggle(): void {
    if (this.open) this.close();
    else this.#show();
  }

  close(): void {
    this.#listening?.abort();
    this.#listening = null;
    this.#host.requestUpdate();
  }

  /** Closes, and sets the focus where it came from. */
  leave(): void {
    this.close();
    this.#host.renderRoot.querySelector<HTMLElement>(this.#opener)?.focus();
  }

  #show(): void {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const isOutside = (event: Event) => !event.composedPath().includes(this.#host);
    const onKeydown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.isComposing) return;
      // Answered here: nothing around should close as well.
      event.stopPropagation();
      this.leave();
    };
    this.#host.addEventListener('keydown', onKeydown, { signal });
    document.addEventListener('pointerdown', (event) => isOutside(event) && this.close(), { signal });
    document.addEventListener('focusin', (event) => isOutside(event) && this.close(), { signal });
    this.#host.requestUpdate();
  }
}
