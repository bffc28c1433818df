import * as v from 'valibot';
import { type ClientFrame, clientFrame, type Hello, hello } from './client-frames.ts';
import type { ErrorCode } from './codes.ts';
import { MAX_FRAME_BYTES, MAX_ID } from './limits.ts';
import { type ServerFrame, serverFrame } from './server-frames.ts';

export type Decoded<T> =
  | { readonly ok: true; readonly frame: T }
  | {
      readonly ok: false;
      readonly code: ErrorCode;
      readonly message: string;
      /** The sender's `ref`, when the frame was whole enough to have one. */
      readonly ref: string | undefined;
    };

type ClientFrameSchema = (typeof clientFrame.options)[number];
/** The schema of each type of frame: a variant tries one after the other. */
const byType = new Map<unknown, ClientFrameSchema>(
  clientFrame.options.map((schema) => [schema.entries.type.literal, schema]),
);

/** Decodes any frame after hello, as the server receives it: at most `MAX_FRAME_BYTES`. Never throws. */
export const decodeClientFrame = (data: unknown): Decoded<ClientFrame> =>
  oversized(data) ??
  decode<ClientFrameSchema | typeof clientFrame>(({ type }) => byType.get(type) ?? clientFrame, data);
/** Decodes the first frame of a socket: at most `MAX_FRAME_BYTES`. Never throws. */
export const decodeHello = (data: unknown): Decoded<Hello> => oversized(data) ?? decode(() => hello, data);
/**
 * Decodes a frame as a client receives it. Never throws. Of any size: a welcome tells everything that is an agent's, and
 * whoever refused it would connect again for ever.
 */
export const decodeServerFrame = (data: unknown): Decoded<ServerFrame> => decode(() => serverFrame, data);

function decode<S extends v.GenericSchema>(
  schemaOf: (frame: Record<string, unknown>) => S,
  data: unknown,
): Decoded<v.InferOutput<S>> {
  if (typeof data !== 'string') return refuse('frame.malformed', 'it is not text');
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    return refuse('frame.malformed', 'it is not JSON');
  }
  if (!isRecord(value)) return refuse('frame.malformed', 'it is not an object');
  const result = v.safeParse(schemaOf(value), value, { abortEarly: true });
  if (result.success) return { ok: true, frame: result.output };
  const issue = result.issues[0];
  const path = v.getDotPath(issue) ?? '';
  const ref = typeof value.ref === 'string' ? value.ref.slice(0, MAX_ID) : undefined;
  if (issue.type === 'variant' && path === 'type')
    return refuse('frame.unknown', 'no frame has this type', ref);
  return refuse('frame.malformed', path ? `${path}: ${issue.message}` : issue.message, ref);
}

/** The refusal of what is too large, or null. */
function oversized(data: unknown): Decoded<never> | null {
  if (typeof data !== 'string') return null;
  // A UTF-16 code unit is at least one byte of UTF-8, at most three: count bytes only where the length leaves doubt.
  const fits =
    data.length <= MAX_FRAME_BYTES &&
    (data.length <= MAX_FRAME_BYTES / 3 || byteLength(data) <= MAX_FRAME_BYTES);
  return fits ? null : refuse('frame.oversized', `it is larger than ${MAX_FRAME_BYTES} bytes`);
}

const refuse = (code: ErrorCode, reason: string, ref?: string): Decoded<never> => ({
  ok: false,
  code,
  message: `Cannot read the frame: ${reason}.`,
  ref,
});

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function byteLength(text: string): number {
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    bytes += unit < 0x80 ? 1 : unit < 0x800 ? 2 : unit >= 0xd800 && unit <= 0xdfff ? 2 : 3;
  }
  return bytes;
}
