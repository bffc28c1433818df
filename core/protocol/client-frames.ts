import * as v from 'valibot';
import { MAX_ID, MAX_MESSAGE_TEXT, MAX_RESUME, MAX_TOKEN, MAX_TRAIL } from './limits.ts';
import {
  abilities,
  agentState,
  awayReason,
  callKind,
  cannedResponse,
  colour,
  contactKind,
  count,
  device,
  form,
  id,
  mediaState,
  note,
  offset,
  page,
  permissions,
  position,
  transferTarget,
  url,
  visitedPage,
  zone,
} from './schemas.ts';

/** Frames a client sends. Every frame may carry `ref`, which comes back on the `error` that answers it. */
const ref = v.optional(v.pipe(v.string(), v.maxLength(MAX_ID)));
const token = v.pipe(v.string(), v.maxLength(MAX_TOKEN));
const client = id;
const version = count;
const call = id;
const contact = id;
const attempt = count;
/** Whether this page load was welcomed before, and has only lost its socket. */
const again = v.optional(v.boolean());
const resume = v.optional(v.pipe(v.array(position), v.maxLength(MAX_RESUME)));

/** First frame of a visitor. `token` is the one a former `welcome` gave; `client` names this page load. */
export const visitorHello = v.object({
  type: v.literal('hello'),
  side: v.literal('visitor'),
  version,
  client,
  service: id,
  token: v.optional(token),
  language: v.pipe(v.string(), v.maxLength(35)),
  page,
  device,
  abilities,
  /** Of the visitor's browser; the country may follow from it. */
  zone: v.optional(zone),
  /** Pages of this visit, oldest first. One that is not well-formed counts for nothing: the page keeps it where all its code can write. */
  trail: v.optional(v.fallback(v.pipe(v.array(visitedPage), v.maxLength(MAX_TRAIL)), [])),
  again,
  resume,
});

/** First frame of an agent. `token` is the JWT of the host application. */
export const agentHello = v.object({
  type: v.literal('hello'),
  side: v.literal('agent'),
  version,
  client,
  token,
  abilities,
  again,
  resume,
});

export const hello = v.variant('side', [visitorHello, agentHello]);

/**
 * `contact` is made by the visitor's client, so that opening twice opens once. Kinds `callback` and `lead` come with their
 * form. `agent`: the page addresses this agent. `invitation`: the one the visitor accepted.
 */
export const contactOpen = v.object({
  type: v.literal('contact.open'),
  contact,
  service: id,
  kind: contactKind,
  form: v.optional(form),
  agent: v.optional(id),
  invitation: v.optional(id),
  ref,
});
/** A visitor nobody answered yet leaves a number or a message instead of waiting on. */
export const contactConvert = v.object({ type: v.literal('contact.convert'), contact, form, ref });
/** After the end: how it was, 1 (poor) to 5 (very good). */
export const contactRate = v.object({
  type: v.literal('contact.rate'),
  contact,
  score: v.picklist([1, 2, 3, 4, 5]),
  comment: note,
  ref,
});
/** The agent marks the contact with a colour, or with none. */
export const contactColour = v.object({
  type: v.literal('contact.colour'),
  contact,
  colour: v.nullable(colour),
  ref,
});
/** Without `contact`: the one whose turn it is. Taking a contact that is being transferred accepts the transfer. */
export const contactTake = v.object({ type: v.literal('contact.take'), contact: v.optional(contact), ref });
/** A dissuaded visitor queues up again. */
export const contactWait = v.object({ type: v.literal('contact.wait'), contact, ref });
export const contactEnd = v.object({ type: v.literal('contact.end'), contact, ref });

export const messageSend = v.object({
  type: v.literal('message.send'),
  contact,
  id,
  text: v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_MESSAGE_TEXT)),
  ref,
});
export const logRead = v.object({ type: v.literal('log.read'), contact, after: offset, ref });
/** How far this side has received and seen the log. Cursors never move back. */
export const cursorMove = v.object({
  type: v.literal('cursor.move'),
  contact,
  delivered: offset,
  read: offset,
  ref,
});
/** `text`: what is in the field so far; only where the service says so, and the visitor was told. */
export const typingSet = v.object({
  type: v.literal('typing.set'),
  contact,
  on: v.boolean(),
  text: v.optional(v.pipe(v.string(), v.maxLength(MAX_MESSAGE_TEXT))),
  ref,
});
/** A note between agents. Visitors never get it. */
export const noteAdd = v.object({
  type: v.literal('note.add'),
  contact,
  id,
  text: v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_MESSAGE_TEXT)),
  ref,
});
/** The agent shows the visitor a page, http or https. */
export const linkPush = v.object({ type: v.literal('link.push'), contact, url, ref });
/** Whether the agent may take the visitor's page along. */
export const linkConsent = v.object({ type: v.literal('link.consent'), contact, allow: v.boolean(), ref });

/** The visitor's page changed its address without a load. */
export const pageSet = v.object({ type: v.literal('page.set'), page, ref });
/** The visitor's page is being left. */
export const pageLeave = v.object({ type: v.literal('page.leave'), ref });
/** The visitor did nothing for as long as the service says, or does something again. */
export const idleSet = v.object({ type: v.literal('idle.set'), on: v.boolean(), ref });
/** What the visitor's browser may do with its devices, at first and whenever it changes. */
export const permissionsSet = v.object({ type: v.literal('permissions.set'), permissions, ref });
/** What this side's browser turned out to be able to do; see `abilities` of the hello. */
export const abilitiesSet = v.object({ type: v.literal('abilities.set'), abilities, ref });
/** Asks for what is known of the visitor of a contact; `visitor.card` answers. */
export const cardRead = v.object({ type: v.literal('card.read'), contact, ref });

/** Asks to whom a contact could go; `transfer.targets` answers. */
export const transferRead = v.object({ type: v.literal('transfer.read'), contact, ref });
export const transferOffer = v.object({
  type: v.literal('transfer.offer'),
  contact,
  to: transferTarget,
  note,
  ref,
});
/** The agent it was offered to does not want it. */
export const transferDecline = v.object({ type: v.literal('transfer.decline'), contact, ref });
/** The agent who offered it keeps it after all. */
export const transferWithdraw = v.object({ type: v.literal('transfer.withdraw'), contact, ref });

/** Adds a canned response of the agent's own, or changes the one with this id. */
export const responsePut = v.object({ type: v.literal('response.put'), response: cannedResponse, ref });
export const responseDelete = v.object({ type: v.literal('response.delete'), id, ref });

export const channelRequest = v.object({
  type: v.literal('channel.request'),
  contact,
  channel: callKind,
  ref,
});
export const channelDrop = v.object({
  type: v.literal('channel.drop'),
  contact,
  channel: v.picklist(['chat', 'voice', 'video']),
  ref,
});
export const callAnswer = v.object({
  type: v.literal('call.answer'),
  contact,
  call,
  answer: v.picklist(['video', 'voice', 'decline']),
  ref,
});
export const callReady = v.object({ type: v.literal('call.ready'), contact, call, attempt, ref });
export const callConnected = v.object({ type: v.literal('call.connected'), contact, call, attempt, ref });
export const callLost = v.object({ type: v.literal('call.lost'), contact, call, attempt, ref });
export const callMedia = v.object({ type: v.literal('call.media'), contact, call, media: mediaState, ref });

export const recordingRequest = v.object({ type: v.literal('recording.request'), contact, ref });
export const recordingAnswer = v.object({
  type: v.literal('recording.answer'),
  contact,
  allow: v.boolean(),
  ref,
});
export const recordingStop = v.object({ type: v.literal('recording.stop'), contact, ref });

export const agentSet = v.object({
  type: v.literal('agent.set'),
  state: agentState,
  reason: awayReason,
  voice: v.boolean(),
  video: v.boolean(),
  ref,
});
export const ping = v.object({ type: v.literal('ping'), ref });

export const clientFrame = v.variant('type', [
  contactOpen,
  contactConvert,
  contactTake,
  contactWait,
  contactEnd,
  contactRate,
  contactColour,
  messageSend,
  logRead,
  cursorMove,
  typingSet,
  noteAdd,
  linkPush,
  linkConsent,
  pageSet,
  pageLeave,
  idleSet,
  permissionsSet,
  abilitiesSet,
  cardRead,
  transferRead,
  transferOffer,
  transferDecline,
  transferWithdraw,
  responsePut,
  responseDelete,
  channelRequest,
  channelDrop,
  callAnswer,
  callReady,
  callConnected,
  callLost,
  callMedia,
  recordingRequest,
  recordingAnswer,
  recordingStop,
  agentSet,
  ping,
]);

export type VisitorHello = v.InferOutput<typeof visitorHello>;
export type AgentHello = v.InferOutput<typeof agentHello>;
export type Hello = v.InferOutput<typeof hello>;
export type ClientFrame = v.InferOutput<typeof clientFrame>;
