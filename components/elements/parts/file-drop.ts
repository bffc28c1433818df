import type { ReactiveController, ReactiveElement } from 'lit';

interface Places {
  /** Where files may be dropped. */
  readonly zone: HTMLElement | null;
  /** Where files may be pasted. */
  readonly composer: HTMLElement | null;
}

/**
 * Gives `take` the files dropped or pasted where `places` says, while the host is in the document and `places` gives any.
 * `over` is true, and the host renders again, while files hang over the zone.
 */
export class FileDrop implements ReactiveController {
  over = false;
  #host: ReactiveElement;
  #places: () => Places | null;
  #take: (files: readonly File[]) => void;
  #at: Places | null = null;
  #listening: AbortController | null = null;

  constructor(host: ReactiveElement, places: () => Places | null, take: (files: readonly File[]) => void) {
    this.#host = host;
    this.#places = places;
    this.#take = take;
    host.addController(this);
  }

  hostUpdated(): void {
    const at = this.#host.isConnected ? this.#places() : null;
    if (at?.zone === this.#at?.zone && at?.composer === this.#at?.composer) return;
    this.#stop();
    this.#at = at;
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    at?.zone?.addEventListener('dragover', (event) => this.#onDragOver(event), { signal });
    at?.zone?.addEventListener('dragleave', (event) => this.#onDragLeave(event), { signal });
    at?.zone?.addEventListener('drop', (event) => this.#onDrop(event), { signal });
    at?.composer?.addEventListener('paste', (event) => this.#onPaste(event), { signal });
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#stop();
  }

  #stop(): void {
    this.#listening?.abort();
    this.#listening = this.#at = null;
    this.#hang(false);
  }

  #hang(over: boolean): void {
    if (this.over === over) return;
    this.over = over;
    this.#host.requestUpdate();
  }

  #onDragOver(event: DragEvent): void {
    if (!event.dataTransfer?.types.includes('Files')) return;
    // Otherwise the browser opens what is dropped in place of the page.
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    this.#hang(true);
  }

  #onDragLeave({ relatedTarget }: DragEvent): void {
    const inside = relatedTarget instanceof Node && this.#at?.zone?.contains(relatedTarget);
    if (!inside) this.#hang(false);
  }

  #onDrop(event: DragEvent): void {
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length > 0) event.preventDefault();
    this.#hang(false);
    if (files.length > 0) this.#take(files);
  }

  #onPaste(event: ClipboardEvent): void {
    const files = [...(event.clipboardData?.files ?? [])];
    // Some programs put a picture of the text beside the text: then the text is meant.
    if (files.length === 0 || event.clipboardData?.types.includes('text/plain')) return;
    event.preventDefault();
    this.#take(files);
  }
}
