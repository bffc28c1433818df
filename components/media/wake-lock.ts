/** Keeps the screen on until `signal` aborts. A hidden page loses the lock, and asks again when it is seen. */
export function keepAwake(signal: AbortSignal): void {
  let lock: WakeLockSentinel | null = null;
  const ask = async () => {
    if (document.hidden || signal.aborted) return;
    lock = (await navigator.wakeLock?.request('screen').catch(() => null)) ?? null;
    if (signal.aborted) release();
  };
  const release = () => void lock?.release().catch(() => {});
  document.addEventListener('visibilitychange', ask, { signal });
  signal.addEventListener('abort', release);
  void ask();
}
