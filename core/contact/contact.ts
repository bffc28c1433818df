import type { Abilities } from '../protocol/schemas.ts';
import { allows, beginsAs } from './ability.ts';
import type { Call, CallEvent } from './call.ts';
import { callDeadline, stepCall } from './call.ts';
import type {
  AssignedAgent,
  BothSides,
  Colour,
  ContactKind,
  ContactSettings,
  Form,
  Permissions,
  Rating,
  Side,
  Transfer,
  Visitor,
} from './model.ts';
import { otherSide } from './model.ts';
import { type ContactEffect, type ContactStep, callEffects, logged, refuse, to } from './step.ts';
import { handOver, stepTransfer, type TransferEvent, transferDeadline } from './transfer.ts';
import { convert, dissuade, namedBy, queueAgain, requeue, take } from './waiting.ts';

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
  /** The service of the page it was opened on; a transfer may change `service`. */
  readonly entry: string;
  readonly kind: ContactKind;
  readonly form: Form | null;
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
  /** The agent it is addressed to, by the page or because they know the visitor. */
  readonly preferred: string | null;
  readonly transfer: Transfer | null;
  /** When an agent first wrote. */
  readonly answeredAt: number | null;
  readonly rating: Rating | null;
  readonly colour: Colour | null;
  /** Since when a side has no connection. */
  readonly away: BothSides<number | null>;
  /** What the browser of a side can take part in, as it says; null: not known. */
  readonly abilities: BothSides<Abilities | null>;
  /** What the visitor's browser may do with its devices. */
  readonly permissions: Permissions | null;
  /** Since when the visitor is between two pages. */
  readonly moving: number | null;
  /** Since when the visitor did nothing. */
  readonly idle: number | null;
  /** The visitor lets the agent take their page along. */
  readonly follows: boolean;
  readonly chatClosed: boolean;
  readonly call: Call | null;
  /** Agents who recorded a call of it: the recording is theirs to keep here, also when they no longer have the contact. */
  readonly recordedBy: readonly string[];
  /** The visitor's page load that opened the contact, which a call entered by kind goes to. */
  readonly openedIn: string;
  readonly cursors: BothSides<Cursor>;
}

export type ContactEvent =
  | {
      type: 'take';
      agent: AssignedAgent;
      abilities: Abilities | null;
      client: string;
      call: string;
      at: number;
    }
  | { type: 'wait'; at: number }
  /** A visitor nobody answered leaves a number or a message instead. */
  | { type: 'convert'; form: Form; at: number }
  | { type: 'rate'; rating: Rating }
  | { type: 'colour'; colour: Colour | null }
  | TransferEvent
  /** An agent wrote. */
  | { type: 'answered'; at: number }
  | { type: 'push-link'; url: string }
  | { type: 'link-consent'; allow: boolean }
  | { type: 'abilities'; side: Side; abilities: Abilities }
  | { type: 'permissions'; permissions: Permissions }
  | { type: 'moving'; at: number }
  | { type: 'idle'; since: number | null }
  | { type: 'end'; by: Side; at: number }
  | { type: 'close-chat'; by: Side; at: number }
  | { type: 'reopen-chat' }
  | { type: 'away'; side: Side; at: number }
  | { type: 'back'; side: Side }
  | { type: 'agent-switches'; voice: boolean; video: boolean; mayVideo: boolean }
  | { type: 'visit'; visitor: Visitor }
  | { type: 'cursor'; side: Side; cursor: Cursor }
  | { type: 'call'; event: Exclude<CallEvent, { type: 'tick' }> }
  | { type: 'tick'; at: number };

/**
 * One step of the contact machine. Pure: time and ids come with the event. An event that changes nothing gives the
 * same object back, so that callers may skip the write; every change raises `rev` by one.
 */
export function stepContact(contact: Contact, event: ContactEvent): ContactStep {
  if (contact.phase === 'ended' && event.type !== 'cursor' && event.type !== 'rate') {
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
    transferDeadline(contact),
    callDeadline(contact.call),
  ].filter((time) => time !== null);
  return times.length ? Math.min(...times) : null;
}

const requeueAt = (contact: Contact): number | null =>
  contact.phase === 'assigned' && contact.away.agent !== null
    ? contact.away.agent + contact.settings.grace
    : null;

/** Facts, as opposed to what someone asked for and waits on. */
const FACTS: ReadonlySet<string> = new Set<ContactEvent['type']>([
  'away',
  'back',
  'agent-switches',
  'visit',
  'answered',
  'abilities',
  'permissions',
  'moving',
  'idle',
  'tick',
]);
const isRequest = (event: ContactEvent): boolean =>
  event.type === 'call'
    ? event.event.type !== 'client-gone' && event.event.type !== 'client-back'
    : !FACTS.has(event.type);

function apply(contact: Contact, event: ContactEvent): ContactStep {
  switch (event.type) {
    case 'take':
      return contact.transfer ? handOver(contact, event) : take(contact, event);
    case 'wait':
      return queueAgain(contact, event.at);
    case 'convert':
      return convert(contact, event.form, event.at);
    case 'end':
      return end(contact, event.by, event.at);
    case 'rate':
      return rate(contact, event.rating);
    case 'colour':
      return to(contact.colour === event.colour ? contact : { ...contact, colour: event.colour });
    case 'offer-transfer':
    case 'decline-transfer':
    case 'withdraw-transfer':
      return stepTransfer(contact, event);
    case 'answered':
      return to(contact.answeredAt === null ? { ...contact, answeredAt: event.at } : contact);
    case 'push-link':
      if (contact.phase !== 'assigned') return refuse('contact.not-assigned', 'nobody answers there yet');
      return to(
        { ...contact },
        logged('link.pushed', 'agent', nameOf(contact, 'agent'), { text: event.url }),
      );
    case 'link-consent':
      if (contact.follows === event.allow) return to(contact);
      return to(
        { ...contact, follows: event.allow },
        logged(event.allow ? 'link.allowed' : 'link.refused', 'visitor', contact.visitor.name),
      );
    case 'abilities':
      return able(contact, event.side, event.abilities);
    case 'permissions':
      return to(
        JSON.stringify(contact.permissions) === JSON.stringify(event.permissions)
          ? contact
          : { ...contact, permissions: event.permissions },
      );
    case 'moving':
      return to(contact.moving === null ? { ...contact, moving: event.at } : contact);
    case 'idle':
      return to(
        (contact.idle === null) === (event.since === null) ? contact : { ...contact, idle: event.since },
      );
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
      return back(contact, event.side);
    case 'agent-switches': {
      const { agent } = contact;
      const { voice, video, mayVideo } = event;
      if (!agent || (agent.voice === voice && agent.video === video && agent.mayVideo === mayVideo))
        return to(contact);
      return to({ ...contact, agent: { ...agent, voice, video, mayVideo } });
    }
    case 'visit':
      return to({ ...contact, visitor: namedBy(contact.form, event.visitor), moving: null, idle: null });
    case 'cursor':
      return moveCursor(contact, event.side, event.cursor);
    case 'call':
      return call(contact, event.event);
    case 'tick':
      return tick(contact, event.at);
  }
}

function rate(contact: Contact, rating: Rating): ContactStep {
  if (contact.phase !== 'ended') return refuse('frame.out-of-state', 'the conversation goes on');
  const { score, comment } = rating;
  if (contact.rating?.score === score && contact.rating.comment === comment) return to(contact);
  return to(
    { ...contact, rating },
    logged('contact.rated', 'visitor', contact.visitor.name, { score, text: comment || null }),
  );
}

function able(contact: Contact, side: Side, abilities: Abilities): ContactStep {
  const known = contact.abilities[side];
  if (known?.voice === abilities.voice && known.video === abilities.video) return to(contact);
  return to({ ...contact, abilities: { ...contact.abilities, [side]: abilities } });
}

/** A visitor who is back has arrived somewhere: they are between pages no more. */
function back(contact: Contact, side: Side): ContactStep {
  if (contact.away[side] === null) return to(contact);
  const moving = side === 'visitor' ? null : contact.moving;
  return to({ ...contact, away: { ...contact.away, [side]: null }, moving });
}

function end(contact: Contact, by: Side | 'system', at: number): ContactStep {
  const side = by === 'system' ? null : by;
  const dropped = contact.call ? stepCall(contact.call, { type: 'drop', by: side, at }) : null;
  const effects = dropped?.ok ? callEffects(contact, dropped.effects) : [];
  if (contact.phase === 'waiting' || contact.transfer)
    effects.push({ type: 'withdraw', reason: 'ended', by: null });
  return to(
    { ...contact, phase: 'ended', endedAt: at, endedBy: by, dissuadeAt: null, call: null, transfer: null },
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
    const { agent, away } = contact;
    const hidden = event.by === 'visitor' && !agent?.[event.kind];
    const alone = !contact.call && away[otherSide(event.by)] !== null;
    if (!allows(contact, event.kind) || hidden || alone)
      return refuse('channel.unavailable', `${event.kind} is not available now`);
  }
  const isNew = event.type === 'ask' && !contact.call;
  const step = stepCall(contact.call, isNew ? { ...event, kind: beginsAs(contact, event.kind) } : event);
  if (!step.ok) return step;
  if (step.call === contact.call) return to(contact);
  const recordedBy = recorders(contact, step.call);
  return to({ ...contact, call: step.call, recordedBy }, ...callEffects(contact, step.effects));
}

function recorders({ agent, recordedBy }: Contact, call: Call | null): readonly string[] {
  if (call?.recording?.status !== 'on' || !agent || recordedBy.includes(agent.id)) return recordedBy;
  return [...recordedBy, agent.id];
}

function tick(contact: Contact, at: number): ContactStep {
  if (contact.phase === 'waiting' && contact.dissuadeAt !== null && contact.dissuadeAt <= at)
    return dissuade(contact);
  const lostAt = requeueAt(contact);
  if (lostAt !== null && lostAt <= at) return requeue(contact, at);
  if (contact.transfer && contact.transfer.until <= at)
    return stepTransfer(contact, { type: 'expire-transfer' });
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
