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
  /** There is more to do than can be done in time; come back later. */
  overloaded: CloseCode.overloaded,
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
  | 'broker.overloaded'
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
const PEER_ID = /^[A-Za-z0-9]+(?:[ _-][A-Za-z0-9]+)*$/;
export const isPeerId = (text: string): boolean => text.length <= MAX_PEER_ID && PEER_ID.test(text);

type RelayedType = 'OFFER' | 'ANSWER' | 'CANDIDATE';

interface Relayed {
  readonly type: RelayedType;
  readonly dst: string;
  readonly payload: object;
}

/** Who sends, and to whom it may. */
export interface Pair {
  readonly peer: string;
  readonly remote: string;
}

/** Reads one frame of a peer. Never throws. */
export function decide(from: Pair, data: unknown): Action {
  if (typeof data !== 'string') return refuse('frame.malformed', 'it is not text');
  if (isOversized(data)) return refuse('frame.oversized', `it is larger than ${MAX_FRAME_BYTES} bytes`);
  try {
    const frame: unknown = JSON.parse(data);
    if (isRelayed(frame, from.remote)) {
      // The one string of the two that was looked up before, and is found at once.
      const dst = frame.dst === from.remote ? from.remote : frame.dst;
      return { type: 'relay', dst, text: under(from.peer, frame, data) };
    }
    const result = v.safeParse(schema, frame, { abortEarly: true });
    return result.success ? { type: 'heartbeat' } : explain(result.issues[0]);
  } catch {
    // Not JSON, or nested deeper than JSON.stringify may follow.
    return refuse('frame.malformed', 'it is not JSON that can be passed on');
  }
}

/** Almost every frame is one of these, so it is looked at by hand; what is not is explained by {@link schema}, which asks the same. */
function isRelayed(frame: unknown, remote: string): frame is Relayed {
  if (typeof frame !== 'object' || frame === null) return false;
  const { type, dst, payload } = frame as Record<keyof Relayed, unknown>;
  return (
    (type === 'CANDIDATE' || type === 'OFFER' || type === 'ANSWER') &&
    typeof dst === 'string' &&
    (dst === remote || isPeerId(dst)) &&
    // A client throws on a payload that is no object and loses one without a connection id, so neither reaches the other side.
    typeof payload === 'object' &&
    payload !== null &&
    typeof (payload as { connectionId?: unknown }).connectionId === 'string'
  );
}

/** The frame as text, with `src` set by us. What a client of PeerJS sends has no `src`: then the text is good as it is. */
function under(src: string, frame: Relayed, text: string): string {
  if (text.startsWith('{"') && hasThreeMembers(frame)) return `{"src":"${src}",${text.slice(1)}`;
  const { type, dst, payload } = frame;
  return JSON.stringify({ type, src, dst, payload });
}

/** Of type, dst and payload it has all, so with three members it has no other. */
function hasThreeMembers(frame: Relayed): boolean {
  let members = 0;
  for (const _ in frame) members++;
  return members === 3;
}

const peerId = v.pipe(v.string(), v.maxLength(MAX_PEER_ID), v.regex(PEER_ID, 'is no peer id'));
const payload = v.looseObject({ connectionId: v.string() });
const schema = v.variant('type', [
  v.object({ type: v.literal('HEARTBEAT') }),
  v.object({ type: v.picklist(['OFFER', 'ANSWER', 'CANDIDATE']), dst: peerId, payload }),
]);

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

/** To whoever has to go, or may not come in, so that the others are served in time. */
export const OVERLOADED: BrokerError = {
  code: 'broker.overloaded',
  message: 'Cannot serve the peer: there is too much to do now, come back later',
};

export const OPEN_FRAME = JSON.stringify({ type: 'OPEN' });

/** Tells `dst` that nobody called `src` took its messages in time. */
export const expireFrame = (src: string, dst: string): string => JSON.stringify({ type: 'EXPIRE', src, dst });

/** PeerJS clients show `msg`; `code` beside it is for programs. */
export const errorFrame = ({ code, message }: BrokerError): string =>
  JSON.stringify({ type: 'ERROR', payload: { msg: message, code } });
