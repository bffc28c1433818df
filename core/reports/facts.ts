import type { Contact } from '../contact/contact.ts';
import { type ContactKind, isLiveKind, secondsBetween } from '../contact/model.ts';

/** What reports count. `seconds`: a wait, a first answer, or a duration; `score`: of a rating. */
export interface Fact {
  readonly fact:
    | 'opened'
    | 'taken'
    | 'dissuaded'
    | 'abandoned'
    | 'requeued'
    | 'transferred'
    | 'converted'
    | 'answered'
    | 'ended'
    | 'rated';
  readonly service: string;
  readonly agent: string | null;
  readonly kind: ContactKind;
  readonly seconds: number | null;
  readonly score: number | null;
}

/**
 * What one change of a contact adds to the reports. `before` is null for a new contact.
 * Abandoned: a visitor who waited at the page left before anybody answered, and before the wait was given up.
 */
export function factsOf(before: Contact | null, after: Contact, at: number): Fact[] {
  const facts: Fact[] = [];
  const base = { service: after.service.id, kind: after.kind, score: null };
  const add = (
    fact: Fact['fact'],
    agent: string | null,
    seconds: number | null = null,
    score: number | null = null,
  ) => facts.push({ ...base, fact, agent, seconds, score });
  if (!before) {
    add('opened', null);
    return facts;
  }
  const [was, is] = [before.agent?.id ?? null, after.agent?.id ?? null];
  if (before.phase === 'waiting' && after.phase === 'assigned')
    add('taken', is, secondsBetween(before.waitingSince, after.takenAt ?? at));
  if (before.phase === 'waiting' && after.phase === 'dissuaded') add('dissuaded', null);
  if (before.phase === 'assigned' && after.phase === 'waiting') add('requeued', was);
  if (before.phase === 'assigned' && after.phase === 'assigned' && was !== is) add('transferred', is);
  if (before.kind !== after.kind) add('converted', null);
  if (before.answeredAt === null && after.answeredAt !== null)
    add('answered', is, secondsBetween(after.takenAt ?? after.openedAt, after.answeredAt));
  if (before.phase !== 'ended' && after.phase === 'ended') {
    const endedAt = after.endedAt ?? at;
    if (before.phase === 'assigned') add('ended', was, secondsBetween(after.takenAt ?? endedAt, endedAt));
    else if (before.phase === 'waiting' && isLiveKind(after.kind))
      add('abandoned', null, secondsBetween(before.waitingSince, endedAt));
  }
  if (after.rating && !before.rating) add('rated', is, null, after.rating.score);
  return facts;
}
