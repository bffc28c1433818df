/** What decides a place in the queue. */
export interface Queued {
  readonly contact: string;
  readonly waitingSince: number;
  readonly first: boolean;
}

/** Order of the queue: those who lost their agent first, then by longest wait; ties by id, so that all see one order. */
export function byTurn(a: Queued, b: Queued): number {
  if (a.first !== b.first) return a.first ? -1 : 1;
  return a.waitingSince - b.waitingSince || (a.contact < b.contact ? -1 : 1);
}

/** The entry whose turn it is, or undefined for an empty queue. */
export function nextInTurn<Q extends Queued>(queue: Iterable<Q>): Q | undefined {
  let next: Q | undefined;
  for (const entry of queue) if (!next || byTurn(entry, next) < 0) next = entry;
  return next;
}
