import { stepCall } from './call.ts';
import type { Contact, ContactEvent } from './contact.ts';
import type { TransferTarget } from './model.ts';
import { type ContactStep, callEffects, logged, refuse, to } from './step.ts';

/**
 * A transfer is an offer that leaves the contact where it is until somebody takes it:
 *
 *     none ─ offer ─▶ offered ─ take ─▶ none, with the agent who took it
 *       ▲                │
 *       └─ decline, withdraw, time-out: still with the agent who offered it
 */
export type TransferEvent =
  | { type: 'offer-transfer'; to: TransferTarget; note: string; at: number }
  /** The agent it was offered to does not want it. */
  | { type: 'decline-transfer'; agent: string; name: string }
  | { type: 'withdraw-transfer' };

export const transferDeadline = (contact: Contact): number | null => contact.transfer?.until ?? null;

export function stepTransfer(
  contact: Contact,
  event: TransferEvent | { type: 'expire-transfer' },
): ContactStep {
  if (event.type === 'offer-transfer') return offer(contact, event);
  const { transfer, agent } = contact;
  if (!transfer) return refuse('transfer.out-of-state', 'it is not being transferred any more');
  const kept = { ...contact, transfer: null };
  const text = transfer.to.name;
  switch (event.type) {
    case 'decline-transfer':
      if (transfer.to.kind !== 'agent' || transfer.to.id !== event.agent)
        return refuse('transfer.out-of-state', 'it was offered to somebody else');
      return to(kept, logged('transfer.declined', 'agent', event.name));
    case 'withdraw-transfer':
      return to(kept, logged('transfer.withdrawn', 'agent', agent?.name ?? null, { text }));
    case 'expire-transfer':
      return to(kept, logged('transfer.expired', null, null, { text }));
  }
}

function offer(contact: Contact, event: Extract<TransferEvent, { type: 'offer-transfer' }>): ContactStep {
  const { phase, agent, transfer, settings } = contact;
  const { note, at } = event;
  if (phase !== 'assigned' || !agent) return refuse('contact.not-assigned', 'nobody has it to hand over');
  if (transfer) return refuse('transfer.out-of-state', `it is being offered to ${transfer.to.name} already`);
  if (event.to.kind === 'agent' && event.to.id === agent.id)
    return refuse('transfer.unavailable', 'it is with this agent already');
  return to(
    { ...contact, transfer: { to: event.to, note, at, until: at + settings.transfer } },
    logged('transfer.offered', 'agent', agent.name, { text: event.to.name }),
    { type: 'offer' },
  );
}

/** The agent takes what was offered to them, or to a service of theirs; a running call goes along. */
export function handOver(contact: Contact, event: Extract<ContactEvent, { type: 'take' }>): ContactStep {
  const { agent, abilities, client, at } = event;
  const { transfer, agent: from } = contact;
  if (!transfer || !from) return refuse('transfer.out-of-state', 'it is not being transferred any more');
  const forAnother = transfer.to.kind === 'agent' ? transfer.to.id !== agent.id : from.id === agent.id;
  if (forAnother) return refuse('contact.taken', `${from.name} has it`);
  const step = stepCall(contact.call, { type: 'hand-over', client, at });
  if (!step.ok) return step;
  const { id, name } = transfer.to;
  const moved =
    transfer.to.kind === 'service' ? { service: { id, name }, settings: transfer.to.settings } : {};
  return to(
    {
      ...contact,
      ...moved,
      agent,
      transfer: null,
      takenAt: at,
      away: { ...contact.away, agent: null },
      abilities: { ...contact.abilities, agent: abilities },
      call: step.call,
    },
    logged('contact.transferred', 'agent', agent.name, { text: from.name }),
    { type: 'withdraw', reason: 'taken', by: agent.name },
    { type: 'release', agent: from.id, reason: 'transferred' },
    ...callEffects(contact, step.effects),
  );
}
