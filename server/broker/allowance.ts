/** A token bucket: full at first with `burst` tokens, refilled by `perSecond`. Gives whether one more may pass now. */
export function createAllowance(burst: number, perSecond: number, clock: () => number): () => boolean {
  let tokens = burst;
  let refilled = clock();

  return () => {
    const now = clock();
    tokens = Math.min(burst, tokens + ((now - refilled) / 1000) * perSecond);
    refilled = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
