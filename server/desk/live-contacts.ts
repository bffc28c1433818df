import type { Contact } from '../../core/contact/contact.ts';
import type { Side } from '../../core/contact/model.ts';

type ById = Map<string, Contact>;

/** Ended contacts of which the last change is remembered, so that late word of an earlier one is known for that. */
const MAX_ENDED = 10_000;

/** Contacts that have not ended, as last committed. Derived: the store has the truth, and this is rebuilt from it at boot. */
export class LiveContacts {
  readonly #all: ById = new Map();
  /** Those that stand in the queue, of their service or of whom they are handed over to. */
  readonly #queue: ById = new Map();
  readonly #ended = new Map<string, number>();
  readonly #people: Record<Side, Map<string, ById>> = { visitor: new Map(), agent: new Map() };

  put(contact: Contact): void {
    this.#forget(contact.id);
    if (contact.phase === 'ended') {
      this.#remember(contact);
      return;
    }
    this.#all.set(contact.id, contact);
    if (contact.phase === 'waiting' || contact.transfer) this.#queue.set(contact.id, contact);
    this.#index('visitor', contact.visitor.id).set(contact.id, contact);
    if (contact.agent) this.#index('agent', contact.agent.id).set(contact.id, contact);
  }

  get(id: string): Contact | null {
    return this.#all.get(id) ?? null;
  }

  /** Whether a change is the newest known of its contact. */
  isNews({ id, rev }: Pick<Contact, 'id' | 'rev'>): boolean {
    return rev > (this.#all.get(id)?.rev ?? this.#ended.get(id) ?? 0);
  }

  all(): Contact[] {
    return [...this.#all.values()];
  }

  /** Contacts of one visitor, or assigned to one agent. */
  of(side: Side, id: string): Contact[] {
    return [...(this.#people[side].get(id)?.values() ?? [])];
  }

  /** How many {@link of} gives. */
  count(side: Side, id: string): number {
    return this.#people[side].get(id)?.size ?? 0;
  }

  /** Contacts that wait for an agent, or for another one. */
  queue(): Iterable<Contact> {
    return this.#queue.values();
  }

  #index(side: Side, id: string): ById {
    const found = this.#people[side].get(id);
    if (found) return found;
    const created: ById = new Map();
    this.#people[side].set(id, created);
    return created;
  }

  #remember({ id, rev }: Contact): void {
    this.#ended.delete(id);
    this.#ended.set(id, rev);
    const [oldest = ''] = this.#ended.keys();
    if (this.#ended.size > MAX_ENDED) this.#ended.delete(oldest);
  }

  #forget(id: string): void {
    const old = this.#all.get(id);
    if (!old) return;
    this.#all.delete(id);
    this.#queue.delete(id);
    this.#drop('visitor', old.visitor.id, id);
    if (old.agent) this.#drop('agent', old.agent.id, id);
  }

  #drop(side: Side, person: string, id: string): void {
    const contacts = this.#people[side].get(person);
    contacts?.delete(id);
    if (contacts?.size === 0) this.#people[side].delete(person);
  }
}
