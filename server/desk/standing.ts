import type { Contact } from '../../core/contact/contact.ts';
import type { Connection } from '../connection.ts';
import { type Refusal, refuse } from './outcome.ts';
import type { DeskParts } from './parts.ts';

/**
 * How a contact stands that is not the asker's, for an agent who could answer it and may have had it a moment ago. Null to
 * all others: to them it does not exist.
 */
export async function standingOf(
  desk: DeskParts,
  { side, id: agent }: Connection,
  id: string,
): Promise<Refusal | null> {
  if (side !== 'agent') return null;
  const contact = await desk.contacts.find(id);
  return contact && couldAnswer(desk, agent, contact) ? standing(contact) : null;
}

const couldAnswer = ({ roster }: DeskParts, agent: string, { service, entry, preferred }: Contact): boolean =>
  preferred === agent ||
  roster.eligible(service.id).includes(agent) ||
  roster.eligible(entry).includes(agent);

function standing({ phase, agent }: Contact): Refusal {
  switch (phase) {
    case 'waiting':
      return refuse('contact.not-assigned', 'it waits for an agent; take it first');
    case 'assigned':
      return refuse('contact.taken', `${agent?.name ?? 'another agent'} has it`);
    case 'dissuaded':
      return refuse('contact.not-waiting', 'nobody answered in time, and it was given up');
    case 'ended':
      return refuse('contact.ended', 'the contact has ended');
  }
}
