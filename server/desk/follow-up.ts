import { type Contact, contactDeadline } from '../../core/contact/contact.ts';
import type { Hub } from '../hub.ts';
import type { FactRecord } from '../reports/fact-record.ts';
import type { Reports } from '../reports/reports.ts';
import type { Audience } from './audience.ts';
import type { ContactLog, EventRecord } from './contact-log.ts';
import type { Commit } from './contacts.ts';
import type { Deadlines } from './deadlines.ts';
import type { LiveContacts } from './live-contacts.ts';
import type { LiveIndex } from './live-index.ts';
import type { Offers } from './offers.ts';
import type { QueueFacts } from './queue-facts.ts';

export interface FollowUpDeps {
  readonly hub: Hub;
  readonly audience: Audience;
  readonly contactLog: ContactLog;
  readonly live: LiveContacts;
  readonly liveIndex: LiveIndex;
  readonly offers: Offers;
  readonly queueFacts: QueueFacts;
  readonly deadlines: Deadlines;
  readonly reports: Pick<Reports, 'add'>;
  readonly startAttempt: (contact: Contact) => Promise<void>;
  /** The agent has more or fewer contacts than before. Must not wait for a contact's turn: this one's is not over. */
  readonly loadChanged: (agent: string) => void;
}

/** Carries out what follows from a change of a contact, in the order in which the changes were made. */
export class FollowUp {
  readonly #deps: FollowUpDeps;

  constructor(deps: FollowUpDeps) {
    this.#deps = deps;
  }

  async carryOut({ before, after, effects, owed, facts }: Commit): Promise<void> {
    const { hub, audience, deadlines, live, liveIndex, startAttempt } = this.#deps;
    // First what cannot fail, so that a failing disk leaves this instance knowing what is stored.
    live.put(after);
    deadlines.set(after.id, contactDeadline(after));
    audience.tellState(after);
    this.#tellQueue({ before, after, effects });
    for (const effect of effects)
      if (effect.type === 'release')
        hub.send(hub.of('agent', effect.agent), {
          type: 'contact.gone',
          contact: after.id,
          reason: effect.reason,
        });
    await this.settle(after, owed, facts);
    if (effects.some(({ type }) => type === 'start-attempt')) await startAttempt(after);
    if (after.phase === 'ended') await liveIndex.remove(after.id);
  }

  /** Writes the event lines and the facts that a change owes. Doing it again changes nothing. */
  async settle(contact: Contact, owed: readonly EventRecord[], facts: readonly FactRecord[]): Promise<void> {
    const { audience, contactLog, reports } = this.#deps;
    // Issued together, so that they share one commit; the store keeps their order.
    const lines = Promise.all(owed.map((record) => contactLog.append(contact.id, record)));
    const [appended] = await Promise.all([lines, reports.add(facts)]);
    for (const { entry, duplicate } of appended) if (!duplicate) audience.tellEntry(contact, entry);
  }

  #tellQueue({ before, after, effects }: Pick<Commit, 'before' | 'after' | 'effects'>): void {
    const { offers, queueFacts, loadChanged } = this.#deps;
    offers.contactChanged(
      after,
      effects.find((effect) => effect.type === 'withdraw'),
    );
    queueFacts.contactChanged(before, after);
    const [had, has] = [holderOf(before), holderOf(after)];
    if (had === has) return;
    for (const agent of [had, has]) if (agent !== null) loadChanged(agent);
  }
}

/** The agent among whose contacts it counts. */
const holderOf = (contact: Contact | null): string | null =>
  contact && contact.phase !== 'ended' ? (contact.agent?.id ?? null) : null;
