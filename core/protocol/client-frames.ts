import * as v from 'valibot';
import { MAX_ID, MAX_MESSAGE_TEXT, MAX_RESUME, MAX_TOKEN } from './limits.ts';
import {
  abilities,
  callKind,
  contactKind,
  count,
  device,
  id,
  mediaState,
  offset,
  page,
  position,
} from './schemas.ts';

/** Frames a client sends. Every frame may carry `ref`, which comes back on the `error` that answers it. */
const ref = v.optional(v.pipe(v.string(), v.maxLength(MAX_ID)));
const token = v.pipe(v.string(), v.maxLength(MAX_TOKEN));
const client = id;
const version = count;
const call = id;
const contact = id;
const attempt = count;
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
  resume,
});

export const hello = v.variant('side', [visitorHello, agentHello]);

/** `contact` is made by the visitor's client, so that opening twice opens once. */
export const contactOpen = v.object({
  type: v.literal('contact.open'),
  contact,
  service: id,
  kind: contactKind,
  ref,
});
/** Without `contact`: the one that waited longest. */
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
export const typingSet = v.object({ type: v.literal('typing.set'), contact, on: v.boolean(), ref });

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
  available: v.boolean(),
  voice: v.boolean(),
  video: v.boolean(),
  ref,
});
export const ping = v.object({ type: v.literal('ping'), ref });

export const clientFrame = v.variant('type', [
  contactOpen,
  contactTake,
  contactWait,
  contactEnd,
  messageSend,
  logRead,
  cursorMove,
  typingSet,
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
