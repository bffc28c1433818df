import type { ContactEvent } from '../../core/contact/contact.ts';
import type { Abilities, Permissions } from '../../core/protocol/schemas.ts';
import type { Connection } from '../connection.ts';
import { done, type Outcome } from './outcome.ts';
import type { DeskParts } from './parts.ts';

/** What browsers can do, and may do, as they find out. */

/** The visitor's browser says what it may do with its devices. */
export async function setPermissions(
  desk: DeskParts,
  from: Connection,
  permissions: Permissions,
): Promise<Outcome> {
  from.permissions = permissions;
  return tellContacts(desk, from, (id) =>
    desk.contacts.change(id, (): ContactEvent => ({ type: 'permissions', permissions })),
  );
}

/** A side's browser says what it turned out to be able to do. */
export async function setAbilities(
  desk: DeskParts,
  from: Connection,
  abilities: Abilities,
): Promise<Outcome> {
  from.abilities = abilities;
  desk.directory.tell(from);
  return tellContacts(desk, from, (id) => desk.presence.settle(id, from.side));
}

/** What at least one of these windows can do: who is called answers in that one. */
export const ablest = (windows: readonly Pick<Connection, 'abilities'>[]): Abilities => ({
  voice: windows.some(({ abilities }) => abilities.voice),
  video: windows.some(({ abilities }) => abilities.video),
});

async function tellContacts(
  desk: DeskParts,
  { side, id, visit }: Connection,
  tell: (contact: string) => Promise<unknown>,
): Promise<Outcome> {
  const contacts = desk.live.of(side, id).filter(({ entry }) => !visit || entry === visit.service);
  await Promise.all(contacts.map((contact) => tell(contact.id)));
  return done;
}
