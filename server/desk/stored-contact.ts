import type { Contact } from '../../core/contact/contact.ts';
import type { FactRecord } from '../reports/fact-record.ts';
import type { Document, Store } from '../store/port.ts';
import type { EventRecord } from './contact-log.ts';

/**
 * A contact as stored, with the event lines and the facts its last change owes: they are written again after a crash.
 */
export interface StoredContact {
  readonly contact: Contact;
  readonly owed: readonly EventRecord[];
  readonly facts: readonly FactRecord[];
}

/** What contacts of earlier versions were stored without. */
const absent = ({ service }: Contact) => ({
  entry: service.id,
  form: null,
  preferred: null,
  transfer: null,
  answeredAt: null,
  rating: null,
  colour: null,
  abilities: { visitor: null, agent: null },
  permissions: null,
  moving: null,
  idle: null,
  follows: false,
});
const ABSENT_SETTINGS = {
  transfer: 60_000,
  audioFirst: false,
  bitrate: 'free',
  selfView: 'right',
  files: { maxBytes: 0, types: [] },
} as const;
const ABSENT_AGENT = { picture: null, mayVideo: true };

/** Reads a contact, whichever version stored it. */
export async function readContact(store: Store, key: string): Promise<Document<StoredContact> | null> {
  const document = await store.get<StoredContact>(key);
  if (!document) return null;
  const { contact, owed, facts = [] } = document.value;
  return { ...document, value: { contact: completed(contact), owed, facts } };
}

const completed = (contact: Contact): Contact => ({
  ...absent(contact),
  ...contact,
  settings: { ...ABSENT_SETTINGS, ...contact.settings },
  agent: contact.agent && { ...ABSENT_AGENT, ...contact.agent },
});
