import type { ErrorCode } from '../protocol/codes.ts';
import type { Call, CallEffect, CallEvent } from './call.ts';
import { answeredCall, callDeadline, stepCall } from './call.ts';
import type {
  AssignedAgent,
  BothSides,
  ContactKind,
  ContactSettings,
  LoggedEvent,
  Side,
  Visitor,
} from './model.ts';
import { otherSide } from './model.ts';

export type ContactPhase = 'waiting' | 'assigned' | 'dissuaded' | 'ended';

/** How far a side has received and seen the log, as offsets. */
export interface Cursor {
  readonly delivered: number;
  readonly read: number;
}

/**
 * One multimedia interaction of one visitor with one service; the whole of it is one document.
 *
 *     waiting ─ take ─▶ assigned ─ end ─▶ ended
 *      │  ▲  ▲            │
 *      │  │  └─ requeue ──┘
 *      ▼  │
 *     dissuaded ─ end ─▶ ended
 */
export interface Contact {
  readonly id: string;
  readonly rev: number;
  readonly service: { readonly id: string; readonly name: string };
  readonly kind: ContactKind;
  readonly settings: ContactSettings;
  readonly visitor: Visitor;
  readonly phase: ContactPhase;
  readonly openedAt: number;
  readonly waitingSince: number;
  /** Lost its agent: stands before all who have not been answered yet. */
  readonly first: boolean;
  readonly dissuadeAt: number | null;
  readonly takenAt: number | null;
  readonly endedAt: number | null;
  readonly endedBy: Side | 'system' | null;
  readonly agent: AssignedAgent | null;
  /** Since when a side has no connection. */
  readonly away: BothSides<number | null>;
  readonly chatClosed: boolean;
  readonly call: Call | null;
  /** The visitor's page load that opened the contact, which a call entered by kind goes to. */
  readonly openedIn: string;
  readonly cursors: BothSides<Cursor>;
}

export type ContactEvent =
  | { type: 'take'; agent: AssignedAgent; client: string; call: string; at: number }
  | { type: 'wait'; at: number }
  | { type: 'end'; by: Side; at: number }
  | { type: 'close-chat'; by: Side; at: number }
  | { type: 'reopen-chat' }
  | { type: 'away'; side: Side; at: number }
  | { type: 'back'; side: Side }
  | { type: 'agent-switches'; voice: boolean; video: boolean }
  | { type: 'visit'; visitor: Visitor }
  | { type: 'cursor'; side: Side; cursor: Cursor }
  | { type: 'call'; event: Exclude<CallEvent, { type: 'tick' }> }
  | { type: 'tick'; at: number };

export type ContactEffect =
  | { type: 'log'; event: LoggedEvent }
  /** Stands in the queue now. */
  | { type: 'offer' }
  | { type: 'withdraw'; reason: 'taken' | 'dissuaded' | 'ended'; by: string | null }
  /** The agent named lost it. */
  | { type: 'release'; agent: string }
  | { type: 'start-attempt' };

export type ContactStep =
  | { readonly ok: true; readonly contact: Contact; readonly effects: readonly ContactEffect[] }
  | { readonly ok: false; readonly code: ErrorCode; readonly reason: string };

const to = (contact: Contact, ...effects: ContactEffect[]): ContactStep => ({ ok: true, contact, effects });
const refuse = (code: ErrorCode, reason: string): ContactStep => ({ ok: false, code, reason });
const logged = (
  event: LoggedEvent['event'],
  side: Side | null,
  name: string | null,
  more: Partial<LoggedEvent> = {},
): ContactEffect => ({ type: 'log', event: { event, side, name, call: null, seconds: null, ...more } });

export interface Opening {
  readonly id: string;
  readonly service: Contact['service'];
  readonly kind: ContactKind;
  readonly settings: ContactSettings;
  readonly visitor: Visitor;
  readonly client: string;
  readonly at: number;
}

/** A new contact, waiting, and what follows from its arrival. */
export function openContact(opening: Opening): { contact: Contact; effects: readonly ContactEffect[] } {
  const { id, service, kind, settings, visitor, client, at } = opening;
  const contact: Contact = {
    id,
    rev: 1,
    service,
    kind,
    settings,
    visitor,
    phase: 'waiting',
    openedAt: at,
    waitingSince: at,
    first: false,
    dissuadeAt: at + settings.maxWait,
    takenAt: null,
    endedAt: null,
    endedBy: null,
    agent: null,
    away: { visitor: null, agent: null },
    chatClosed: false,
    call: null,
    openedIn: client,
    cursors: { visitor: { delivered: 0, read: 0 }, agent: { delivered: 0, read: 0 } },
  };
  const call = kind === 'chat' ? null : kind;
  return {
    contact,
    effects: [logged('contact.opened', 'visitor', visitor.name, { call }), { type: 'offer' }],
  };
}

/**
 * One step of the contact machine. Pure: time and ids come with the event. An event that changes nothing gives the
 * same object back, so that callers may skip the write; every change raises `rev` by one.
 */
export function stepContact(contact: Contact, event: ContactEvent): ContactStep {
  if (contact.phase === 'ended' && event.type !== 'cursor') {
    return isRequest(event) ? refuse('contact.ended', 'the contact has ended') : to(contact);
  }
  const step = apply(contact, event);
  if (!step.ok || step.contact === contact) return step;
  const settled = settle(step.contact, event);
  return {
    ok: true,
    contact: { ...settled.contact, rev: contact.rev + 1 },
    effects: [...step.effects, ...settled.effects],
  };
}

/** The earliest time at which a `tick` changes something; null: never. */
export function contactDeadline(contact: Contact): number | null {
  const times = [
    contact.phase === 'waiting' ? contact.dissuadeAt : null,
    requeueAt(contact),
    callDeadline(contact.call),
  ].filter((time) => time !== null);
  return times.length ? Math.min(...times) : null;
}

const requeueAt = (contact: Contact): number | null =>
  contact.phase === 'assigned' && contact.away.agent !== null
    ? contact.away.agent + contact.settings.grace
    : null;

/** Events someone asked for and waits on, as opposed to facts. */
const isRequest = (event: ContactEvent): boolean =>
  event.type === 'take' ||
  event.type === 'wait' ||
  event.type === 'end' ||
  event.type === 'close-chat' ||
  event.type === 'reopen-chat' ||
  (event.type === 'call' && event.event.type !== 'client-gone' && event.event.type !== 'client-back');

function apply(contact: Contact, event: ContactEvent): ContactStep {
  switch (event.type) {
    case 'take':
      return take(contact, event);
    case 'wait':
      if (contact.phase !== 'dissuaded') return refuse('frame.out-of-state', 'it was not given up');
      return to(queued(contact, event.at, false), logged('contact.waiting', 'visitor', null), {
        type: 'offer',
      });
    case 'end':
      return end(contact, event.by, event.at);
    case 'close-chat':
      if (contact.phase !== 'assigned') return end(contact, event.by, event.at);
      if (contact.chatClosed) return to(contact);
      return to({ ...contact, chatClosed: true }, logged('chat.closed', event.by, nameOf(contact, event.by)));
    case 'reopen-chat':
      return to(contact.chatClosed ? { ...contact, chatClosed: false } : contact);
    case 'away':
      if (contact.away[event.side] !== null) return to(contact);
      return to({ ...contact, away: { ...contact.away, [event.side]: event.at } });
    case 'back':
      if (contact.away[event.side] === null) return to(contact);
      return to({ ...contact, away: { ...contact.away, [event.side]: null } });
    case 'agent-switches':
      if (!contact.agent || (contact.agent.voice === event.voice && contact.agent.video === event.video))
        return to(contact);
      return to({ ...contact, agent: { ...contact.agent, voice: event.voice, video: event.video } });
    case 'visit':
      return to({ ...contact, visitor: event.visitor });
    case 'cursor':
      return moveCursor(contact, event.side, event.cursor);
    case 'call':
      return call(contact, event.event);
    case 'tick':
      return tick(contact, event.at);
  }
}

function take(contact: Contact, event: Extract<ContactEvent, { type: 'take' }>): ContactStep {
  const { agent, client, at } = event;
  if (contact.phase === 'assigned')
    return refuse('contact.taken', `${contact.agent?.name ?? 'another agent'} took it`);
  if (contact.phase !== 'waiting') return refuse('contact.not-waiting', 'nobody waits there any more');
  const entered = contact.kind !== 'chat' && contact.takenAt === null ? contact.kind : null;
  const call = entered
    ? answeredCall(event.call, entered, { visitor: contact.openedIn, agent: client }, at)
    : null;
  return to(
    {
      ...contact,
      phase: 'assigned',
      agent,
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

/** Back into the queue: whoever had an agent already comes first. */
const queued = (contact: Contact, at: number, first: boolean): Contact => ({
  ...contact,
  phase: 'waiting',
  agent: null,
  first,
  waitingSince: first ? contact.waitingSince : at,
  dissuadeAt: at + contact.settings.maxWait,
  away: { ...contact.away, agent: null },
  call: null,
  chatClosed: false,
});

function end(contact: Contact, by: Side | 'system', at: number): ContactStep {
  const side = by === 'system' ? null : by;
  const dropped = contact.call ? stepCall(contact.call, { type: 'drop', by: side, at }) : null;
  const effects = dropped?.ok ? callEffects(contact, dropped.effects) : [];
  if (contact.phase === 'waiting') effects.push({ type: 'withdraw', reason: 'ended', by: null });
  return to(
    { ...contact, phase: 'ended', endedAt: at, endedBy: by, dissuadeAt: null, call: null },
    ...effects,
    logged('contact.ended', side, side && nameOf(contact, side)),
  );
}

function moveCursor(contact: Contact, side: Side, cursor: Cursor): ContactStep {
  const now = contact.cursors[side];
  const read = Math.max(now.read, cursor.read);
  const delivered = Math.max(now.delivered, cursor.delivered, read);
  if (read === now.read && delivered === now.delivered) return to(contact);
  return to({ ...contact, cursors: { ...contact.cursors, [side]: { delivered, read } } });
}

function call(contact: Contact, event: CallEvent): ContactStep {
  if (event.type === 'ask') {
    if (contact.phase !== 'assigned') return refuse('contact.not-assigned', 'nobody answers there yet');
    const { agent, settings, away } = contact;
    const hidden = event.by === 'visitor' && !agent?.[event.kind];
    if (!settings[event.kind] || hidden || (!contact.call && away[otherSide(event.by)] !== null))
      return refuse('channel.unavailable', `${event.kind} is not available now`);
  }
  const step = stepCall(contact.call, event);
  if (!step.ok) return step;
  if (step.call === contact.call) return to(contact);
  return to({ ...contact, call: step.call }, ...callEffects(contact, step.effects));
}

function tick(contact: Contact, at: number): ContactStep {
  if (contact.phase === 'waiting' && contact.dissuadeAt !== null && contact.dissuadeAt <= at)
    return to({ ...contact, phase: 'dissuaded', dissuadeAt: null }, logged('contact.dissuaded', null, null), {
      type: 'withdraw',
      reason: 'dissuaded',
      by: null,
    });
  const lostAt = requeueAt(contact);
  if (lostAt !== null && lostAt <= at && contact.agent) {
    const dropped = contact.call ? stepCall(contact.call, { type: 'drop', by: null, at }) : null;
    return to(
      queued(contact, at, true),
      ...(dropped?.ok ? callEffects(contact, dropped.effects) : []),
      logged('contact.requeued', 'agent', contact.agent.name),
      { type: 'release', agent: contact.agent.id },
      { type: 'offer' },
    );
  }
  const step = stepCall(contact.call, { type: 'tick', at });
  if (!step.ok || step.call === contact.call) return to(contact);
  return to({ ...contact, call: step.call }, ...callEffects(contact, step.effects));
}

/** A contact lives while one channel lives. */
function settle(
  contact: Contact,
  event: ContactEvent,
): { contact: Contact; effects: readonly ContactEffect[] } {
  if (contact.phase !== 'assigned' || !contact.chatClosed || contact.call) return { contact, effects: [] };
  const { by, at } = ending(event);
  const ended = end(contact, by, at);
  return ended.ok ? ended : { contact, effects: [] };
}

function ending(event: ContactEvent): { by: Side | 'system'; at: number } {
  const inner = event.type === 'call' ? event.event : event;
  const by = 'by' in inner && inner.by ? inner.by : 'system';
  return { by, at: 'at' in inner ? inner.at : 0 };
}

const nameOf = (contact: Contact, side: Side): string | null =>
  side === 'visitor' ? contact.visitor.name : (contact.agent?.name ?? null);

const callEffects = (contact: Contact, effects: readonly CallEffect[]): ContactEffect[] =>
  effects.map((effect) =>
    effect.type === 'log'
      ? logged(effect.event, effect.side, effect.side && nameOf(contact, effect.side), {
          call: effect.call,
          seconds: effect.seconds,
        })
      : effect,
  );
