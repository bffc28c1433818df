import type { Contact } from '../../core/contact/contact.ts';
import { viewOf } from '../../core/contact/view.ts';
import { nextInTurn } from '../../core/routing/queue.ts';
import type { Connection } from '../connection.ts';
import type { Changed } from './contacts.ts';
import { done, type Outcome, refuse } from './outcome.ts';
import type { DeskParts } from './parts.ts';

/** Gives a waiting contact to the agent: the one named, or whose turn it is. Of two agents at once, one gets it. */
export function takeContact(desk: DeskParts, from: Connection, wanted: string | undefined): Promise<Outcome> {
  // In turn, so that two windows of one agent cannot take more than the agent's limit.
  return desk.turns.run(`agent/${from.id}`, async () => {
    if (wanted !== undefined) return outcomeOf(from, await take(desk, from, wanted));
    while (true) {
      const next = nextInTurn(queueOf(desk, from));
      if (!next) return refuse('contact.none-waiting', 'nobody waits');
      const taken = await take(desk, from, next.contact);
      // Someone else was faster: on to the one behind.
      if (!taken.ok && (taken.code === 'contact.taken' || taken.code === 'contact.not-waiting')) {
        if (desk.live.waiting().some(({ id }) => id === next.contact)) return taken;
        continue;
      }
      return outcomeOf(from, taken);
    }
  });
}

async function take(desk: DeskParts, from: Connection, id: string): Promise<Changed> {
  const call = desk.ids();
  const taken = await desk.contacts.change(id, (contact) => {
    if (isMine(contact, from)) return null;
    if (!desk.roster.eligible(contact.service.id).includes(from.id))
      return refuse('agent.not-eligible', `it is for agents of ${contact.service.name}`);
    if (contact.phase === 'waiting' && isFull(desk, from.id))
      return refuse('agent.at-capacity', 'you have as many contacts as you may');
    const { voice, video } = desk.staff.status(from.id);
    const agent = { id: from.id, name: from.name, voice, video };
    return { type: 'take', agent, client: from.client, call, at: desk.clock() };
  });
  // The page that opened the contact as a call may be gone by now, and the visitor be on the next one.
  if (taken.ok && taken.contact.call)
    await desk.presence.settle(id, 'visitor', newestPage(desk, taken.contact));
  return taken;
}

function outcomeOf(from: Connection, taken: Changed): Outcome {
  if (!taken.ok) return taken;
  // Also when it was theirs before: a second click is answered like the first.
  from.reply({ type: 'contact.state', contact: viewOf(taken.contact) });
  return done;
}

const isMine = (contact: Contact, from: Connection): boolean =>
  contact.phase === 'assigned' && contact.agent?.id === from.id;

const isFull = (desk: DeskParts, agent: string): boolean =>
  desk.live.of('agent', agent).length >= (desk.roster.agent(agent)?.limit ?? 0);

const queueOf = (desk: DeskParts, { id: agent }: Connection) =>
  desk.live
    .waiting()
    .filter((contact) => desk.roster.eligible(contact.service.id).includes(agent))
    .map(({ id, waitingSince, first }) => ({ contact: id, waitingSince, first }));

const newestPage = (desk: DeskParts, { visitor, service }: Contact): Connection | undefined =>
  desk.hub.of('visitor', visitor.id).findLast((connection) => connection.visit?.service === service.id);
