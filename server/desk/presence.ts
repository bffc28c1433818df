import { CALL_ABANDON } from '../../core/contact/call.ts';
import type { Contact, ContactEvent } from '../../core/contact/contact.ts';
import type { Side } from '../../core/contact/model.ts';
import type { Connection, Identity } from '../connection.ts';
import type { Hub } from '../hub.ts';
import { personOn } from './audience.ts';
import type { Contacts } from './contacts.ts';
import type { LiveContacts } from './live-contacts.ts';
import { ablest } from './readiness.ts';
import { arrivedAt } from './visits.ts';

export interface PresenceDeps {
  readonly hub: Hub;
  readonly contacts: Contacts;
  readonly live: LiveContacts;
  readonly clock: () => number;
}

interface Arrival {
  readonly order: number;
  /** A page load seen for the first time, as opposed to one that lost its socket and reconnected. */
  readonly fresh: boolean;
}

/**
 * Keeps contacts and calls in step with who is connected. Everything is decided from the hub at the moment of the change,
 * so that it does not matter in which order arrivals and departures come through.
 */
export class Presence {
  readonly #hub: Hub;
  readonly #contacts: Contacts;
  readonly #live: LiveContacts;
  readonly #clock: () => number;
  readonly #startedAt: number;
  readonly #arrivals = new WeakMap<Connection, Arrival>();
  /** When page loads lost their last socket, oldest first. */
  readonly #departed = new Map<string, number>();
  #arrived = 0;

  constructor({ hub, contacts, live, clock }: PresenceDeps) {
    this.#hub = hub;
    this.#contacts = contacts;
    this.#live = live;
    this.#clock = clock;
    this.#startedAt = clock();
  }

  /** A connection was added to the hub. */
  async arrived(connection: Connection): Promise<void> {
    const { side, id } = connection;
    const arrival = { order: ++this.#arrived, fresh: this.#isFresh(connection) };
    this.#arrivals.set(connection, arrival);
    const successor = arrival.fresh ? connection : undefined;
    const contacts = this.#live.of(side, id);
    await Promise.all(
      contacts.map(async (contact) => {
        await this.settle(contact.id, side, successor);
        await this.#contacts.change(contact.id, (current) => arrivedAt(current, connection, arrival.fresh));
      }),
    );
  }

  /** A connection was removed from the hub. */
  async left(connection: Connection): Promise<void> {
    const { side, id, client } = connection;
    if (!this.#hub.page(side, id, client)) this.#remember(connection);
    const order = this.#arrivals.get(connection)?.order ?? 0;
    // On a reload the new page often says hello before the old one's socket is gone.
    const successor = this.#hub.of(side, id).findLast((other) => {
      const arrival = this.#arrivals.get(other);
      return arrival?.fresh && arrival.order > order;
    });
    await Promise.all(this.#live.of(side, id).map((contact) => this.settle(contact.id, side, successor)));
  }

  /** Makes one side of a contact say what the hub says. A call whose page load is gone may pass on to `successor`. */
  async settle(id: string, side: Side, successor?: Connection): Promise<void> {
    await this.#contacts.inTurn(id, async (turn) => {
      await turn.change((contact) => this.#awayOrBack(contact, side));
      await turn.change((contact) => this.#able(contact, side));
      await turn.change((contact) => this.#holderGone(contact, side));
      let missed: ContactEvent | null = null;
      await turn.change((contact) => {
        missed = this.#missedStart(contact, side);
        return this.#holderBack(contact, side, successor);
      });
      if (missed) await turn.change(() => missed);
    });
  }

  #awayOrBack(contact: Contact, side: Side): ContactEvent | null {
    const person = personOn(contact, side);
    if (person === null) return null;
    return this.#hub.has(side, person) ? { type: 'back', side } : { type: 'away', side, at: this.#clock() };
  }

  /** Who is away is taken to be able to what they were. */
  #able(contact: Contact, side: Side): ContactEvent | null {
    const person = personOn(contact, side);
    const windows = (person === null ? [] : this.#hub.of(side, person)).filter(
      ({ visit }) => !visit || visit.service === contact.entry,
    );
    return windows.length ? { type: 'abilities', side, abilities: ablest(windows) } : null;
  }

  #holderGone(contact: Contact, side: Side): ContactEvent | null {
    const client = contact.call?.clients[side] ?? null;
    if (client === null || this.#holds(contact, side) || contact.call?.abandonAt[side] !== null) return null;
    return { type: 'call', event: { type: 'client-gone', side, client, at: this.#clock() } };
  }

  #holderBack(contact: Contact, side: Side, successor: Connection | undefined): ContactEvent | null {
    const call = contact.call;
    if (!call || call.abandonAt[side] === null) return null;
    const client = this.#holds(contact, side) ? call.clients[side] : (successor?.client ?? null);
    return client === null ? null : { type: 'call', event: { type: 'client-back', side, client } };
  }

  /** A page load that was away while media was set up may never have been told to begin: begin again. */
  #missedStart(contact: Contact, side: Side): ContactEvent | null {
    const call = contact.call;
    const client = call?.clients[side] ?? null;
    if (!call || client === null || call.abandonAt[side] === null) return null;
    if (call.status !== 'connecting' || !this.#holds(contact, side)) return null;
    return {
      type: 'call',
      event: { type: 'lost', by: side, client, call: call.id, attempt: call.attempt },
    };
  }

  #holds(contact: Contact, side: Side): boolean {
    const person = personOn(contact, side);
    const client = contact.call?.clients[side] ?? null;
    return person !== null && client !== null && this.#hub.page(side, person, client) !== undefined;
  }

  /**
   * When the network or this process comes back, all windows of a person reconnect in any order, and one that was only
   * standing by must not take the call from the one that holds it. After a start nobody here knows which is which.
   */
  #isFresh(connection: Connection): boolean {
    const { side, id, client } = connection;
    if (this.#clock() - this.#startedAt < CALL_ABANDON || this.#departed.has(nameOf(connection)))
      return false;
    return !this.#hub.of(side, id).some((other) => other !== connection && other.client === client);
  }

  #remember(connection: Connection): void {
    const now = this.#clock();
    this.#departed.delete(nameOf(connection));
    this.#departed.set(nameOf(connection), now);
    for (const [name, at] of this.#departed) {
      if (now - at < 2 * CALL_ABANDON) break;
      this.#departed.delete(name);
    }
  }
}

const nameOf = ({ side, id, client }: Identity): string => `${side}/${id}/${client}`;
