/** Whether a conversation with this service runs that a former page began; the session raises and lowers the flag. */
export function isLive(service: string): boolean {
  try {
    return localStorage.getItem(`vc:live:${service}`) !== null;
  } catch {
    // Storage is blocked: nothing was kept either.
    return false;
  }
}
