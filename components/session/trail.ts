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

function read(): VisitedPage[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isPage) : [];
  } catch {
    return [];
  }
}

/** The page's own code may have written anything there, and one wrong field would cost the hello. */
function isPage(value: unknown): value is VisitedPage {
  const { url, title, at } = Object(value) as Record<string, unknown>;
  return (
    typeof url === 'string' &&
    url.length <= 2_048 &&
    typeof title === 'string' &&
    title.length <= 300 &&
    Number.isSafeInteger(at) &&
    (at as number) >= 0
  );
}
