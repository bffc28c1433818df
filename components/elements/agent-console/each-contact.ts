import type { ReactiveController, ReactiveElement } from 'lit';
import type { ContactState, ReadableContactStore } from '../../store/contact-store.ts';

/** Where the stores of single contacts are found. */
export interface Contacts {
  contact(id: string): ReadableContactStore | undefined;
}

interface Followed<T> {
  readonly store: ReadableContactStore;
  readonly stop: () => void;
  value: T;
}

/**
 * Selects a value from the store of each of several contacts and renders the host again when one of them is another one
 * (`Object.is`). `source` gives the contacts; it is asked whenever the host updates.
 */
export class EachContact<T> implements ReactiveController {
  #host: ReactiveElement;
  #source: () => { readonly ids: readonly string[]; readonly contacts: Contacts | null };
  #selector: (state: ContactState) => T;
  #followed = new Map<string, Followed<T>>();

  constructor(
    host: ReactiveElement,
    source: () => { readonly ids: readonly string[]; readonly contacts: Contacts | null },
    selector: (state: ContactState) => T,
  ) {
    this.#host = host;
    this.#source = source;
    this.#selector = selector;
    host.addController(this);
  }

  /** By id of the contact. */
  get values(): ReadonlyMap<string, T> {
    return new Map([...this.#followed].map(([id, { value }]) => [id, value]));
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  hostUpdate(): void {
    // A host may be updated while it is out of the document, and nothing would end what begins there.
    const { ids, contacts } = this.#host.isConnected ? this.#source() : { ids: [], contacts: null };
    for (const [id, { store }] of this.#followed)
      if (!ids.includes(id) || contacts?.contact(id) !== store) this.#leave(id);
    for (const id of ids) {
      const store = contacts?.contact(id);
      if (store && !this.#followed.has(id)) this.#follow(id, store);
    }
  }

  hostDisconnected(): void {
    for (const id of this.#followed.keys()) this.#leave(id);
  }

  #follow(id: string, store: ReadableContactStore): void {
    const followed: Followed<T> = {
      store,
      value: this.#selector(store.state),
      stop: store.subscribe(() => {
        const value = this.#selector(store.state);
        if (Object.is(value, followed.value)) return;
        followed.value = value;
        this.#host.requestUpdate();
      }),
    };
    this.#followed.set(id, followed);
  }

  #leave(id: string): void {
    this.#followed.get(id)?.stop();
    this.#followed.delete(id);
  }
}
