import type { Store } from '../store/port.ts';

const PREFIX = 'live/';
const keyOf = (contact: string): string => PREFIX + contact;
/** Milliseconds within which another instance may still be about to write what it has put on the index. */
const SETTLING = 60_000;

interface Mark {
  /** Milliseconds since the epoch; earlier versions had none. */
  readonly at?: number;
}

/**
 * Which contacts have not ended, so that a boot need not read all there ever were. Written before a contact and deleted
 * after its end: a crash in between leaves one id too many, never one too few.
 */
export class LiveIndex {
  readonly #store: Store;
  readonly #clock: () => number;

  constructor(store: Store, clock: () => number) {
    this.#store = store;
    this.#clock = clock;
  }

  async add(contact: string): Promise<void> {
    const key = keyOf(contact);
    const mark: Mark = { at: this.#clock() };
    if ((await this.#store.put(key, mark, null)) !== null) return;
    const document = await this.#store.get(key);
    // Marked anew, so that nobody takes the old mark away now.
    await this.#store.put(key, mark, document?.version ?? null);
  }

  async remove(contact: string): Promise<void> {
    const document = await this.#store.get(keyOf(contact));
    if (document) await this.#store.delete(document.key, document.version);
  }

  /** Takes away what a crash has left, unless somebody may still be at it. */
  async tidy(contact: string): Promise<void> {
    const document = await this.#store.get<Mark>(keyOf(contact));
    if (!document) return;
    const isOld = this.#clock() - (document.value.at ?? 0) > SETTLING;
    if (isOld || !this.#store.isShared) await this.#store.delete(document.key, document.version);
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
