import { enteredCall } from './ability.ts';
import { answeredCall, stepCall } from './call.ts';
import type { Contact, ContactEvent } from './contact.ts';
import { type ContactKind, type ContactSettings, type Form, isLiveKind, type Visitor } from './model.ts';
import { type ContactStep, callEffects, logged, refuse, to } from './step.ts';

/** The contact in the queue: how it comes there, is taken, is given up, and comes back. */

/** Since when it stands in the queue, and until when: who left word waits as long as it takes, or until the wished time. */
export function turn(kind: ContactKind, form: Form | null, settings: ContactSettings, at: number) {
  if (isLiveKind(kind)) return { waitingSince: at, dissuadeAt: at + settings.maxWait };
  const wishedAt = form?.kind === 'callback' ? form.wishedAt : null;
  return { waitingSince: Math.max(at, wishedAt ?? at), dissuadeAt: null };
}

export function take(contact: Contact, event: Extract<ContactEvent, { type: 'take' }>): ContactStep {
  const { agent, abilities, client, at } = event;
  if (contact.phase === 'assigned')
    return refuse('contact.taken', `${contact.agent?.name ?? 'another agent'} took it`);
  if (contact.phase !== 'waiting') return refuse('contact.not-waiting', 'nobody waits there any more');
  const answered: Contact = { ...contact, agent, abilities: { ...contact.abilities, agent: abilities } };
  const entered = enteredCall(answered);
  const call = entered
    ? answeredCall(event.call, entered, { visitor: contact.openedIn, agent: client }, at)
    : null;
  return to(
    {
      ...answered,
      phase: 'assigned',
      takenAt: at,
      dissuadeAt: null,
      first: false,
      away: { ...contact.away, agent: null },
      call,
    },
    logged('contact.taken', 'agent', agent.name),
    { type: 'withdraw', reason: 'taken', by: agent.name },
    ...(call ? [{ type: 'start-attempt' } as const] : []),
  );
}

/** A visitor who gave a name in a form is called so in that contact. */
export const namedBy = (form: Form | null, visitor: Visitor): Visitor =>
  form?.name ? { ...visitor, name: form.name } : visitor;

/** Only who has no answer yet can leave word instead; what was written stays with the contact. */
export function convert(contact: Contact, form: Form, at: number): ContactStep {
  if (contact.phase === 'assigned')
    return refuse('contact.taken', `${contact.agent?.name ?? 'an agent'} has just answered`);
  const visitor = namedBy(form, contact.visitor);
  return to(
    {
      ...contact,
      visitor,
      phase: 'waiting',
      kind: form.kind,
      form,
      first: false,
      ...turn(form.kind, form, contact.settings, at),
    },
    logged('contact.converted', 'visitor', visitor.name, { text: form.kind }),
    ...(contact.phase === 'waiting' ? [{ type: 'withdraw', reason: 'converted', by: null } as const] : []),
    { type: 'offer' },
  );
}

/** Back into the queue for a new wait: whoever had an agent already comes first. */
const queued = (contact: Contact, at: number, first: boolean): Contact => ({
  ...contact,
  phase: 'waiting',
  agent: null,
  transfer: null,
  first,
  waitingSince: at,
  dissuadeAt: isLiveKind(contact.kind) ? at + contact.settings.maxWait : null,
  away: { ...contact.away, agent: null },
  abilities: { ...contact.abilities, agent: null },
  call: null,
  chatClosed: false,
});

/** A visitor nobody answered waits again. */
export function queueAgain(contact: Contact, at: number): ContactStep {
  if (contact.phase !== 'dissuaded') return refuse('frame.out-of-state', 'it was not given up');
  return to(queued(contact, at, false), logged('contact.waiting', 'visitor', null), { type: 'offer' });
}

/** Nobody answered in time. */
export const dissuade = (contact: Contact): ContactStep =>
  to({ ...contact, phase: 'dissuaded', dissuadeAt: null }, logged('contact.dissuaded', null, null), {
    type: 'withdraw',
    reason: 'dissuaded',
    by: null,
  });

/** Its agent is lost: first in line for another. */
export function requeue(contact: Contact, at: number): ContactStep {
  const { agent, transfer } = contact;
  if (!agent) return to(contact);
  const dropped = contact.call ? stepCall(contact.call, { type: 'drop', by: null, at }) : null;
  return to(
    queued(contact, at, true),
    ...(dropped?.ok ? callEffects(contact, dropped.effects) : []),
    logged('contact.requeued', 'agent', agent.name),
    // Who had been offered it sees it in the queue of the service now, or not at all.
    ...(transfer ? [{ type: 'withdraw', reason: 'taken', by: null } as const] : []),
    { type: 'release', agent: agent.id, reason: 'requeued' },
    { type: 'offer' },
  );
}
