import { CALL_ABANDON } from '../../core/contact/call.ts';
import type { Contact, ContactEvent } from '../../core/contact/contact.ts';
import type { Side } from '../../core/contact/model.ts';
import type { Cancel, Timers } from '../broker/timers.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { Connection, Identity, Window } from '../connection.ts';
import type { Hub } from '../hub.ts';
import type { Log } from '../log.ts';
import { personOn } from './audience.ts';
import type { Contacts } from './contacts.ts';
import type { Directory } from './directory.ts';
import type { LiveContacts } from './live-contacts.ts';
import { ablest } from './readiness.ts';
import { arrivedAt } from './visits.ts';

export interface PresenceDeps {
  readonly hub: Hub;
  readonly directory: Directory;
  readonly cluster: Pick<Cluster, 'isAlone' | 'isComplete' | 'owns'>;
  readonly contacts: Contacts;
  readonly live: LiveContacts;
  readonly clock: () => number;
  readonly timers: Timers;
  readonly log: Log;
}

/** What a page load that just came means for a call. */
interface Successor {
  /** Takes the call of one that is gone. */
  readonly window?: Window | undefined;
  /** Came over from another instance that has not noticed: what was sent to it there may never have arrived. */
  readonly moved?: string | null;
}

/** A contact that was settled again so often within so many milliseconds has to wait as long for more. */
const MAX_REVIEWS = 8;
const CALM = 2_000;

const SIDES: readonly Side[] = ['visitor', 'agent'];

/**
 * Keeps contacts and calls in step with who is connected. Everything is decided from the directory at the moment of the
 * change, so that it does not matter in which order arrivals and departures come through. Of several instances that
 * disagree for a moment, the one that has the window has the last word.
 */
export class Presence {
  readonly #deps: PresenceDeps;
  readonly #startedAt: number;
  /** When page loads lost their last socket, oldest first. */
  readonly #departed = new Map<string, number>();
  #lastArrival = 0;
  /** When contacts were settled again lately. */
  readonly #reviews = new Map<string, readonly number[]>();
  readonly #postponed = new Map<string, Cancel>();

  constructor(deps: PresenceDeps) {
    this.#deps = deps;
    this.#startedAt = deps.clock();
  }

  close(): void {
    for (const cancel of this.#postponed.values()) cancel();
    this.#postponed.clear();
  }

  /** A connection was added to the hub. */
  async arrived(connection: Connection): Promise<void> {
    const { directory, contacts, live, clock } = this.#deps;
    const { side, id, client } = connection;
    connection.isFresh = this.#isFresh(connection);
    this.#lastArrival = Math.max(clock(), this.#lastArrival + 1);
    connection.arrivedAt = this.#lastArrival;
    const isMoved = directory
      .of(side, id)
      .some((other) => other.client === client && !directory.isHere(other));
    directory.tell(connection);
    const window = connection.isFresh ? connection : undefined;
    await Promise.all(
      live.of(side, id).map(async (contact) => {
        await this.settle(contact.id, side, { window, moved: isMoved ? client : null });
        await contacts.change(contact.id, (current) => arrivedAt(current, connection, connection.isFresh));
      }),
    );
  }

  /** A connection was removed from the hub. */
  async left(connection: Connection): Promise<void> {
    const { side, id } = connection;
    this.#noteDeparture(connection);
    const { hub, cluster } = this.#deps;
    // They may be connected where it is not known yet who is.
    if (!cluster.isComplete && !hub.has(side, id)) return;
    const window = this.#successorOf(connection);
    await Promise.all(
      this.#deps.live.of(side, id).map((contact) => this.settle(contact.id, side, { window })),
    );
  }

  /** A window that was connected to another instance is gone. */
  leftElsewhere(window: Window): void {
    this.#noteDeparture(window);
    const successor = this.#successorOf(window);
    for (const contact of this.#deps.live.of(window.side, window.id))
      this.#reviewSide(contact, window.side, successor);
  }

  /** Settles again where the contact does not say what the directory says, and it is for this instance to do so. */
  review(contact: Contact): void {
    if (contact.phase === 'ended') {
      this.#reviews.delete(contact.id);
      return;
    }
    // As long as it is not known who is connected elsewhere, nobody is taken for gone.
    if (!this.#deps.cluster.isComplete) return;
    for (const side of SIDES) this.#reviewSide(contact, side);
  }

  /** Makes one side of a contact say what the directory says. A call whose page load is gone may pass on to another. */
  async settle(id: string, side: Side, { window, moved = null }: Successor = {}): Promise<void> {
    await this.#deps.contacts.inTurn(id, async (turn) => {
      await turn.change((contact) => this.#awayOrBack(contact, side));
      await turn.change((contact) => this.#able(contact, side));
      await turn.change((contact) => this.#holderGone(contact, side));
      let missed: ContactEvent | null = null;
      await turn.change((contact) => {
        missed = this.#missedStart(contact, side, moved);
        return this.#holderBack(contact, side, window);
      });
      if (missed) await turn.change(() => missed);
    });
  }

  #reviewSide(contact: Contact, side: Side, window?: Window): void {
    if (!this.#disagrees(contact, side, window) || !this.#isOurs(contact, side)) return;
    if (!this.#mayReview(contact.id)) return;
    this.settle(contact.id, side, { window }).catch((error: unknown) =>
      this.#deps.log.failed('presence.failed', error, { contact: contact.id }),
    );
  }

  /** Instances that see different things would undo each other's work without end: they do so at leisure. */
  #mayReview(contact: string): boolean {
    const { clock, timers, live } = this.#deps;
    const now = clock();
    const reviews = (this.#reviews.get(contact) ?? []).filter((at) => now - at < CALM);
    const isDue = reviews.length < MAX_REVIEWS;
    if (isDue) this.#reviews.set(contact, [...reviews, now]);
    if (!isDue && !this.#postponed.has(contact)) {
      const again = timers.after(CALM, () => {
        this.#postponed.delete(contact);
        this.#reviews.delete(contact);
        const current = live.get(contact);
        if (current) this.review(current);
      });
      this.#postponed.set(contact, again);
    }
    return isDue;
  }

  #disagrees(contact: Contact, side: Side, window: Window | undefined): boolean {
    const person = personOn(contact, side);
    if (person === null) return false;
    const isAway = contact.away[side] !== null;
    const event = this.#able(contact, side);
    const known = contact.abilities[side];
    const isAble =
      event?.type !== 'abilities' ||
      (event.abilities.voice === known?.voice && event.abilities.video === known.video);
    return (
      isAway === this.#deps.directory.has(side, person) ||
      !isAble ||
      this.#holderGone(contact, side) !== null ||
      this.#holderBack(contact, side, window) !== null
    );
  }

  /** Who has a window of the person knows best. That nobody has one must be known of all instances. */
  #isOurs(contact: Contact, side: Side): boolean {
    const { hub, directory, cluster } = this.#deps;
    const person = personOn(contact, side) ?? '';
    if (directory.has(side, person)) return hub.has(side, person);
    return cluster.owns(contact.id);
  }

  #awayOrBack(contact: Contact, side: Side): ContactEvent | null {
    const person = personOn(contact, side);
    if (person === null) return null;
    return this.#deps.directory.has(side, person)
      ? { type: 'back', side }
      : { type: 'away', side, at: this.#deps.clock() };
  }

  /** Who is away is taken to be able to what they were. */
  #able(contact: Contact, side: Side): ContactEvent | null {
    const person = personOn(contact, side);
    const windows = (person === null ? [] : this.#deps.directory.of(side, person)).filter(
      ({ service }) => service === null || service === contact.entry,
    );
    return windows.length ? { type: 'abilities', side, abilities: ablest(windows) } : null;
  }

  #holderGone(contact: Contact, side: Side): ContactEvent | null {
    const client = contact.call?.clients[side] ?? null;
    if (client === null || this.#holds(contact, side) || contact.call?.abandonAt[side] !== null) return null;
    return { type: 'call', event: { type: 'client-gone', side, client, at: this.#deps.clock() } };
  }

  #holderBack(contact: Contact, side: Side, successor: Window | undefined): ContactEvent | null {
    const call = contact.call;
    if (!call || call.abandonAt[side] === null) return null;
    const client = this.#holds(contact, side) ? call.clients[side] : (successor?.client ?? null);
    return client === null ? null : { type: 'call', event: { type: 'client-back', side, client } };
  }

  /** A page load that was away while media was set up may never have been told to begin: begin again. */
  #missedStart(contact: Contact, side: Side, moved: string | null): ContactEvent | null {
    const call = contact.call;
    const client = call?.clients[side] ?? null;
    if (!call || client === null || (call.abandonAt[side] === null && client !== moved)) return null;
    if (call.status !== 'connecting' || !this.#holds(contact, side)) return null;
    return {
      type: 'call',
      event: { type: 'lost', by: side, client, call: call.id, attempt: call.attempt },
    };
  }

  #holds(contact: Contact, side: Side): boolean {
    const person = personOn(contact, side);
    const client = contact.call?.clients[side] ?? null;
    return (
      person !== null && client !== null && this.#deps.directory.page(side, person, client) !== undefined
    );
  }

  /** On a reload the new page often says hello before the old one's socket is gone. */
  #successorOf({ side, id, arrivedAt: order }: Window): Window | undefined {
    return this.#deps.directory.of(side, id).findLast((other) => other.isFresh && other.arrivedAt > order);
  }

  /**
   * When the network or this process comes back, all windows of a person reconnect in any order, and one that was only
   * standing by must not take the call from the one that holds it. After a start nobody here knows which is which, so that a
   * page load says itself whether it was here before.
   */
  #isFresh(connection: Connection): boolean {
    const { directory, clock } = this.#deps;
    const { side, id, client, again } = connection;
    if (again ?? clock() - this.#startedAt < CALL_ABANDON) return false;
    if (this.#departed.has(nameOf(connection))) return false;
    return !directory.of(side, id).some((other) => other !== connection && other.client === client);
  }

  #noteDeparture(window: Window): void {
    const { side, id, client } = window;
    if (this.#deps.directory.page(side, id, client)) return;
    const now = this.#deps.clock();
    this.#departed.delete(nameOf(window));
    this.#departed.set(nameOf(window), now);
    for (const [name, at] of this.#departed) {
      if (now - at < 2 * CALL_ABANDON) break;
      this.#departed.delete(name);
    }
  }
}

const nameOf = ({ side, id, client }: Pick<Identity, 'side' | 'id' | 'client'>): string =>
  `${side}/${id}/${client}`;
