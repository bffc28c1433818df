import { MAX_TRAIL } from '../../core/protocol/limits.ts';
import type { Page, VisitedPage } from '../../core/protocol/schemas.ts';

/** Where the loader notes the pages of this visit. */
const KEY = 'vc:trail';

/** The pages of this visit so far, oldest first, ending with this one. */
export function trailWith({ url, title }: Page): VisitedPage[] {
  const trail = read();
  if (trail.at(-1)?.url !== url) trail.push({ url, title, at: Date.now() });
  const kept = trail.slice(-MAX_TRAIL);
  try {
    sessionStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // Storage is blocked: the trail is this page.
  }
  return kept;
}

/** What else a page's own code may have written there, the server passes over. */
function read(): VisitedPage[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
}
