import type { ErrorCode } from '../protocol/codes.ts';
import type { CallEffect } from './call.ts';
import type { Contact } from './contact.ts';
import type { LoggedEvent, Side } from './model.ts';

/** What a step of the contact machine gives, and how it is written down. */

export type ContactEffect =
  | { type: 'log'; event: LoggedEvent }
  /** Stands in the queue now, of its service or, as a transfer, of whom it was offered to. */
  | { type: 'offer' }
  | { type: 'withdraw'; reason: 'taken' | 'dissuaded' | 'ended' | 'converted'; by: string | null }
  /** The agent named no longer has it. */
  | { type: 'release'; agent: string; reason: 'requeued' | 'transferred' }
  | { type: 'start-attempt' };

export type ContactStep =
  | { readonly ok: true; readonly contact: Contact; readonly effects: readonly ContactEffect[] }
  | { readonly ok: false; readonly code: ErrorCode; readonly reason: string };

export const to = (contact: Contact, ...effects: ContactEffect[]): ContactStep => ({
  ok: true,
  contact,
  effects,
});

export const refuse = (code: ErrorCode, reason: string): ContactStep => ({ ok: false, code, reason });

export const logged = (
  event: LoggedEvent['event'],
  side: Side | null,
  name: string | null,
  more: Partial<LoggedEvent> = {},
): ContactEffect => ({
  type: 'log',
  event: { event, side, name, call: null, seconds: null, text: null, score: null, ...more },
});

/** What a step of the call means for its contact. */
export const callEffects = (contact: Contact, effects: readonly CallEffect[]): ContactEffect[] =>
  effects.map((effect) => {
    if (effect.type !== 'log') return effect;
    const { event, side, call, seconds } = effect;
    const name = side === 'visitor' ? contact.visitor.name : (contact.agent?.name ?? null);
    return logged(event, side, side && name, { call, seconds });
  });
