import type { Contact } from './contact.ts';
import type { CallKind } from './model.ts';

/** What calls a contact can have, as service, browsers and the agent's other contacts leave room for them. */

export function allows({ settings, abilities, agent }: Contact, kind: CallKind): boolean {
  // One browser that cannot is enough; one that has not said so yet may.
  const able = abilities.visitor?.[kind] !== false && abilities.agent?.[kind] !== false;
  return settings[kind] && able && (kind === 'voice' || agent?.mayVideo !== false);
}

/** What a call begins as that is asked for, or entered by, a kind: where voice comes first, the picture is added in the call. */
export const beginsAs = ({ settings }: Contact, kind: CallKind): CallKind =>
  settings.audioFirst ? 'voice' : kind;

/** What a contact entered as a call begins with, once it is taken: as much of it as there can be. */
export function enteredCall(contact: Contact): CallKind | null {
  const { kind, takenAt } = contact;
  if ((kind !== 'voice' && kind !== 'video') || takenAt !== null) return null;
  const wanted = beginsAs(contact, kind);
  if (allows(contact, wanted)) return wanted;
  return allows(contact, 'voice') ? 'voice' : null;
}
