import type { Contact } from '../../core/contact/contact.ts';
import type { Side } from '../../core/contact/model.ts';
import { viewOf } from '../../core/contact/view.ts';
import type { LogEntry } from '../../core/protocol/server-frames.ts';
import { visibleTo } from '../../core/transcript/visible.ts';
import type { Connection, Identity } from '../connection.ts';
import type { Hub } from '../hub.ts';

/** Id of whoever is on a side of a contact; null: nobody yet. */
export const personOn = (contact: Contact, side: Side): string | null =>
  side === 'visitor' ? contact.visitor.id : (contact.agent?.id ?? null);

export const isParty = (contact: Contact, { side, id }: Pick<Identity, 'side' | 'id'>): boolean =>
  personOn(contact, side) === id;

const SIDES: readonly Side[] = ['visitor', 'agent'];

/** Who hears of what. */
export class Audience {
  readonly #hub: Hub;

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  /** Every window of whoever is on a side. */
  side(contact: Contact, side: Side): readonly Connection[] {
    const person = personOn(contact, side);
    return person === null ? [] : this.#hub.of(side, person);
  }

  /** The page load that holds the media of a side. */
  holder(contact: Contact, side: Side): Connection | undefined {
    const person = personOn(contact, side);
    const client = contact.call?.clients[side] ?? null;
    return person === null || client === null ? undefined : this.#hub.page(side, person, client);
  }

  /** Tells both sides how the contact stands, each what it may see of it. */
  tellState(contact: Contact): void {
    for (const side of SIDES)
      this.#hub.send(this.side(contact, side), { type: 'contact.state', contact: viewOf(contact, side) });
  }

  /** Tells both sides of a new entry in the log, each what it may see of it. */
  tellEntry(contact: Contact, entry: LogEntry): void {
    for (const side of SIDES)
      this.#hub.send(this.side(contact, side), {
        type: 'log.appended',
        contact: contact.id,
        entry: visibleTo(side, entry),
      });
  }
}
