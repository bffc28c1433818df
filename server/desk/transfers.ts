import type { Contact } from '../../core/contact/contact.ts';
import type { TransferTarget } from '../../core/contact/model.ts';
import type { ClientFrame } from '../../core/protocol/client-frames.ts';
import type { ServerFrameOf } from '../../core/protocol/server-frames.ts';
import { isOffered } from '../../core/routing/offer.ts';
import type { Connection } from '../connection.ts';
import { isParty } from './audience.ts';
import { routedOf } from './offers.ts';
import { done, type Outcome, type Refusal, refuse, unknownContact } from './outcome.ts';
import type { DeskParts } from './parts.ts';
import { asParty } from './party.ts';
import { settingsOf } from './settings.ts';

type Targets = ServerFrameOf<'transfer.targets'>;

/** Tells an agent to whom their contact could go. */
export async function readTargets(desk: DeskParts, from: Connection, id: string): Promise<Outcome> {
  const contact = await desk.contacts.find(id);
  if (!contact || !isParty(contact, from)) return unknownContact;
  if (contact.phase === 'ended') return refuse('contact.ended', 'the contact has ended');
  from.reply({
    type: 'transfer.targets',
    contact: id,
    agents: colleaguesFor(desk, from, contact),
    services: servicesFor(desk, from, contact),
  });
  return done;
}

/** Offers a contact to a colleague or to another service; it stays where it is until somebody takes it. */
export function offerTransfer(
  desk: DeskParts,
  from: Connection,
  { contact: id, to, note }: Extract<ClientFrame, { type: 'transfer.offer' }>,
): Promise<Outcome> {
  return desk.contacts.change(
    id,
    asParty(from, (contact) => {
      // Whoever it is for: how the contact stands comes first.
      if (contact.phase === 'ended') return refuse('contact.ended', 'the contact has ended');
      const target = to.kind === 'agent' ? colleague(desk, contact, to.id) : service(desk, contact, to.id);
      if ('ok' in target) return target;
      return { type: 'offer-transfer', to: target, note: note.trim(), at: desk.clock() };
    }),
  );
}

/** The colleague it was offered to leaves it where it is. */
export function declineTransfer(desk: DeskParts, from: Connection, id: string): Promise<Outcome> {
  const { id: agent, name } = from;
  return desk.contacts.change(id, (contact) => {
    const isAsked = contact.transfer?.to.kind === 'agent' && contact.transfer.to.id === agent;
    return isAsked || isParty(contact, from) ? { type: 'decline-transfer', agent, name } : unknownContact;
  });
}

/** Connected colleagues who could answer it, whether they can now or not. */
function colleaguesFor(desk: DeskParts, from: Connection, { service }: Contact): Targets['agents'] {
  const { roster, staff, directory } = desk;
  const isThere = (agent: string) =>
    agent !== from.id && directory.has('agent', agent) && staff.status(agent).state !== 'offline';
  return roster
    .skilled(service.id)
    .filter(isThere)
    .map((id) => ({
      id,
      name: roster.agent(id)?.name ?? id,
      state: staff.status(id).state,
      free: staff.candidate(id).free,
    }));
}

function servicesFor({ roster, staff }: DeskParts, from: Connection, contact: Contact): Targets['services'] {
  const others = roster.services.filter(({ id }) => id !== contact.service.id);
  return others.map(({ id, name }) => ({
    id,
    name,
    staffed: roster.eligible(id).some((agent) => agent !== from.id && staff.isAvailable(agent)),
  }));
}

function colleague({ roster, staff }: DeskParts, contact: Contact, id: string): TransferTarget | Refusal {
  const agent = roster.agent(id);
  if (!agent || !roster.skilled(contact.service.id).includes(id))
    return refuse('transfer.unavailable', `nobody of this name answers ${contact.service.name}`);
  const to: TransferTarget = { kind: 'agent', id, name: agent.name };
  const candidate = staff.candidate(id);
  if (!candidate.available) return refuse('transfer.unavailable', `${agent.name} is not available now`);
  const routed = { ...routedOf(contact), transfer: { to, from: contact.agent?.id ?? '' } };
  if (!isOffered(candidate, routed, roster.rulesOf(contact)))
    return refuse('transfer.unavailable', `${agent.name} has too many contacts for one more`);
  return to;
}

function service(desk: DeskParts, contact: Contact, id: string): TransferTarget | Refusal {
  const target = desk.roster.service(id);
  if (!target) return refuse('transfer.unavailable', 'there is no such service');
  const { name } = target;
  if (id === contact.service.id) return refuse('transfer.unavailable', `it is with ${name} already`);
  return { kind: 'service', id, name, settings: settingsOf(target, desk.config) };
}
