import type { Contact } from '../../core/contact/contact.ts';
import type { Ids } from '../ids.ts';
import type { Document, Store } from '../store/port.ts';
import type { Contacts } from './contacts.ts';
import type { LiveContacts } from './live-contacts.ts';

/** A contact that an agent has, or is about to take. */
interface Place {
  readonly contact: string;
  /** Names the attempt to take it. */
  readonly claim: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** The right to try and take one contact more. */
export interface Claim {
  /** Contacts that the agent has or is taking beside it. */
  readonly others: number;
  /** It came to nothing. */
  release(): Promise<void>;
}

export interface LoadDeps {
  readonly store: Store;
  readonly contacts: Pick<Contacts, 'find' | 'touch'>;
  readonly live: LiveContacts;
  readonly clock: () => number;
  readonly ids: Ids;
}

/** Milliseconds that an attempt to take a contact is left in peace. Any number is safe: it only keeps two from disturbing each other. */
const UNDISTURBED = 3_000;

const keyOf = (agent: string): string => `load/${agent}`;
const isOf = (contact: Contact | null, agent: string): boolean =>
  contact?.phase === 'assigned' && contact.agent?.id === agent;

/**
 * How many contacts an agent has who may be given some at several instances at once. Before a contact is taken its place is
 * claimed in the agent's document, by compare-and-set; so of two claims one knows of the other. A claim counts until the
 * contact says otherwise. Before one that may still be under way is struck out, its contact is touched: whoever wanted to
 * change it as it was before then fails, and has to claim again.
 */
export class Load {
  readonly #deps: LoadDeps;

  constructor(deps: LoadDeps) {
    this.#deps = deps;
  }

  async claim(agent: string, contact: string): Promise<Claim> {
    const { store, live, clock, ids } = this.#deps;
    // Where only this process gives contacts away, it knows what it has given.
    if (!store.isShared) {
      const mine = isOf(live.get(contact), agent) ? 1 : 0;
      return { others: live.count('agent', agent) - mine, release: () => Promise.resolve() };
    }
    const claim = ids();
    while (true) {
      const document = await store.get<readonly Place[]>(keyOf(agent));
      const places = await this.#held(agent, document);
      const others = new Set(places.map((place) => place.contact));
      others.delete(contact);
      const claimed = [...places, { contact, claim, at: clock() }];
      if ((await store.put(keyOf(agent), claimed, document?.version ?? null)) !== null)
        return { others: others.size, release: () => this.#strike(agent, claim) };
    }
  }

  /** Places that count: one for each contact the agent has, and those of attempts under way. */
  async #held(agent: string, document: Document<readonly Place[]> | null): Promise<Place[]> {
    const { contacts, live, clock } = this.#deps;
    const places = [...(document?.value ?? [])];
    // Contacts taken before there were several instances.
    for (const { id } of live.of('agent', agent))
      if (!places.some(({ contact }) => contact === id)) places.push({ contact: id, claim: id, at: 0 });
    const held: Place[] = [];
    for (const [id, attempts] of Map.groupBy(places, ({ contact }) => contact)) {
      const contact = await contacts.find(id);
      // From here on it is no attempt any more, which could be struck out.
      if (isOf(contact, agent)) held.push({ contact: id, claim: id, at: clock() });
      else if (contact && contact.phase !== 'ended')
        for (const attempt of attempts)
          if (clock() - attempt.at < UNDISTURBED) held.push(attempt);
          else if (!(await contacts.touch(id, (now) => !isOf(now, agent)))) held.push(attempt);
    }
    return held;
  }

  async #strike(agent: string, claim: string): Promise<void> {
    const { store } = this.#deps;
    const key = keyOf(agent);
    while (true) {
      const document = await store.get<readonly Place[]>(key);
      const left = document?.value.filter((place) => place.claim !== claim);
      if (!document || left?.length === document.value.length) return;
      if ((await store.put(key, left, document.version)) !== null) return;
    }
  }
}
