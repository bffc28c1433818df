import { type Contact, type ContactEffect, contactDeadline } from '../../core/contact/contact.ts';
import { viewOf, waitingEntryOf } from '../../core/contact/view.ts';
import type { Hub } from '../hub.ts';
import type { Audience } from './audience.ts';
import type { ContactLog, EventRecord } from './contact-log.ts';
import type { Commit } from './contacts.ts';
import type { Deadlines } from './deadlines.ts';
import type { LiveContacts } from './live-contacts.ts';
import type { LiveIndex } from './live-index.ts';

export interface FollowUpDeps {
  readonly hub: Hub;
  readonly audience: Audience;
  readonly contactLog: ContactLog;
  readonly live: LiveContacts;
  readonly liveIndex: LiveIndex;
  readonly deadlines: Deadlines;
  readonly startAttempt: (contact: Contact) => Promise<void>;
}

/** Carries out what follows from a change of a contact, in the order in which the changes were made. */
export class FollowUp {
  readonly #deps: FollowUpDeps;

  constructor(deps: FollowUpDeps) {
    this.#deps = deps;
  }

  async carryOut({ before, after, effects, owed }: Commit): Promise<void> {
    const { hub, audience, deadlines, live, liveIndex, startAttempt } = this.#deps;
    // First what cannot fail, so that a failing disk leaves this instance knowing what is stored.
    live.put(after);
    deadlines.set(after.id, contactDeadline(after));
    hub.send(audience.parties(after), { type: 'contact.state', contact: viewOf(after) });
    this.#tellQueue(before, after, effects);
    for (const effect of effects)
      if (effect.type === 'release')
        hub.send(hub.of('agent', effect.agent), {
          type: 'contact.gone',
          contact: after.id,
          reason: 'requeued',
        });
    await this.settle(after, owed);
    if (effects.some(({ type }) => type === 'start-attempt')) await startAttempt(after);
    if (after.phase === 'ended') await liveIndex.remove(after.id);
  }

  /** Writes the event lines a change owes the log. Doing it again changes nothing. */
  async settle(contact: Contact, owed: readonly EventRecord[]): Promise<void> {
    const { hub, audience, contactLog } = this.#deps;
    // Issued together, so that they share one commit; the store keeps their order.
    const appended = await Promise.all(owed.map((record) => contactLog.append(contact.id, record)));
    for (const { entry, duplicate } of appended)
      if (!duplicate)
        hub.send(audience.parties(contact), { type: 'log.appended', contact: contact.id, entry });
  }

  #tellQueue(before: Contact | null, after: Contact, effects: readonly ContactEffect[]): void {
    const { hub, audience } = this.#deps;
    for (const effect of effects)
      if (effect.type === 'withdraw')
        hub.send(audience.queue(after), {
          type: 'waiting.gone',
          contact: after.id,
          reason: effect.reason,
          by: effect.by,
        });
    if (after.phase !== 'waiting') return;
    const entry = waitingEntryOf(after);
    const known = before?.phase === 'waiting' ? waitingEntryOf(before) : null;
    if (JSON.stringify(known) !== JSON.stringify(entry))
      hub.send(audience.queue(after), { type: 'waiting.put', entry });
  }
}
