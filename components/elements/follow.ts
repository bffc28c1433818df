import type { ReactiveController, ReactiveElement } from 'lit';
import type { ReadableStore } from '../store/store.ts';

/** Renders its host again when the store that `source` gives changes; for stores that do not come by `Select`'s context. */
export class Follow<S> implements ReactiveController {
  #host: ReactiveElement;
  #source: () => ReadableStore<S> | null;
  #store: ReadableStore<S> | null = null;
  #stop: (() => void) | null = null;

  constructor(host: ReactiveElement, source: () => ReadableStore<S> | null) {
    this.#host = host;
    this.#source = source;
    host.addController(this);
  }

  get state(): S | null {
    return this.#store?.state ?? null;
  }

  hostConnected(): void {
    this.#listen();
    this.#host.requestUpdate();
  }

  hostUpdate(): void {
    if (this.#source() !== this.#store) this.#listen();
  }

  hostDisconnected(): void {
    this.#stop?.();
    this.#stop = null;
  }

  #listen(): void {
    this.#stop?.();
    this.#store = this.#source();
    // A host may be updated while it is out of the document, and nothing would end what begins there.
    const store = this.#host.isConnected ? this.#store : null;
    this.#stop = store?.subscribe(() => this.#host.requestUpdate()) ?? null;
  }
}
