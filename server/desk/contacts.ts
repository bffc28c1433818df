import type { Contact, ContactEvent, Opening } from '../../core/contact/contact.ts';
import { openContact, stepContact } from '../../core/contact/contact.ts';
import type { ContactEffect } from '../../core/contact/step.ts';
import { type FactRecord, factRecords } from '../reports/fact-record.ts';
import type { Document, Store } from '../store/port.ts';
import { type EventRecord, eventRecord } from './contact-log.ts';
import type { LiveIndex } from './live-index.ts';
import { type Refusal, unknownContact } from './outcome.ts';
import { readContact, type StoredContact } from './stored-contact.ts';
import type { Turns } from './turns.ts';

/** What a change was, once it is on disk. `before` is null for a new contact. */
export interface Commit {
  readonly before: Contact | null;
  readonly after: Contact;
  readonly effects: readonly ContactEffect[];
  readonly owed: readonly EventRecord[];
  readonly facts: readonly FactRecord[];
}

/** What to do with a contact as it stands: an event, a refusal, or nothing. Asked again when another change came first. */
export type Decide = (contact: Contact) => ContactEvent | Refusal | null;

export type Changed = { readonly ok: true; readonly contact: Contact } | Refusal;

/** The right to change one contact while nobody else on this instance does. */
export interface ContactTurn {
  change(decide: Decide): Promise<Changed>;
}

export interface ContactsDeps {
  readonly store: Store;
  readonly clock: () => number;
  readonly turns: Turns;
  readonly liveIndex: LiveIndex;
  /** Carries out what follows from a change. */
  readonly follow: (commit: Commit) => Promise<void>;
}

/** Only other instances can come first here, and not this often. */
const MAX_CONFLICTS = 50;

const keyOf = (id: string): string => `contact/${id}`;

/** Contacts in the store: load, step, compare-and-set, and then whatever follows. */
export class Contacts {
  readonly #store: Store;
  readonly #clock: () => number;
  readonly #turns: Turns;
  readonly #liveIndex: LiveIndex;
  readonly #follow: (commit: Commit) => Promise<void>;

  constructor({ store, clock, turns, liveIndex, follow }: ContactsDeps) {
    this.#store = store;
    this.#clock = clock;
    this.#turns = turns;
    this.#liveIndex = liveIndex;
    this.#follow = follow;
  }

  async load(id: string): Promise<StoredContact | null> {
    return (await readContact(this.#store, keyOf(id)))?.value ?? null;
  }

  async find(id: string): Promise<Contact | null> {
    return (await this.load(id))?.contact ?? null;
  }

  /** Writes a contact again as it is, if it is as `fits` says: who meant to change it as it was before has to look again. */
  async touch(id: string, fits: (contact: Contact) => boolean): Promise<boolean> {
    const document = await this.#store.get<StoredContact>(keyOf(id));
    if (!document || !fits(document.value.contact)) return false;
    return (await this.#store.put(document.key, document.value, document.version)) !== null;
  }

  /** Stores a new contact; gives the one that has this id already, if any. */
  open(opening: Opening): Promise<{ contact: Contact; existed: boolean }> {
    return this.#turns.run(keyOf(opening.id), async () => {
      const { contact, effects } = openContact(opening);
      const owed = this.#owed(contact, effects);
      const facts = factRecords(null, contact, this.#clock());
      const key = keyOf(contact.id);
      if ((await this.#store.put<StoredContact>(key, { contact, owed, facts }, null)) === null)
        return { contact: (await this.find(contact.id)) ?? contact, existed: true };
      await this.#follow({ before: null, after: contact, effects, owed, facts });
      return { contact, existed: false };
    });
  }

  change(id: string, decide: Decide): Promise<Changed> {
    return this.inTurn(id, (turn) => turn.change(decide));
  }

  /** Several changes, or a change and what must follow it at once, without another in between. */
  inTurn<T>(id: string, work: (turn: ContactTurn) => Promise<T>): Promise<T> {
    return this.#turns.run(keyOf(id), () => work({ change: (decide) => this.#change(id, decide) }));
  }

  async #change(id: string, decide: Decide): Promise<Changed> {
    for (let tries = 0; tries < MAX_CONFLICTS; tries++) {
      const document = await readContact(this.#store, keyOf(id));
      if (!document) return unknownContact;
      const changed = await this.#try(document, decide);
      if (changed) return changed;
    }
    throw new Error('Cannot change the contact: others change it all the time');
  }

  /** Gives null when another change came first. */
  async #try(document: Document<StoredContact>, decide: Decide): Promise<Changed | null> {
    const before = document.value.contact;
    const decision = decide(before);
    if (decision === null) return { ok: true, contact: before };
    if ('ok' in decision) return decision;
    const step = stepContact(before, decision);
    if (!step.ok) return step;
    const { contact: after, effects } = step;
    if (after === before) return { ok: true, contact: before };
    const owed = this.#owed(after, effects);
    const facts = factRecords(before, after, this.#clock());
    // The index has let go of it, and with it the next start: what is owed could be forgotten.
    if (before.phase === 'ended' && owed.length > 0) await this.#liveIndex.add(before.id);
    const version = await this.#store.put<StoredContact>(
      document.key,
      { contact: after, owed, facts },
      document.version,
    );
    if (version === null) return null;
    await this.#follow({ before, after, effects, owed, facts });
    return { ok: true, contact: after };
  }

  #owed(contact: Contact, effects: readonly ContactEffect[]): EventRecord[] {
    const at = this.#clock();
    return effects
      .filter((effect) => effect.type === 'log')
      .map((effect, n) => eventRecord(contact.rev, n, effect.event, at));
  }
}
