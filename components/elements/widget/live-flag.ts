/** Whether a conversation with this service runs that a former page began; the session raises and lowers the flag. */
export function isLive(service: string): boolean {
  try {
    return localStorage.getItem(`vc:live:${service}`) !== null;
  } catch {
    // Storage is blocked: nothing was kept either.
    return false;
  }
}

/** Below this width the window covers the page, and a visitor who turned to another page wants to see that. */
const COVERING = '(max-width: 480px)';

/** Whether the window was open on the former page of this tab, and would leave room for this one. */
export function wasOpen(service: string): boolean {
  try {
    return sessionStorage.getItem(`vc:open:${service}`) !== null && !matchMedia(COVERING).matches;
  } catch {
    return false;
  }
}

export function rememberOpen(service: string, open: boolean): void {
  try {
    if (open) sessionStorage.setItem(`vc:open:${service}`, '1');
    else sessionStorage.removeItem(`vc:open:${service}`);
  } catch {
    // Storage is blocked: the next page begins with the launcher.
  }
}
