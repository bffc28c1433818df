import type { Contact } from '../../core/contact/contact.ts';
import type { Side } from '../../core/contact/model.ts';
import type { Connection, Identity } from '../connection.ts';
import type { Hub } from '../hub.ts';
import type { Roster } from './roster.ts';

/** Id of whoever is on a side of a contact; null: nobody yet. */
export const personOn = (contact: Contact, side: Side): string | null =>
  side === 'visitor' ? contact.visitor.id : (contact.agent?.id ?? null);

export const isParty = (contact: Contact, { side, id }: Identity): boolean => personOn(contact, side) === id;

/** Who hears of what. */
export class Audience {
  readonly #hub: Hub;
  readonly #roster: Roster;

  constructor(hub: Hub, roster: Roster) {
    this.#hub = hub;
    this.#roster = roster;
  }

  side(contact: Contact, side: Side): readonly Connection[] {
    const person = personOn(contact, side);
    return person === null ? [] : this.#hub.of(side, person);
  }

  /** Every window of the visitor and of the assigned agent. */
  parties(contact: Contact): readonly Connection[] {
    return [...this.side(contact, 'visitor'), ...this.side(contact, 'agent')];
  }

  /** The page load that holds the media of a side. */
  holder(contact: Contact, side: Side): Connection | undefined {
    const person = personOn(contact, side);
    const client = contact.call?.clients[side] ?? null;
    return person === null || client === null ? undefined : this.#hub.page(side, person, client);
  }

  /** Agents who see the contact in their queue. */
  queue(contact: Contact): readonly Connection[] {
    return this.#roster.eligible(contact.service.id).flatMap((agent) => this.#hub.of('agent', agent));
  }
}
