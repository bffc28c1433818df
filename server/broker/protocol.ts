import * as v from 'valibot';
import { CloseCode } from '../../core/protocol/codes.ts';
import { MAX_FRAME_BYTES } from '../../core/protocol/limits.ts';

/** Why the broker closes a socket. PeerJS clients ignore the code; it is for other clients and for people. */
export const BrokerClose = {
  restart: CloseCode.restart,
  failed: 1011,
  badTicket: CloseCode.badToken,
  expiredTicket: CloseCode.expiredToken,
  foreignTicket: CloseCode.foreignToken,
  silent: 4408,
  /** The same peer came back on a new socket. */
  replaced: 4409,
  flood: CloseCode.flood,
} as const;

export type BrokerErrorCode =
  | 'ticket.missing'
  | 'ticket.invalid'
  | 'ticket.expired'
  | 'ticket.foreign'
  | 'frame.malformed'
  | 'frame.oversized'
  | 'frame.unknown'
  | 'frame.too-frequent'
  | 'broker.failed';

export interface BrokerError {
  readonly code: BrokerErrorCode;
  readonly message: string;
}

/** What one received frame asks for. `text` is ready to send, its `src` already set by us. */
export type Action =
  | { readonly type: 'heartbeat' }
  | { readonly type: 'relay'; readonly dst: string; readonly text: string }
  | { readonly type: 'refuse'; readonly error: BrokerError };

const MAX_PEER_ID = 64;
/** Ids as PeerJS clients accept them. */
const peerId = v.pipe(
  v.string(),
  v.maxLength(MAX_PEER_ID),
  v.regex(/^[A-Za-z0-9]+(?:[ _-][A-Za-z0-9]+)*$/, 'is no peer id'),
);

// A client throws on a payload that is no object and loses one without a connection id, so neither reaches the other side.
const payload = v.looseObject({ connectionId: v.string() });
const frame = v.variant('type', [
  v.object({ type: v.literal('HEARTBEAT') }),
  v.object({ type: v.picklist(['OFFER', 'ANSWER', 'CANDIDATE']), dst: peerId, payload }),
]);

/** Reads one frame of peer `src`. Never throws. */
export function decide(src: string, data: unknown): Action {
  if (typeof data !== 'string') return refuse('frame.malformed', 'it is not text');
  if (isOversized(data)) return refuse('frame.oversized', `it is larger than ${MAX_FRAME_BYTES} bytes`);
  try {
    const result = v.safeParse(frame, JSON.parse(data), { abortEarly: true });
    if (!result.success) return explain(result.issues[0]);
    if (result.output.type === 'HEARTBEAT') return { type: 'heartbeat' };
    const { type, dst, payload } = result.output;
    return { type: 'relay', dst, text: JSON.stringify({ type, src, dst, payload }) };
  } catch {
    // Not JSON, or nested deeper than JSON.stringify may follow.
    return refuse('frame.malformed', 'it is not JSON that can be passed on');
  }
}

function explain(issue: v.BaseIssue<unknown>): Action {
  const path = v.getDotPath(issue);
  if (path === 'type') return refuse('frame.unknown', 'only OFFER, ANSWER, CANDIDATE and HEARTBEAT are');
  return refuse('frame.malformed', path === null ? 'it is no object' : `${path}: ${issue.message}`);
}

const refuse = (code: BrokerErrorCode, reason: string): Action => ({
  type: 'refuse',
  error: { code, message: `Cannot accept the frame: ${reason}` },
});

// A UTF-16 unit is one to three bytes of UTF-8: bytes are counted only where the length leaves doubt.
const isOversized = (text: string): boolean =>
  text.length > MAX_FRAME_BYTES ||
  (text.length * 3 > MAX_FRAME_BYTES && new TextEncoder().encode(text).length > MAX_FRAME_BYTES);

export const OPEN_FRAME = JSON.stringify({ type: 'OPEN' });

/** Tells `dst` that nobody called `src` took its messages in time. */
export const expireFrame = (src: string, dst: string): string => JSON.stringify({ type: 'EXPIRE', src, dst });

/** PeerJS clients show `msg`; `code` beside it is for programs. */
export const errorFrame = ({ code, message }: BrokerError): string =>
  JSON.stringify({ type: 'ERROR', payload: { msg: message, code } });
