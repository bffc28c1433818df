import type { Contact, ContactEvent } from '../../core/contact/contact.ts';
import type { Page } from '../../core/protocol/schemas.ts';
import type { Connection, Window } from '../connection.ts';
import { done, type Outcome } from './outcome.ts';
import type { DeskParts } from './parts.ts';
import { noteTrail } from './trail.ts';

/** Where the visitor is on the site, as their page loads tell it. */

/** The visitor's page changed its address without a load. */
export async function setPage(desk: DeskParts, from: Connection, page: Page): Promise<Outcome> {
  from.goTo(page);
  noteIdle(desk, from, null);
  noteTrail(desk, from, page);
  return change(desk, from, (contact) => arrivedAt(contact, from));
}

/** The visitor leaves a page. Who has another one open is still there. */
export async function leavePage(desk: DeskParts, from: Connection): Promise<Outcome> {
  if (othersOf(desk, from).length > 0) return done;
  return change(desk, from, () => ({ type: 'moving', at: desk.clock() }));
}

/** The visitor did nothing for a while, or does something again. Idle is who does nothing in any page load. */
export async function setIdle(desk: DeskParts, from: Connection, on: boolean): Promise<Outcome> {
  const { idleSeconds = 0 } = desk.roster.service(from.visit?.service ?? '') ?? {};
  noteIdle(desk, from, on ? (from.idleSince ?? desk.clock() - idleSeconds * 1000) : null);
  const times = [from, ...othersOf(desk, from)].map((page) => page.idleSince);
  const since = times.includes(null) ? null : Math.max(...times.filter((time) => time !== null));
  return change(desk, from, ({ openedAt }) => ({ type: 'idle', since: since && Math.max(openedAt, since) }));
}

/**
 * What follows for a contact from where a page load is; null: nothing. One that only reconnected does not show that anybody
 * is there to see it.
 */
export function arrivedAt(contact: Contact, { visit }: Connection, isFresh = true): ContactEvent | null {
  if (!visit || visit.service !== contact.entry || contact.phase === 'ended') return null;
  const { page, device, language } = visit;
  const country = visit.country ?? contact.visitor.country;
  const visitor = { ...contact.visitor, page, device, language, country };
  const isKnown = contact.moving === null && (contact.idle === null || !isFresh);
  return isKnown && JSON.stringify(visitor) === JSON.stringify(contact.visitor)
    ? null
    : { type: 'visit', visitor };
}

/** Page loads of the visitor that concern the same contacts. */
export const pagesOf = (desk: DeskParts, { id, service }: Connection): Window[] =>
  desk.directory.of('visitor', id).filter((other) => other.service === service);

/** The same but for this one, whose former socket may linger. */
const othersOf = (desk: DeskParts, from: Connection): Window[] =>
  pagesOf(desk, from).filter(({ client }) => client !== from.client);

/** Notes since when the visitor does nothing in a page load; null: something happens there. */
function noteIdle(desk: DeskParts, from: Connection, since: number | null): void {
  if (from.idleSince === since) return;
  from.idleSince = since;
  desk.directory.tell(from);
}

async function change(
  desk: DeskParts,
  { id, visit }: Connection,
  decide: (contact: Contact) => ContactEvent | null,
): Promise<Outcome> {
  const contacts = desk.live.of('visitor', id).filter(({ entry }) => entry === visit?.service);
  await Promise.all(contacts.map((contact) => desk.contacts.change(contact.id, decide)));
  return done;
}
