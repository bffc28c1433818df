import type { ErrorCode } from '../protocol/codes.ts';
import type { BothSides, CallKind, EventName, MediaState, RecordingPolicy, Side } from './model.ts';
import { otherSide, secondsBetween } from './model.ts';

/**
 * The media part of a contact: asked, answered, connected in one or more attempts, dropped.
 *
 *     null ─ ask ─▶ asking ─ answer ─▶ connecting ─ connected ×2 ─▶ active
 *       ▲              │                   ▲   │                       │
 *       └─ decline, drop, time-out, drop ──┼───┴── drop ◀──────────────┤
 *                                          └────────── lost, moved ────┘
 */
export interface Call {
  readonly id: string;
  readonly kind: CallKind;
  readonly askedBy: Side;
  readonly status: 'asking' | 'connecting' | 'active';
  readonly ringUntil: number;
  /** A side that wants a picture in a running voice call, until when it rings. */
  readonly upgrade: { readonly by: Side; readonly until: number } | null;
  /** Counts the attempts at media, from 1. What belongs to an older attempt is void. */
  readonly attempt: number;
  /** The page load of each side that holds the media. */
  readonly clients: BothSides<string | null>;
  readonly connected: BothSides<boolean>;
  readonly media: BothSides<MediaState>;
  readonly activeSince: number | null;
  readonly recording: { readonly status: 'asking' | 'on'; readonly since: number } | null;
  /** When a side whose page load is gone loses the call; null while both are there. */
  readonly abandonAt: BothSides<number | null>;
}

const HEARD: MediaState = { microphone: true, camera: false, sound: true, screen: false };

/** A page load that vanished may come back within this time before the call is over. */
export const CALL_ABANDON = 15_000;

export type CallEvent =
  | { type: 'ask'; by: Side; client: string; kind: CallKind; id: string; at: number; ring: number }
  | { type: 'answer'; by: Side; client: string; call: string; answer: CallKind | 'decline'; at: number }
  | { type: 'connected'; by: Side; client: string; call: string; attempt: number; at: number }
  | { type: 'lost'; by: Side; client: string; call: string; attempt: number }
  | { type: 'media'; by: Side; client: string; call: string; media: MediaState }
  | { type: 'drop'; by: Side | null; at: number }
  /** The side that asked for a picture in a running voice call no longer wants it. */
  | { type: 'withdraw'; by: Side }
  | { type: 'record'; by: Side; policy: RecordingPolicy; at: number }
  | { type: 'record-answer'; by: Side; allow: boolean; at: number }
  | { type: 'record-stop'; by: Side; at: number }
  | { type: 'client-gone'; side: Side; client: string; at: number }
  | { type: 'client-back'; side: Side; client: string }
  /** Another agent takes the agent's place. */
  | { type: 'hand-over'; client: string; at: number }
  | { type: 'tick'; at: number };

export type CallEffect =
  | { type: 'log'; event: EventName; side: Side | null; call: CallKind | null; seconds: number | null }
  /** Make tickets for this attempt and tell the clients to start it; telling one again does nothing. */
  | { type: 'start-attempt' };

export type CallStep =
  | { readonly ok: true; readonly call: Call | null; readonly effects: readonly CallEffect[] }
  | { readonly ok: false; readonly code: ErrorCode; readonly reason: string };

const START: CallEffect = { type: 'start-attempt' };
const to = (call: Call | null, ...effects: CallEffect[]): CallStep => ({ ok: true, call, effects });
const refuse = (code: ErrorCode, reason: string): CallStep => ({ ok: false, code, reason });
const log = (
  event: EventName,
  side: Side | null,
  call: CallKind | null = null,
  seconds: number | null = null,
): CallEffect => ({ type: 'log', event, side, call, seconds });
const withSide = <T>(both: BothSides<T>, side: Side, value: T): BothSides<T> => ({ ...both, [side]: value });

/** One step of the call machine. Pure: time and ids come with the event. */
export function stepCall(call: Call | null, event: CallEvent): CallStep {
  switch (event.type) {
    case 'ask':
      return ask(call, event);
    case 'drop':
      return call ? drop(call, event.by, event.at) : refuse('call.unknown', 'there is no call');
    case 'withdraw':
      if (call?.upgrade?.by !== event.by) return refuse('frame.out-of-state', 'no picture was asked for');
      return to({ ...call, upgrade: null }, log('call.cancelled', event.by, 'video'));
    case 'client-gone':
      return to(call && call.clients[event.side] === event.client ? gone(call, event.side, event.at) : call);
    case 'client-back':
      return back(call, event.side, event.client);
    case 'hand-over':
      return call ? handOver(call, event) : to(call);
    case 'tick':
      return tick(call, event.at);
    case 'record':
    case 'record-answer':
    case 'record-stop':
      return call ? record(call, event) : refuse('recording.out-of-state', 'there is no call');
    case 'answer':
    case 'connected':
    case 'lost':
    case 'media':
      if (!call || call.id !== event.call) return refuse('call.unknown', 'this call is over');
      if (event.type === 'answer') return answer(call, event);
      if (call.clients[event.by] !== event.client) return refuse('call.not-yours', 'another window holds it');
      if (event.type === 'connected') return connected(call, event);
      if (event.type === 'lost') return lost(call, event.attempt);
      return media(call, event.by, event.media);
  }
}

/** A call that begins answered: the agent took a contact that was entered as a call. */
export function answeredCall(
  id: string,
  kind: CallKind,
  clients: BothSides<string | null>,
  at: number,
): Call {
  return {
    ...asking(id, kind, 'visitor', clients, at),
    status: 'connecting',
    // The visitor sees the agent at once; their own camera waits for their own click.
    media: { visitor: HEARD, agent: { ...HEARD, camera: kind === 'video' } },
  };
}

/** The earliest time at which a `tick` changes something; null: never. */
export function callDeadline(call: Call | null): number | null {
  if (!call) return null;
  const times = [
    call.status === 'asking' ? call.ringUntil : null,
    call.upgrade?.until ?? null,
    call.abandonAt.visitor,
    call.abandonAt.agent,
  ].filter((time) => time !== null);
  return times.length ? Math.min(...times) : null;
}

function asking(
  id: string,
  kind: CallKind,
  by: Side,
  clients: BothSides<string | null>,
  ringUntil: number,
): Call {
  const mediaOf = (side: Side): MediaState => ({ ...HEARD, camera: kind === 'video' && side === by });
  return {
    id,
    kind,
    askedBy: by,
    status: 'asking',
    ringUntil,
    upgrade: null,
    attempt: 1,
    clients,
    connected: { visitor: false, agent: false },
    media: { visitor: mediaOf('visitor'), agent: mediaOf('agent') },
    activeSince: null,
    recording: null,
    abandonAt: { visitor: null, agent: null },
  };
}

function ask(call: Call | null, event: Extract<CallEvent, { type: 'ask' }>): CallStep {
  const { by, client, kind, id, at, ring } = event;
  if (!call) {
    const clients = withSide({ visitor: null, agent: null }, by, client);
    // Whoever asks waits at the broker while it rings, so that an answer finds the way prepared.
    return to(asking(id, kind, by, clients, at + ring), log('call.asked', by, kind), START);
  }
  // Both asked at once: each has said yes to the other, so this is the answer.
  if (call.status === 'asking' && call.askedBy !== by)
    return answer(call, { type: 'answer', by, client, call: call.id, answer: kind, at });
  if (call.status === 'active' && call.kind === 'voice' && kind === 'video') {
    if (call.clients[by] !== client) return refuse('call.not-yours', 'another window holds it');
    if (call.upgrade?.by === otherSide(by)) return to({ ...call, kind: 'video', upgrade: null });
    if (!call.upgrade)
      return to({ ...call, upgrade: { by, until: at + ring } }, log('call.asked', by, 'video'));
  }
  return refuse('call.busy', 'a call is under way');
}

function answer(call: Call, event: Extract<CallEvent, { type: 'answer' }>): CallStep {
  const { by, client } = event;
  if (call.upgrade) {
    if (call.upgrade.by === by) return refuse('frame.out-of-state', 'the other side is asked');
    if (call.clients[by] !== client) return refuse('call.not-yours', 'another window holds it');
    const kind = event.answer === 'decline' ? 'voice' : 'video';
    const done = { ...call, kind, upgrade: null } as const;
    return event.answer === 'decline' ? to(done, log('call.declined', by, 'video')) : to(done);
  }
  if (call.status !== 'asking') return refuse('frame.out-of-state', 'the call was answered');
  if (call.askedBy === by) return refuse('frame.out-of-state', 'the other side is asked');
  if (event.answer === 'decline') return to(null, log('call.declined', by, call.kind));
  const camera = event.answer === 'video' && call.kind === 'video';
  return to(
    {
      ...call,
      status: 'connecting',
      clients: withSide(call.clients, by, client),
      media: withSide(call.media, by, { ...HEARD, camera }),
    },
    START,
  );
}

function connected(call: Call, event: Extract<CallEvent, { type: 'connected' }>): CallStep {
  if (event.attempt !== call.attempt || call.status === 'asking') return to(call);
  const next = { ...call, connected: withSide(call.connected, event.by, true) };
  if (call.status === 'active' || !next.connected.visitor || !next.connected.agent) return to(next);
  const first = call.activeSince === null;
  const active: Call = { ...next, status: 'active', activeSince: call.activeSince ?? event.at };
  return first ? to(active, log('call.started', null, call.kind)) : to(active);
}

/** Both sides report the same loss; only the first word about an attempt starts the next. */
function lost(call: Call, attempt: number): CallStep {
  if (call.status === 'asking' || attempt !== call.attempt) return to(call);
  return to(again(call), START);
}

const again = (call: Call): Call => ({
  ...call,
  status: 'connecting',
  attempt: call.attempt + 1,
  connected: { visitor: false, agent: false },
});

function media(call: Call, side: Side, state: MediaState): CallStep {
  const { microphone, camera, sound, screen } = call.media[side];
  const same = state.microphone === microphone && state.camera === camera && state.sound === sound;
  if (same && state.screen === screen) return to(call);
  const pictured = state.camera || state.screen;
  const kind = pictured && call.status === 'active' ? 'video' : call.kind;
  const upgrade = kind === 'video' ? null : call.upgrade;
  return to({ ...call, kind, upgrade, media: withSide(call.media, side, state) });
}

function drop(call: Call, by: Side | null, at: number): CallStep {
  if (call.activeSince === null) return to(null, log('call.cancelled', by, call.kind));
  const ended = log('call.ended', by, call.kind, secondsBetween(call.activeSince, at));
  return to(null, ...recordingEnds(call, null, at), ended);
}

/** What the log says where a recording that runs comes to its end. */
const recordingEnds = ({ recording }: Call, by: Side | null, at: number): CallEffect[] =>
  recording?.status === 'on' ? [log('recording.stopped', by, null, secondsBetween(recording.since, at))] : [];

const gone = (call: Call, side: Side, at: number): Call => ({
  ...call,
  abandonAt: withSide(call.abandonAt, side, at + CALL_ABANDON),
});

/** The same page load reconnected its socket, or a new one takes the place of one that vanished. */
function back(call: Call | null, side: Side, client: string): CallStep {
  if (!call || call.abandonAt[side] === null) return to(call);
  const here: Call = { ...call, abandonAt: withSide(call.abandonAt, side, null) };
  if (call.clients[side] === client) return to(here);
  const moved: Call = { ...here, clients: withSide(call.clients, side, client) };
  return to(call.status === 'asking' ? moved : again(moved), START);
}

/**
 * The new agent's media takes the place of the old one's in a new attempt; the visitor is not asked again. A question that
 * hangs in the air is void: nobody of those who asked or could answer is there any more. So is a recording, whose file the
 * old agent has.
 */
function handOver(call: Call, { client, at }: Extract<CallEvent, { type: 'hand-over' }>): CallStep {
  if (call.status === 'asking') return drop(call, null, at);
  const next: Call = {
    ...again(call),
    upgrade: null,
    recording: null,
    clients: withSide(call.clients, 'agent', client),
    media: withSide(call.media, 'agent', { ...HEARD, camera: call.media.agent.camera }),
    abandonAt: withSide(call.abandonAt, 'agent', null),
  };
  return to(next, ...recordingEnds(call, null, at), START);
}

function tick(call: Call | null, at: number): CallStep {
  if (!call) return to(call);
  for (const side of ['visitor', 'agent'] as const) {
    const abandonAt = call.abandonAt[side];
    if (abandonAt !== null && abandonAt <= at) return drop(call, null, at);
  }
  if (call.status === 'asking' && call.ringUntil <= at) return to(null, log('call.missed', null, call.kind));
  if (call.upgrade && call.upgrade.until <= at)
    return to({ ...call, upgrade: null }, log('call.missed', null, 'video'));
  return to(call);
}

function record(call: Call, event: Extract<CallEvent, { type: `record${string}` }>): CallStep {
  const { by, at } = event;
  switch (event.type) {
    case 'record':
      if (by !== 'agent' || event.policy === 'off') return refuse('recording.off', 'it is not allowed here');
      if (call.status !== 'active' || call.recording)
        return refuse(
          'recording.out-of-state',
          call.recording ? 'it was asked already' : 'the call is not up',
        );
      if (event.policy === 'always')
        return to({ ...call, recording: { status: 'on', since: at } }, log('recording.started', by));
      return to({ ...call, recording: { status: 'asking', since: at } }, log('recording.asked', by));
    case 'record-answer':
      if (by !== 'visitor' || call.recording?.status !== 'asking')
        return refuse('recording.out-of-state', 'nobody asked');
      return event.allow
        ? to({ ...call, recording: { status: 'on', since: at } }, log('recording.started', by))
        : to({ ...call, recording: null }, log('recording.declined', by));
    case 'record-stop':
      // Said again by who cannot know whether it was heard.
      return to({ ...call, recording: null }, ...recordingEnds(call, by, at));
  }
}
