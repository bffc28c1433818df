import { MAX_TRAIL } from '../../core/protocol/limits.ts';
import type { Page, VisitedPage } from '../../core/protocol/schemas.ts';
import type { Connection } from '../connection.ts';
import { tellCards } from './cards.ts';
import type { DeskParts } from './parts.ts';
import { changeRecord } from './visitor-record.ts';

/** What each page load has told of the way so far: it is kept once the visitor has opened a contact. */
const told = new WeakMap<Connection, readonly VisitedPage[]>();

/** Notes pages the visitor was on, oldest first, and then where they are now. Goes on behind the caller's back. */
export function noteTrail(
  desk: DeskParts,
  from: Connection,
  { url, title }: Page,
  pages: readonly VisitedPage[] = [],
): void {
  const now: VisitedPage = { url, title, at: desk.clock() };
  told.set(from, joined(told.get(from) ?? [], [...pages, now]));
  desk.turns
    .run(`visitor/${from.id}`, () => keepTrail(desk, from))
    .catch((error: unknown) => desk.log.failed('trail.failed', error, { visitor: from.id }));
}

/** Keeps what a page load has told, and tells agents who have the visitor's contacts. */
export async function keepTrail(desk: DeskParts, from: Connection): Promise<void> {
  let isNew = false;
  await changeRecord(desk, from.id, (record) => {
    if (!record) return null;
    const trail = joined(record.trail ?? [], told.get(from) ?? []);
    isNew = JSON.stringify(trail) !== JSON.stringify(record.trail);
    return isNew ? { ...record, trail } : null;
  });
  if (isNew) await tellCards(desk, from.id);
}

/** The way with more pages behind it. Those known are not repeated; a page that follows itself is one. */
function joined(trail: readonly VisitedPage[], more: readonly VisitedPage[]): VisitedPage[] {
  const pages = [...trail];
  for (const page of more) {
    const last = pages.at(-1);
    if (last?.url === page.url) pages[pages.length - 1] = { ...last, title: page.title || last.title };
    else if (!pages.some(({ url, at }) => url === page.url && at === page.at)) pages.push(page);
  }
  return pages.slice(-MAX_TRAIL);
}
