import * as v from 'valibot';
import { MAX_ID, MAX_MESSAGE_TEXT, MAX_NAME, MAX_NOTE, MAX_SHORTCUT, MAX_URL } from './limits.ts';

/** Building blocks of the wire schemas. */

export const id = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]+$/), v.minLength(1), v.maxLength(MAX_ID));
export const name = v.pipe(v.string(), v.maxLength(MAX_NAME));
export const url = v.pipe(v.string(), v.maxLength(MAX_URL));
/** Milliseconds since the epoch, server clock. */
export const time = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
export const offset = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
export const count = offset;
export const side = v.picklist(['visitor', 'agent']);
export const contactKind = v.picklist(['chat', 'voice', 'video', 'callback', 'lead']);
export const callKind = v.picklist(['voice', 'video']);
export const mediaState = v.object({
  microphone: v.boolean(),
  camera: v.boolean(),
  sound: v.boolean(),
  screen: v.boolean(),
});
const permission = v.picklist(['granted', 'prompt', 'denied', 'missing', 'unsupported']);
/** What the browser may do with its devices; see the Permissions API. */
export const permissions = v.object({ microphone: permission, camera: permission });

export const page = v.object({ url, title: v.pipe(v.string(), v.maxLength(300)), referrer: url });
export const device = v.object({ browser: name, system: name, mobile: v.boolean() });
/** What the browser is able to do at all, permissions aside. */
export const abilities = v.object({ voice: v.boolean(), video: v.boolean() });
/** A page the visitor was on, and since when, by the clock of their browser. */
export const visitedPage = v.object({ url, title: v.pipe(v.string(), v.maxLength(300)), at: time });
/** IANA name of a time zone, such as `Europe/Berlin`. */
export const zone = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_+/-]+$/), v.maxLength(64));
export const note = v.pipe(v.string(), v.maxLength(MAX_NOTE));

/** What the visitor filled in to be called back. `wishedAt` null: as soon as possible. `number` as typed, or E.164 once checked. */
export const callbackForm = v.object({
  kind: v.literal('callback'),
  name,
  number: v.pipe(v.string(), v.maxLength(40)),
  wishedAt: v.nullable(time),
  zone,
  text: note,
});
/** What the visitor left for later, with at least one way to answer: a mail address or a number. */
export const leadForm = v.object({
  kind: v.literal('lead'),
  name,
  email: v.pipe(v.string(), v.maxLength(254)),
  number: v.pipe(v.string(), v.maxLength(40)),
  text: v.pipe(v.string(), v.maxLength(MAX_MESSAGE_TEXT)),
});
export const form = v.variant('kind', [callbackForm, leadForm]);

export const colour = v.picklist(['red', 'orange', 'yellow', 'green', 'blue', 'purple', 'grey']);
export const agentState = v.picklist(['available', 'away', 'offline']);
/** Why an agent is not available, in the words of the configuration. */
export const awayReason = v.nullable(v.pipe(v.string(), v.maxLength(60)));
/** A text kept ready. Variables: `{visitor}`, `{agent}`, `{page}`. */
export const cannedResponse = v.object({
  id,
  shortcut: v.pipe(v.string(), v.regex(/^[\p{L}\p{N}_-]+$/u), v.maxLength(MAX_SHORTCUT)),
  text: v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_MESSAGE_TEXT)),
});
/** One of the configuration, for the contacts of its service. */
export const sharedResponse = v.object({ ...cannedResponse.entries, service: id });
/** Files that may be sent, `types` as in the `accept` of an input; `maxBytes` 0: none. */
export const fileLimits = v.object({ maxBytes: count, types: v.array(v.string()) });
/** Whom a contact is transferred to. */
export const transferTarget = v.object({ kind: v.picklist(['agent', 'service']), id });

/** A place in the log of one contact, as last seen. */
export const position = v.object({ contact: id, epoch: id, offset });

export type Page = v.InferOutput<typeof page>;
export type Device = v.InferOutput<typeof device>;
export type Abilities = v.InferOutput<typeof abilities>;
export type Position = v.InferOutput<typeof position>;
export type Permissions = v.InferOutput<typeof permissions>;
export type VisitedPage = v.InferOutput<typeof visitedPage>;
export type CallbackForm = v.InferOutput<typeof callbackForm>;
export type LeadForm = v.InferOutput<typeof leadForm>;
export type Form = v.InferOutput<typeof form>;
export type Colour = v.InferOutput<typeof colour>;
export type CannedResponse = v.InferOutput<typeof cannedResponse>;
export type SharedResponse = v.InferOutput<typeof sharedResponse>;
