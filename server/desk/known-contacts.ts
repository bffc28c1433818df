import type { Document } from '../store/port.ts';
import type { StoredContact } from './stored-contact.ts';

/** Contacts that are remembered. */
const MOST = 2_000;

/**
 * Contacts as they were last read or written here, so that a message need not read the whole of its contact again. Only for a
 * store that no other instance writes to: elsewhere what is remembered may be out of date, and an ended contact would go on
 * taking messages.
 */
export class KnownContacts {
  readonly #documents = new Map<string, Document<StoredContact>>();
  readonly #isSafe: boolean;

  /** @param isSafe whether this instance alone writes to the store */
  constructor(isSafe: boolean) {
    this.#isSafe = isSafe;
  }

  of(id: string): Document<StoredContact> | undefined {
    return this.#documents.get(id);
  }

  put(id: string, document: Document<StoredContact>): void {
    if (!this.#isSafe) return;
    this.#documents.delete(id);
    this.#documents.set(id, document);
    // Those put last are at the end, so the first is the one to forget.
    const [oldest = ''] = this.#documents.keys();
    if (this.#documents.size > MOST) this.#documents.delete(oldest);
  }

  /** To be called where it may have changed, so that it is read again. */
  forget(id: string): void {
    this.#documents.delete(id);
  }
}
