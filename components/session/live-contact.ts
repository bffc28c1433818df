/** Tells the loader of the next page whether to bring the widget at once. */
export function flagLive(service: string, live: boolean): void {
  try {
    if (live) localStorage.setItem(`vc:live:${service}`, '1');
    else localStorage.removeItem(`vc:live:${service}`);
  } catch {
    // Storage is blocked: the next page waits for a click.
  }
}
