import type { Contact, ContactEvent } from '../../core/contact/contact.ts';
import { stepContact } from '../../core/contact/contact.ts';
import { type Opening, openContact } from '../../core/contact/opening.ts';
import type { ContactEffect } from '../../core/contact/step.ts';
import { type FactRecord, factRecords } from '../reports/fact-record.ts';
import type { Document, Store } from '../store/port.ts';
import { type EventRecord, eventRecord } from './contact-log.ts';
import { KnownContacts } from './known-contacts.ts';
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
  /** Writes what the last change of a contact owes. Doing it again changes nothing. */
  readonly settle: (stored: StoredContact) => Promise<void>;
}

/** Only other instances can come first here, and not this often. */
const MAX_CONFLICTS = 50;

/** Of so many contacts it is known that nothing is owed. Forgetting it only costs writing what is there. */
const MAX_SETTLED = 10_000;

const keyOf = (id: string): string => `contact/${id}`;

/** Contacts in the store: load, step, compare-and-set, and then whatever follows. */
export class Contacts {
  readonly #store: Store;
  readonly #clock: () => number;
  readonly #turns: Turns;
  readonly #liveIndex: LiveIndex;
  readonly #follow: (commit: Commit) => Promise<void>;
  readonly #settle: (stored: StoredContact) => Promise<void>;
  /** The `rev` of a contact up to which this instance has written all that was owed. */
  readonly #settled = new Map<string, number>();
  readonly #known: KnownContacts;

  constructor({ store, clock, turns, liveIndex, follow, settle }: ContactsDeps) {
    this.#store = store;
    this.#clock = clock;
    this.#turns = turns;
    this.#liveIndex = liveIndex;
    this.#follow = follow;
    this.#settle = settle;
    this.#known = new KnownContacts(!store.isShared);
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
      await this.#carryOut({ before: null, after: contact, effects, owed, facts });
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
      const document = this.#known.of(id) ?? (await this.#read(id));
      if (!document) return unknownContact;
      const changed = await this.#try(document, decide);
      if (changed) return changed;
    }
    throw new Error('Cannot change the contact: others change it all the time');
  }

  async #read(id: string): Promise<Document<StoredContact> | null> {
    const document = await readContact(this.#store, keyOf(id));
    if (document) this.#known.put(id, document);
    return document;
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
    await this.#settleFormer(document.value);
    const owed = this.#owed(after, effects);
    const facts = factRecords(before, after, this.#clock());
    // The index has let go of it, and with it the next start: what is owed could be forgotten.
    if (before.phase === 'ended' && owed.length > 0) await this.#liveIndex.add(before.id);
    const value = { contact: after, owed, facts };
    // A write that fails may have been carried out all the same.
    this.#known.forget(before.id);
    const version = await this.#store.put<StoredContact>(document.key, value, document.version);
    if (version === null) return null;
    this.#known.put(before.id, { key: document.key, value, version });
    await this.#carryOut({ before, after, effects, owed, facts });
    return { ok: true, contact: after };
  }

  async #carryOut(commit: Commit): Promise<void> {
    await this.#follow(commit);
    if (this.#settled.size >= MAX_SETTLED) this.#settled.clear();
    this.#settled.set(commit.after.id, commit.after.rev);
  }

  /**
   * Writes what the change before owes, where its store failed or its instance may have died amid it: this one would make it
   * forgotten, or come before it.
   */
  async #settleFormer(stored: StoredContact): Promise<void> {
    const { contact, owed, facts } = stored;
    if (owed.length + facts.length === 0 || this.#settled.get(contact.id) === contact.rev) return;
    await this.#settle(stored);
  }

  #owed(contact: Contact, effects: readonly ContactEffect[]): EventRecord[] {
    const at = this.#clock();
    return effects
      .filter((effect) => effect.type === 'log')
      .map((effect, n) => eventRecord(contact.rev, n, effect.event, at));
  }
}
