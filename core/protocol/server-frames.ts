import * as v from 'valibot';
import {
  agentState as agentStateName,
  awayReason,
  callKind,
  cannedResponse,
  colour,
  contactKind,
  count,
  device,
  fileLimits,
  form,
  id,
  mediaState,
  name,
  note,
  offset,
  page,
  permissions,
  sharedResponse,
  side,
  time,
  url,
  visitedPage,
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
  /** Who answers it now: a transfer may have changed that. */
  service: person,
  /** The service of the page it was opened on. */
  entry: id,
  kind: contactKind,
  /** What the visitor filled in, for a callback or a lead. */
  form: v.nullable(form),
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
  /** The assigned agent and whether visitors may ask them for a call. `picture` is an address. */
  agent: v.nullable(v.object({ id, name, picture: v.nullable(url), voice: v.boolean(), video: v.boolean() })),
  /** Since when a side has no connection; null while it has one. */
  away: bothSides(v.nullable(time)),
  /** Since when the visitor is between two pages. */
  moving: v.nullable(time),
  /** Since when the visitor did nothing. */
  idle: v.nullable(time),
  /** The visitor lets the agent take their page along. */
  follows: v.boolean(),
  rating: v.nullable(v.object({ score: count, comment: note })),
  /** What only agents see; null for the visitor. */
  desk: v.nullable(
    v.object({
      colour: v.nullable(colour),
      /** What the visitor's browser may do with its devices; null: it has not said. */
      permissions: v.nullable(permissions),
      /** Offered to somebody else, who has not answered. `to` names them. */
      transfer: v.nullable(v.object({ to: name, kind: v.picklist(['agent', 'service']), note, until: time })),
    }),
  ),
  channels: v.object({ sharing: channelState, chat: channelState, voice: channelState, video: channelState }),
  call: v.nullable(callView),
  recording: v.picklist(['off', 'ask', 'always']),
  /** Ceiling of what each side sends. */
  bitrate: v.picklist(['low', 'high', 'free']),
  /** Corner in which the own picture begins. */
  selfView: v.picklist(['left', 'right']),
  files: fileLimits,
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
  /** For a callback the wished time, which may lie ahead: then its turn has not come. */
  waitingSince: time,
  /** When it is given up; null: never. */
  dissuadeAt: v.nullable(time),
  /** Requeued contacts come before all others. */
  first: v.boolean(),
  /** Addressed to this agent, or nobody else who could take it is free. */
  star: v.boolean(),
  colour: v.nullable(colour),
  /** A colleague hands it over. `direct`: to this agent alone, who may decline. */
  transfer: v.nullable(v.object({ from: name, note, direct: v.boolean() })),
});

export const serviceView = v.object({
  id,
  name,
  language: name,
  greeting: v.string(),
  channels: v.object({ chat: v.boolean(), voice: v.boolean(), video: v.boolean() }),
  /** Ways to begin that are open now, in the order of the service. */
  offers: v.array(contactKind),
  /** What a visitor nobody answered may leave instead. */
  fallbacks: v.array(v.picklist(['callback', 'lead'])),
  /** Whether anyone is there to answer now. */
  staffed: v.boolean(),
  /** Business hours of the next days as spans of time, `open` whether now is one of them; null: always open. */
  hours: v.nullable(v.object({ open: v.boolean(), spans: v.array(v.object({ from: time, to: time })) })),
  /** Agents see what the visitor types before it is sent. */
  typingPreview: v.boolean(),
  files: fileLimits,
  /** Seconds after which a visitor who does nothing counts as idle. */
  idleSeconds: count,
});

export const agentStatus = v.object({
  state: agentStateName,
  reason: awayReason,
  voice: v.boolean(),
  video: v.boolean(),
});

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
    'contact.converted',
    'contact.rated',
    'contact.transferred',
    'transfer.offered',
    'transfer.declined',
    'transfer.withdrawn',
    'transfer.expired',
    'link.pushed',
    'link.allowed',
    'link.refused',
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
  /** What it is about: a link, the comment to a rating, whom a transfer goes to, the new kind. */
  text: v.nullable(v.string()),
  /** The score of a rating. */
  score: v.nullable(count),
});
/** A picture, a document or (`recording`, for agents alone) a recorded call. Its bytes are at `/api/files/FILE/NAME`. */
export const fileEntry = v.object({
  ...logBase,
  kind: v.literal('file'),
  side,
  author: person,
  file: id,
  name: v.pipe(v.string(), v.maxLength(255)),
  /** Media type, and bytes. */
  mime: name,
  size: count,
  /** Pixels, of a picture. */
  width: v.nullable(count),
  height: v.nullable(count),
  recording: v.optional(v.boolean()),
});
/** A note between agents. */
export const noteEntry = v.object({ ...logBase, kind: v.literal('note'), author: person, text: v.string() });
/** Stands where a visitor must not read, so that the log has no gap. */
export const hiddenEntry = v.object({ ...logBase, kind: v.literal('hidden') });
export const logEntry = v.variant('kind', [messageEntry, eventEntry, fileEntry, noteEntry, hiddenEntry]);

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
      /** What an agent who is away may give as the reason. */
      reasons: v.array(v.string()),
      waiting: v.array(waitingEntry),
      responses: v.object({ shared: v.array(sharedResponse), own: v.array(cannedResponse) }),
      /** Contacts they may have at once. */
      limit: count,
      /** Whether this agent may read the reports. */
      reports: v.boolean(),
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
  /** The field of a form that was refused. */
  field: v.optional(v.string()),
});
export const pong = v.object({ type: v.literal('pong'), now: time });
export const contactState = v.object({ type: v.literal('contact.state'), contact: contactView });
/** The contact is no longer this agent's. */
export const contactGone = v.object({
  type: v.literal('contact.gone'),
  contact: id,
  reason: v.picklist(['requeued', 'taken', 'transferred']),
});
export const waitingPut = v.object({ type: v.literal('waiting.put'), entry: waitingEntry });
export const waitingGone = v.object({
  type: v.literal('waiting.gone'),
  contact: id,
  /** `not-offered`: this agent is not available for it now. */
  reason: v.picklist(['taken', 'dissuaded', 'ended', 'converted', 'not-offered']),
  by: v.nullable(name),
});
/** Where the visitor stands. `position` from 1; `expected` further wait in seconds, null: nobody can tell. */
export const queueState = v.object({
  type: v.literal('queue.state'),
  contact: id,
  position: count,
  expected: v.nullable(count),
});
/** What is known of a visitor. Sent when asked for, and when it changes while the contact is assigned. */
export const visitorCard = v.object({
  type: v.literal('visitor.card'),
  contact: id,
  firstSeen: time,
  /** Oldest first. */
  trail: v.array(visitedPage),
  /** Former contacts, newest first. */
  earlier: v.array(
    v.object({
      contact: id,
      service: person,
      kind: contactKind,
      openedAt: time,
      endedAt: v.nullable(time),
      agent: v.nullable(name),
      score: v.nullable(count),
    }),
  ),
});
export const transferTargets = v.object({
  type: v.literal('transfer.targets'),
  contact: id,
  agents: v.array(v.object({ id, name, state: agentStateName, free: count })),
  services: v.array(v.object({ id, name, staffed: v.boolean() })),
});
/** The canned responses of the agent's own, after a change. */
export const responsesState = v.object({ type: v.literal('responses.state'), own: v.array(cannedResponse) });
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
/** `text`: what the visitor has typed so far, where the service shows that to agents. */
export const typing = v.object({
  type: v.literal('typing'),
  contact: id,
  side,
  on: v.boolean(),
  text: v.optional(v.string()),
});
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
  queueState,
  visitorCard,
  transferTargets,
  responsesState,
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
export type FileEntry = v.InferOutput<typeof fileEntry>;
export type NoteEntry = v.InferOutput<typeof noteEntry>;
export type LogEntry = v.InferOutput<typeof logEntry>;
export type Welcome = v.InferOutput<typeof welcome>;
export type CallStart = v.InferOutput<typeof callStart>;
export type ServerFrame = v.InferOutput<typeof serverFrame>;
/** A server frame of one type, e.g. `ServerFrameOf<'log.page'>`. */
export type ServerFrameOf<T extends ServerFrame['type']> = Extract<ServerFrame, { type: T }>;
