import type { Store } from '../store/port.ts';

const PREFIX = 'live/';

/**
 * Which contacts have not ended, so that a boot need not read all there ever were. Written before a contact and deleted
 * after its end: a crash in between leaves one id too many, never one too few.
 */
export class LiveIndex {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  async add(contact: string): Promise<void> {
    await this.#store.put(PREFIX + contact, {}, null);
  }

  async remove(contact: string): Promise<void> {
    const document = await this.#store.get(PREFIX + contact);
    if (document) await this.#store.delete(document.key, document.version);
  }

  async *all(): AsyncGenerator<string> {
    let after = '';
    while (true) {
      const page = await this.#store.list(PREFIX, { after });
      for (const { key } of page) yield key.slice(PREFIX.length);
      const last = page.at(-1);
      if (!last) return;
      after = last.key;
    }
  }
}
