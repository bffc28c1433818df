/**
 * Notes this page load in the trail of the visit, in `sessionStorage`: whoever turns several pages before they ask has a
 * trail to show.
 */
export function notePage(): void {
  try {
    const trail = JSON.parse(sessionStorage.getItem('vc:trail') ?? '[]');
    const { href: url } = location;
    if (trail.at(-1)?.url === url || url.length > 2_048) return;
    trail.push({ url, title: document.title.slice(0, 300), at: Date.now() });
    sessionStorage.setItem('vc:trail', JSON.stringify(trail.slice(-20)));
  } catch {
    // Storage is blocked, or holds something else: the trail begins with the conversation.
  }
}
