import type { Contact, ContactEvent } from '../../core/contact/contact.ts';
import type { Identity } from '../connection.ts';
import { isParty } from './audience.ts';
import type { Decide } from './contacts.ts';
import { type Refusal, unknownContact } from './outcome.ts';

/** Lets only the contact's own visitor and its assigned agent decide; to all others it does not exist. */
export const asParty =
  (who: Pick<Identity, 'side' | 'id'>, decide: (contact: Contact) => ContactEvent | Refusal | null): Decide =>
  (contact) =>
    isParty(contact, who) ? decide(contact) : unknownContact;
