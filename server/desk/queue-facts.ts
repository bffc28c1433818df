import type { Contact } from '../../core/contact/contact.ts';
import { isLiveKind } from '../../core/contact/model.ts';
import type { ServerFrameOf } from '../../core/protocol/server-frames.ts';
import { expectedWait, PACE_SPAN } from '../../core/routing/expected-wait.ts';
import { byTurn } from '../../core/routing/queue.ts';
import type { Hub } from '../hub.ts';
import type { LiveContacts } from './live-contacts.ts';

type QueueState = ServerFrameOf<'queue.state'>;

/** Seconds an expectation is rounded to: nobody wants to see a guess flicker. */
const GRAIN = 10;
/** Answers kept of a service; the newest say most. */
const MAX_ANSWERS = 100;

export interface QueueFactsDeps {
  readonly hub: Hub;
  readonly live: LiveContacts;
  readonly clock: () => number;
}

/** Tells visitors who wait at the page where they stand, and how long it may still take. */
export class QueueFacts {
  readonly #hub: Hub;
  readonly #live: LiveContacts;
  readonly #clock: () => number;
  /** When contacts were answered lately, by service. */
  readonly #answers = new Map<string, number[]>();
  /** What each visitor who waits was last told, by contact. */
  readonly #told = new Map<string, string>();

  constructor({ hub, live, clock }: QueueFactsDeps) {
    this.#hub = hub;
    this.#live = live;
    this.#clock = clock;
  }

  /** A contact was changed. */
  contactChanged(before: Contact | null, after: Contact): void {
    const [waited, waits] = [isCounted(before), isCounted(after)];
    if (!waits) this.#told.delete(after.id);
    if (!waited && !waits) return;
    if (waited && after.phase === 'assigned') this.#noteAnswer(after.service.id);
    if (waited === waits && before?.waitingSince === after.waitingSince) return;
    for (const [contact, state] of this.#standings(after.service.id)) {
      const text = JSON.stringify(state);
      if (this.#told.get(contact.id) === text) continue;
      this.#told.set(contact.id, text);
      this.#hub.send(this.#hub.of('visitor', contact.visitor.id), state);
    }
  }

  /** Where a contact stands; null when it does not wait. */
  of(contact: Contact): QueueState | null {
    if (!isCounted(contact)) return null;
    for (const [{ id }, state] of this.#standings(contact.service.id)) if (id === contact.id) return state;
    return null;
  }

  *#standings(service: string): Generator<[Contact, QueueState]> {
    const now = this.#clock();
    const answers = this.#answers.get(service) ?? [];
    const queue = [...this.#live.queue()]
      .filter((contact) => contact.service.id === service && isCounted(contact))
      .map((contact) => ({ ...placeOf(contact), of: contact }))
      .sort(byTurn);
    for (const [index, { contact, of }] of queue.entries()) {
      const position = index + 1;
      const expected = expectedWait(answers, position, now);
      yield [of, { type: 'queue.state', contact, position, expected: expected && rounded(expected) }];
    }
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
