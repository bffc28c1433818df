import type { Contact } from '../../core/contact/contact.ts';
import { isLiveKind } from '../../core/contact/model.ts';
import type { ServerFrameOf } from '../../core/protocol/server-frames.ts';
import { expectedWait, PACE_SPAN } from '../../core/routing/expected-wait.ts';
import { byTurn } from '../../core/routing/queue.ts';
import type { Cancel, Timers } from '../broker/timers.ts';
import type { Hub } from '../hub.ts';
import type { LiveContacts } from './live-contacts.ts';

type QueueState = ServerFrameOf<'queue.state'>;

/** Seconds an expectation is rounded to: nobody wants to see a guess flicker. */
const GRAIN = 10;
/** Answers kept of a service; the newest say most. */
const MAX_ANSWERS = 100;
/**
 * One change of the queue moves everybody behind it. Where more than so many wait, they are told together, this many
 * milliseconds later: told one by one, a crowd that comes or is given up would cost the square of its size.
 */
const CROWD = 50;
const PACE = 1_000;

export interface QueueFactsDeps {
  readonly hub: Hub;
  readonly live: Pick<LiveContacts, 'queue'>;
  readonly clock: () => number;
  readonly timers: Timers;
}

/** Tells visitors who wait at the page where they stand, and how long it may still take. */
export class QueueFacts {
  readonly #hub: Hub;
  readonly #live: Pick<LiveContacts, 'queue'>;
  readonly #clock: () => number;
  readonly #timers: Timers;
  /** When contacts were answered lately, by service. */
  readonly #answers = new Map<string, number[]>();
  /** What each visitor who waits was last told, by contact. */
  readonly #told = new Map<string, string>();
  /** Services whose crowd is told in a moment. */
  readonly #due = new Map<string, Cancel>();
  #closed = false;

  constructor({ hub, live, clock, timers }: QueueFactsDeps) {
    this.#hub = hub;
    this.#live = live;
    this.#clock = clock;
    this.#timers = timers;
  }

  /** A contact was changed. */
  contactChanged(before: Contact | null, after: Contact): void {
    const [waited, waits] = [isCounted(before), isCounted(after)];
    if (!waits) this.#told.delete(after.id);
    if (!waited && !waits) return;
    if (waited && after.phase === 'assigned') this.#noteAnswer(after.service.id);
    if (waited === waits && before?.waitingSince === after.waitingSince) return;
    this.#changed(after.service.id);
  }

  /** Where a contact stands; null when it does not wait. */
  of(contact: Contact): QueueState | null {
    if (!isCounted(contact)) return null;
    const own = placeOf(contact);
    let position = 1;
    for (const other of this.#waiting(contact.service.id)) if (byTurn(placeOf(other), own) < 0) position++;
    return this.#standing(contact, position);
  }

  /** Stops all timers. */
  close(): void {
    this.#closed = true;
    for (const cancel of this.#due.values()) cancel();
  }

  #changed(service: string) {
    if (this.#closed || this.#due.has(service)) return;
    const waiting = this.#waiting(service);
    if (waiting.length <= CROWD) return this.#tell(waiting);
    const tell = (): void => {
      this.#due.delete(service);
      this.#tell(this.#waiting(service));
    };
    this.#due.set(service, this.#timers.after(PACE, tell));
  }

  #tell(waiting: readonly Contact[]): void {
    const queue = waiting.map((contact) => ({ ...placeOf(contact), of: contact })).sort(byTurn);
    for (const [index, { of: contact }] of queue.entries()) {
      const state = this.#standing(contact, index + 1);
      const text = JSON.stringify(state);
      if (this.#told.get(contact.id) === text) continue;
      this.#told.set(contact.id, text);
      this.#hub.send(this.#hub.of('visitor', contact.visitor.id), state);
    }
  }

  #waiting(service: string): Contact[] {
    return [...this.#live.queue()].filter((contact) => contact.service.id === service && isCounted(contact));
  }

  #standing({ id, service }: Contact, position: number): QueueState {
    const expected = expectedWait(this.#answers.get(service.id) ?? [], position, this.#clock());
    return { type: 'queue.state', contact: id, position, expected: expected && rounded(expected) };
  }

  #noteAnswer(service: string): void {
    const now = this.#clock();
    const answers = [...(this.#answers.get(service) ?? []), now].filter((at) => at > now - PACE_SPAN);
    this.#answers.set(service, answers.slice(-MAX_ANSWERS));
  }
}

/** Whether its visitor stands in the queue: who left word does not. */
const isCounted = (contact: Contact | null): contact is Contact =>
  contact?.phase === 'waiting' && isLiveKind(contact.kind);

const placeOf = ({ id, kind, waitingSince, first }: Contact) => ({
  contact: id,
  kind,
  waitingSince,
  first,
  transfer: null,
});

const rounded = (seconds: number): number => Math.max(GRAIN, Math.round(seconds / GRAIN) * GRAIN);
