import type { Contact } from '../../core/contact/contact.ts';
import type { ServerFrameOf } from '../../core/protocol/server-frames.ts';

/**
 * What a change means to those who knew the contact as it was before. Read off the two alone, so that an instance that has
 * missed a step, or hears of two in the wrong order, still tells the right thing.
 */

/** Why a contact is no longer offered to an agent, and who took it. */
export type Withdrawal = Pick<ServerFrameOf<'waiting.gone'>, 'reason' | 'by'>;

/** For whom the agents are that it still could be offered to. */
export const NOT_OFFERED: Withdrawal = { reason: 'not-offered', by: null };

const isQueued = (contact: Contact): boolean => contact.phase === 'waiting' || contact.transfer !== null;

/** Why those to whom it is offered no longer do not see it any more. */
export function withdrawalOf(before: Contact | null, after: Contact): Withdrawal {
  if (!before || !isQueued(before)) return NOT_OFFERED;
  if (after.agent && after.agent.id !== before.agent?.id) return { reason: 'taken', by: after.agent.name };
  if (after.phase === 'ended') return { reason: 'ended', by: null };
  if (after.phase === 'dissuaded') return { reason: 'dissuaded', by: null };
  // Its agent was lost while it was offered to others: who of them does not see it in the queue sees it no more.
  if (before.phase === 'assigned' && after.phase === 'waiting') return { reason: 'taken', by: null };
  if (after.form && JSON.stringify(before.form) !== JSON.stringify(after.form))
    return { reason: 'converted', by: null };
  return NOT_OFFERED;
}

/** The agent who has it no more, though it goes on. */
export function releaseOf(
  before: Contact | null,
  after: Contact,
): { readonly agent: string; readonly reason: 'requeued' | 'transferred' } | null {
  if (!before?.agent || before.agent.id === after.agent?.id) return null;
  return { agent: before.agent.id, reason: after.agent ? 'transferred' : 'requeued' };
}

/** Whether the page loads that hold its call are to begin at media: they, or the attempt, are others than before. */
export function beginsAttempt(before: Contact | null, { call }: Contact): boolean {
  if (!call) return false;
  const former = before?.call;
  if (former?.id !== call.id || former.attempt !== call.attempt) return true;
  if (former.status === 'asking' && call.status !== 'asking') return true;
  return former.clients.visitor !== call.clients.visitor || former.clients.agent !== call.clients.agent;
}
