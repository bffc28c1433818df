import type { Contact } from '../../core/contact/contact.ts';
import { viewOf } from '../../core/contact/view.ts';
import type { ErrorCode } from '../../core/protocol/codes.ts';
import { isOffered, mayAnswer } from '../../core/routing/offer.ts';
import { nextInTurn } from '../../core/routing/queue.ts';
import type { Connection, Window } from '../connection.ts';
import type { Changed } from './contacts.ts';
import type { Claim } from './load.ts';
import { routedOf } from './offers.ts';
import { done, type Outcome, type Refusal, refuse } from './outcome.ts';
import type { DeskParts } from './parts.ts';
import { ablest } from './readiness.ts';
import { assignedAgent } from './switches.ts';

/** Gives a waiting contact to the agent: the one named, or whose turn it is. Of two agents at once, one gets it. */
export function takeContact(desk: DeskParts, from: Connection, wanted: string | undefined): Promise<Outcome> {
  // In turn, so that two windows of one agent cannot take more than the agent's limit.
  return desk.turns.run(`agent/${from.id}`, async () => {
    if (wanted !== undefined) return outcomeOf(from, await take(desk, from, wanted));
    const busy = whyNot(desk, from.id);
    if (busy) return busy;
    const tried = new Set<string>();
    while (true) {
      const queue = desk.offers.to(from.id).filter(({ contact }) => !tried.has(contact));
      const next = nextInTurn(queue, desk.clock());
      if (!next) return refuse('contact.none-waiting', 'nobody waits');
      tried.add(next.contact);
      const taken = await take(desk, from, next.contact);
      // Someone else was faster: on to the one behind.
      if (taken.ok || !LOST.has(taken.code)) return outcomeOf(from, taken);
    }
  });
}

/** What an agent hears who was not the first. */
const LOST: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'contact.taken',
  'contact.not-waiting',
  'contact.ended',
  'transfer.out-of-state',
]);

async function take(desk: DeskParts, from: Connection, id: string): Promise<Changed> {
  let taken: Changed = overtaken;
  while (taken === overtaken) {
    const claim = await desk.load.claim(from.id, id);
    taken = await takeClaimed(desk, from, id, claim);
    if (!taken.ok) await claim.release();
  }
  // The page that opened the contact as a call may be gone by now, and the visitor be on the next one.
  if (taken.ok && taken.contact.call)
    await desk.presence.settle(id, 'visitor', { window: newestPage(desk, taken.contact) });
  return taken;
}

/** Another change came first, and the claim is good for none but the contact as it was. */
const overtaken = refuse('contact.not-waiting', 'it is changed all the time');

function takeClaimed(desk: DeskParts, from: Connection, id: string, claim: Claim): Promise<Changed> {
  const call = desk.ids();
  let isFirst = true;
  return desk.contacts.change(id, (contact) => {
    if (isMine(contact, from)) return null;
    if (!isFirst) return overtaken;
    isFirst = false;
    const refusal = barTo(desk, contact, from.id, claim);
    if (refusal) return refusal;
    const to = contact.transfer?.to;
    const service = to?.kind === 'service' ? to.id : contact.service.id;
    const agent = assignedAgent(desk, from, service, claim.others + 1);
    const abilities = ablest(desk.directory.of('agent', from.id));
    return { type: 'take', agent, abilities, client: from.client, call, at: desk.clock() };
  });
}

function outcomeOf(from: Connection, taken: Changed): Outcome {
  if (!taken.ok) return taken;
  // Also when it was theirs before: a second click is answered like the first.
  from.reply({ type: 'contact.state', contact: viewOf(taken.contact, 'agent') });
  return done;
}

/** Why the agent may not have the contact. Of one that no longer waits its own state is told, by the machine. */
function barTo(desk: DeskParts, contact: Contact, agent: string, { others }: Claim): Refusal | null {
  const rules = desk.roster.rulesOf(contact);
  const routed = routedOf(contact);
  if (!mayAnswer(agent, routed, rules)) {
    if (contact.transfer && desk.roster.eligible(contact.service.id).includes(agent))
      return refuse('contact.taken', `${contact.agent?.name} has it`);
    return refuse('agent.not-eligible', `it is for agents of ${contact.service.name}`);
  }
  if (contact.phase !== 'waiting' && !contact.transfer) return null;
  const busy = whyNot(desk, agent, others);
  if (busy) return busy;
  if (!isOffered(desk.staff.candidate(agent, others), routed, rules))
    return refuse('agent.at-capacity', 'a video call must be your only contact here');
  return null;
}

/** Why the agent gets no contact at all beside those they have, which may be told; null: they may. */
function whyNot({ staff }: DeskParts, agent: string, has?: number): Refusal | null {
  const { available, free } = staff.candidate(agent, has);
  if (!available) return refuse('agent.not-available', 'you are not available');
  if (free === 0) return refuse('agent.at-capacity', 'you have as many contacts as you may');
  return null;
}

const isMine = (contact: Contact, from: Connection): boolean =>
  contact.phase === 'assigned' && contact.agent?.id === from.id;

const newestPage = (desk: DeskParts, { visitor, entry }: Contact): Window | undefined =>
  desk.directory.of('visitor', visitor.id).findLast(({ service }) => service === entry);
