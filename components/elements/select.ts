import { type Context, ContextConsumer } from '@lit/context';
import type { ReactiveController, ReactiveElement } from 'lit';
import type { ReadableStore } from '../store/store.ts';

/** What a context may carry: a store, something with a store (a call), or nothing for now. */
type Source<S> = ReadableStore<S> | { readonly store: ReadableStore<S> } | null;

/**
 * Selects a value from the store in a context and renders the host again when that value is another one (`Object.is`),
 * so select what is kept by reference, or a primitive. `value` is `undefined` while the context is empty.
 *
 * @example
 *   #view = new Select(this, contactContext, (state) => state.view);
 *   render() { return html`${this.#view.value?.phase}`; }
 */
export class Select<S, T> implements ReactiveController {
  value: T | undefined;
  #host: ReactiveElement;
  #selector: (state: S) => T;
  #store: ReadableStore<S> | null = null;
  #stop: (() => void) | null = null;

  constructor(host: ReactiveElement, context: Context<unknown, Source<S>>, selector: (state: S) => T) {
    this.#host = host;
    this.#selector = selector;
    new ContextConsumer(host, { context, subscribe: true, callback: (source) => this.#use(source) });
    host.addController(this);
  }

  hostConnected(): void {
    this.#listen();
  }

  hostDisconnected(): void {
    this.#stop?.();
    this.#stop = null;
  }

  #use(source: Source<S>): void {
    const store = source && 'store' in source ? source.store : source;
    if (store === this.#store) return;
    this.#stop?.();
    this.#stop = null;
    this.#store = store;
    this.#listen();
  }

  #listen(): void {
    this.#stop ??= this.#store?.subscribe(() => this.#read()) ?? null;
    this.#read();
  }

  #read(): void {
    const value = this.#store ? this.#selector(this.#store.state) : undefined;
    if (Object.is(value, this.value)) return;
    this.value = value;
    this.#host.requestUpdate();
  }
}
