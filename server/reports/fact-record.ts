import type { Contact } from '../../core/contact/contact.ts';
import { type Fact, factsOf } from '../../core/reports/facts.ts';

/** A fact as it is kept. Its id follows from the change it tells of, so that writing it again counts once. */
export type FactRecord = Readonly<Fact & { id: string; at: number }>;

/** Which contact it is of. */
export const contactOf = ({ id }: FactRecord): string => id.replace(/-\d+-\d+$/, '');

/** What the change of a contact adds to the reports; `before` is null for a new one. */
export const factRecords = (before: Contact | null, after: Contact, at: number): FactRecord[] =>
  factsOf(before, after, at).map((fact, n) => ({ id: `${after.id}-${after.rev}-${n}`, at, ...fact }));
