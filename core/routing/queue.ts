import { type ContactKind, isLiveKind } from '../contact/model.ts';

/** What decides a place in the queue. */
export interface Queued {
  readonly contact: string;
  readonly kind: ContactKind;
  /** Its turn does not come before this; a callback may have been wished for later. */
  readonly waitingSince: number;
  readonly first: boolean;
  /** A colleague hands it over: the visitor is in conversation already. */
  readonly transfer: unknown;
}

/**
 * Order of the queue: who is in conversation already or lost their agent, then by longest wait, messages that were left
 * last; ties by id, so that all see one order.
 */
export function byTurn(a: Queued, b: Queued): number {
  return rank(a) - rank(b) || a.waitingSince - b.waitingSince || (a.contact < b.contact ? -1 : 1);
}

function rank({ first, transfer, kind }: Queued): number {
  if (transfer || first) return 0;
  return kind === 'lead' ? 2 : 1;
}

/**
 * Whether its turn has come: a callback wished for later waits without ringing. All others are due as soon as they are known,
 * even to a clock that runs a little late.
 */
export const isDue = ({ kind, transfer, waitingSince }: Queued, now: number): boolean =>
  kind !== 'callback' || Boolean(transfer) || waitingSince <= now;

/** Whether it calls for somebody now: a visitor waits at the page, or a wished time has come. */
export const rings = (entry: Queued, now: number): boolean =>
  isDue(entry, now) && (isLiveKind(entry.kind) || entry.kind === 'callback' || Boolean(entry.transfer));

/** The entry whose turn it is, or undefined when there is none now. */
export function nextInTurn<Q extends Queued>(queue: Iterable<Q>, now: number): Q | undefined {
  let next: Q | undefined;
  for (const entry of queue) if (isDue(entry, now) && (!next || byTurn(entry, next) < 0)) next = entry;
  return next;
}
