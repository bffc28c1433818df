import { type Contact, contactDeadline } from '../../core/contact/contact.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { Hub } from '../hub.ts';
import type { FactRecord } from '../reports/fact-record.ts';
import type { Reports } from '../reports/reports.ts';
import type { Audience } from './audience.ts';
import type { ContactLog, EventRecord } from './contact-log.ts';
import type { Commit } from './contacts.ts';
import type { Deadlines } from './deadlines.ts';
import { beginsAttempt, releaseOf, withdrawalOf } from './difference.ts';
import type { LiveContacts } from './live-contacts.ts';
import type { LiveIndex } from './live-index.ts';
import type { Offers } from './offers.ts';
import type { Presence } from './presence.ts';
import type { QueueFacts } from './queue-facts.ts';

/** Milliseconds that an instance leaves those before it for carrying out what is due. */
const STEP = 1_500;

export interface FollowUpDeps {
  readonly hub: Hub;
  readonly cluster: Cluster;
  readonly audience: Audience;
  readonly contactLog: ContactLog;
  readonly live: LiveContacts;
  readonly liveIndex: LiveIndex;
  readonly offers: Offers;
  readonly queueFacts: QueueFacts;
  readonly deadlines: Deadlines;
  readonly presence: Pick<Presence, 'review'>;
  readonly reports: Pick<Reports, 'add'>;
  readonly startAttempt: (contact: Contact) => Promise<void>;
  /**
   * The agent has more or fewer contacts than before, by a change made here or elsewhere. Must not wait for a contact's turn:
   * this one's is not over.
   */
  readonly loadChanged: (agent: string, isOurs: boolean) => void;
  readonly failed: (error: unknown, contact: string) => void;
}

/** Carries out what follows from a change of a contact, in the order in which the changes were made. */
export class FollowUp {
  readonly #deps: FollowUpDeps;

  constructor(deps: FollowUpDeps) {
    this.#deps = deps;
  }

  /** Of a change committed here. */
  async carryOut({ before, after, owed, facts }: Commit): Promise<void> {
    const { cluster, live, liveIndex, startAttempt } = this.#deps;
    const known = live.get(after.id) ?? before;
    // First what cannot fail, so that a failing disk leaves this instance knowing what is stored.
    this.#learn(known, after, true);
    cluster.tell({ type: 'contact', contact: after });
    await this.settle(after, owed, facts);
    if (beginsAttempt(known, after)) await startAttempt(after);
    if (after.phase === 'ended') await liveIndex.remove(after.id);
  }

  /** Of a change that another instance has committed. */
  hear(after: Contact): void {
    const { live, startAttempt, failed } = this.#deps;
    const known = live.get(after.id);
    if (!this.#learn(known, after, false) || !beginsAttempt(known, after)) return;
    startAttempt(after).catch((error: unknown) => failed(error, after.id));
  }

  /** Writes the event lines and the facts that a change owes. Doing it again changes nothing. */
  async settle(contact: Contact, owed: readonly EventRecord[], facts: readonly FactRecord[]): Promise<void> {
    const { audience, contactLog, reports } = this.#deps;
    // Issued together, so that they share one commit; the store keeps their order.
    const lines = Promise.all(owed.map((record) => contactLog.append(contact.id, record)));
    const [appended] = await Promise.all([lines, reports.add(facts)]);
    for (const { entry, duplicate } of appended) if (!duplicate) audience.tellEntry(contact, entry);
  }

  /** Has the contact ticked when something of it is due: at once where it is for this instance to do so, else as a reserve. */
  await(contact: Contact): void {
    const at = contactDeadline(contact);
    const { cluster, deadlines } = this.#deps;
    deadlines.set(contact.id, at === null ? null : at + STEP * cluster.rank(contact.id));
  }

  /** Takes a contact as it is now, and tells those who are connected here; gives false where a later change is known. */
  #learn(known: Contact | null, after: Contact, isOurs: boolean): boolean {
    const { hub, cluster, audience, live, offers, queueFacts, presence, loadChanged } = this.#deps;
    if (!live.isNews(after)) return false;
    live.put(after);
    this.await(after);
    audience.tellState(after);
    offers.contactChanged(after, withdrawalOf(known, after));
    queueFacts.contactChanged(known, after);
    const [had, has] = [holderOf(known), holderOf(after)];
    if (had !== has) for (const agent of [had, has]) if (agent !== null) loadChanged(agent, isOurs);
    const release = releaseOf(known, after);
    if (release)
      hub.send(hub.of('agent', release.agent), {
        type: 'contact.gone',
        contact: after.id,
        reason: release.reason,
      });
    if (!cluster.isAlone) presence.review(after);
    return true;
  }
}

/** The agent among whose contacts it counts. */
const holderOf = (contact: Contact | null): string | null =>
  contact && contact.phase !== 'ended' ? (contact.agent?.id ?? null) : null;
