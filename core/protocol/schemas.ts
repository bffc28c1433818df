import * as v from 'valibot';
import { MAX_ID, MAX_NAME, MAX_URL } from './limits.ts';

/** Building blocks of the wire schemas. */

export const id = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]+$/), v.minLength(1), v.maxLength(MAX_ID));
export const name = v.pipe(v.string(), v.maxLength(MAX_NAME));
export const url = v.pipe(v.string(), v.maxLength(MAX_URL));
/** Milliseconds since the epoch, server clock. */
export const time = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
export const offset = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
export const count = offset;
export const side = v.picklist(['visitor', 'agent']);
export const contactKind = v.picklist(['chat', 'voice', 'video']);
export const callKind = v.picklist(['voice', 'video']);
export const mediaState = v.object({ microphone: v.boolean(), camera: v.boolean(), sound: v.boolean() });

export const page = v.object({ url, title: v.pipe(v.string(), v.maxLength(300)), referrer: url });
export const device = v.object({ browser: name, system: name, mobile: v.boolean() });
/** What the browser is able to do at all, permissions aside. */
export const abilities = v.object({ voice: v.boolean(), video: v.boolean() });
/** A place in the log of one contact, as last seen. */
export const position = v.object({ contact: id, epoch: id, offset });

export type Page = v.InferOutput<typeof page>;
export type Device = v.InferOutput<typeof device>;
export type Abilities = v.InferOutput<typeof abilities>;
export type Position = v.InferOutput<typeof position>;
