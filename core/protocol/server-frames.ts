import * as v from 'valibot';
import {
  callKind,
  contactKind,
  count,
  device,
  id,
  mediaState,
  name,
  offset,
  page,
  side,
  time,
} from './schemas.ts';

/** Frames the server sends, and the views in them. Fields a client does not know are ignored. */

const attempt = count;
const person = v.object({ id, name });
const bothSides = <S extends v.GenericSchema>(schema: S) => v.object({ visitor: schema, agent: schema });
const cursor = v.object({ delivered: offset, read: offset });
const channelState = v.picklist(['active', 'connecting', 'available', 'unavailable']);

export const callView = v.object({
  id,
  kind: callKind,
  askedBy: side,
  status: v.picklist(['asking', 'connecting', 'active']),
  /** The side that asked for a picture in a running voice call, and waits for the answer. */
  upgradeBy: v.nullable(side),
  attempt,
  /** The page loads that hold the media. */
  clients: bothSides(v.nullable(id)),
  media: bothSides(mediaState),
  activeSince: v.nullable(time),
  recording: v.nullable(v.object({ status: v.picklist(['asking', 'on']), since: time })),
});

export const contactView = v.object({
  id,
  /** Rises with every change; an older view never replaces a newer one. */
  rev: count,
  service: person,
  kind: contactKind,
  phase: v.picklist(['waiting', 'assigned', 'dissuaded', 'ended']),
  openedAt: time,
  waitingSince: time,
  dissuadeAt: v.nullable(time),
  takenAt: v.nullable(time),
  endedAt: v.nullable(time),
  endedBy: v.nullable(v.picklist(['visitor', 'agent', 'system'])),
  visitor: v.object({
    id,
    name,
    verified: v.boolean(),
    isNew: v.boolean(),
    language: name,
    country: v.nullable(name),
    page,
    device,
  }),
  /** The assigned agent and whether visitors may ask them for a call. */
  agent: v.nullable(v.object({ id, name, voice: v.boolean(), video: v.boolean() })),
  /** Since when a side has no connection; null while it has one. */
  away: bothSides(v.nullable(time)),
  channels: v.object({ sharing: channelState, chat: channelState, voice: channelState, video: channelState }),
  call: v.nullable(callView),
  recording: v.picklist(['off', 'ask', 'always']),
  cursors: bothSides(cursor),
});

export const waitingEntry = v.object({
  contact: id,
  name,
  isNew: v.boolean(),
  country: v.nullable(name),
  language: name,
  service: person,
  kind: contactKind,
  page,
  waitingSince: time,
  dissuadeAt: time,
  /** Requeued contacts come before all others. */
  first: v.boolean(),
});

export const serviceView = v.object({
  id,
  name,
  language: name,
  greeting: v.string(),
  channels: v.object({ chat: v.boolean(), voice: v.boolean(), video: v.boolean() }),
  /** Whether anyone is there to answer now. */
  staffed: v.boolean(),
});

export const agentStatus = v.object({ available: v.boolean(), voice: v.boolean(), video: v.boolean() });

const logBase = { offset, previous: offset, id, at: time };
export const messageEntry = v.object({
  ...logBase,
  kind: v.literal('message'),
  side,
  author: person,
  text: v.string(),
});
export const eventEntry = v.object({
  ...logBase,
  kind: v.literal('event'),
  event: v.picklist([
    'contact.opened',
    'contact.taken',
    'contact.requeued',
    'contact.dissuaded',
    'contact.waiting',
    'contact.ended',
    'chat.closed',
    'call.asked',
    'call.declined',
    'call.missed',
    'call.cancelled',
    'call.started',
    'call.ended',
    'recording.asked',
    'recording.declined',
    'recording.started',
    'recording.stopped',
  ]),
  /** Who did it; null: nobody, time passed. */
  side: v.nullable(side),
  name: v.nullable(name),
  /** Voice or video, where the event is about a call. */
  call: v.nullable(callKind),
  /** Length in seconds, where something ended. */
  seconds: v.nullable(count),
});
export const logEntry = v.variant('kind', [messageEntry, eventEntry]);

/** Answers hello. `contacts` are all live contacts of this side; their log pages follow. */
export const welcome = v.object({
  type: v.literal('welcome'),
  version: count,
  now: time,
  epoch: id,
  you: v.variant('side', [
    v.object({ side: v.literal('visitor'), id, token: v.string(), service: serviceView }),
    v.object({
      side: v.literal('agent'),
      id,
      name,
      status: agentStatus,
      waiting: v.array(waitingEntry),
    }),
  ]),
  contacts: v.array(contactView),
  /** Contacts named in `resume` that this server does not know, or not as this client's. */
  unknown: v.array(id),
});
export const error = v.object({
  type: v.literal('error'),
  code: v.string(),
  message: v.string(),
  ref: v.optional(v.string()),
  contact: v.optional(v.string()),
});
export const pong = v.object({ type: v.literal('pong'), now: time });
export const contactState = v.object({ type: v.literal('contact.state'), contact: contactView });
/** The contact is no longer this agent's. */
export const contactGone = v.object({
  type: v.literal('contact.gone'),
  contact: id,
  reason: v.picklist(['requeued', 'taken']),
});
export const waitingPut = v.object({ type: v.literal('waiting.put'), entry: waitingEntry });
export const waitingGone = v.object({
  type: v.literal('waiting.gone'),
  contact: id,
  reason: v.picklist(['taken', 'dissuaded', 'ended', 'not-eligible']),
  by: v.nullable(name),
});
export const serviceState = v.object({ type: v.literal('service.state'), service: serviceView });
/** A new entry. To the sender of a message this is its acknowledgement: it is on disk. */
export const logAppended = v.object({ type: v.literal('log.appended'), contact: id, entry: logEntry });
/** A part of the log. `recovered: false`: what the client had is void, this page starts anew. */
export const logPage = v.object({
  type: v.literal('log.page'),
  contact: id,
  epoch: id,
  recovered: v.boolean(),
  /** Offset after which this page begins. */
  after: offset,
  head: offset,
  entries: v.array(logEntry),
});
export const typing = v.object({ type: v.literal('typing'), contact: id, side, on: v.boolean() });
/** Begin one attempt at media. `self` and `remote` are broker ids of this attempt alone. */
export const callStart = v.object({
  type: v.literal('call.start'),
  contact: id,
  call: id,
  attempt,
  role: v.picklist(['caller', 'answerer']),
  self: id,
  remote: id,
  ticket: v.string(),
  ice: v.array(
    v.object({
      urls: v.union([v.string(), v.array(v.string())]),
      username: v.optional(v.string()),
      credential: v.optional(v.string()),
    }),
  ),
});
/** The answerer is ready: the caller dials. */
export const callDial = v.object({ type: v.literal('call.dial'), contact: id, call: id, attempt });
export const agentState = v.object({ type: v.literal('agent.state'), status: agentStatus });

export const serverFrame = v.variant('type', [
  welcome,
  error,
  pong,
  contactState,
  contactGone,
  waitingPut,
  waitingGone,
  serviceState,
  logAppended,
  logPage,
  typing,
  callStart,
  callDial,
  agentState,
]);

export type CallView = v.InferOutput<typeof callView>;
export type ContactView = v.InferOutput<typeof contactView>;
export type WaitingEntry = v.InferOutput<typeof waitingEntry>;
export type ServiceView = v.InferOutput<typeof serviceView>;
export type AgentStatus = v.InferOutput<typeof agentStatus>;
export type MessageEntry = v.InferOutput<typeof messageEntry>;
export type EventEntry = v.InferOutput<typeof eventEntry>;
export type LogEntry = v.InferOutput<typeof logEntry>;
export type Welcome = v.InferOutput<typeof welcome>;
export type CallStart = v.InferOutput<typeof callStart>;
export type ServerFrame = v.InferOutput<typeof serverFrame>;
/** A server frame of one type, e.g. `ServerFrameOf<'log.page'>`. */
export type ServerFrameOf<T extends ServerFrame['type']> = Extract<ServerFrame, { type: T }>;
