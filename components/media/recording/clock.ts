/**
 * Calls `tick` every `interval` seconds of audio time until `signal` aborts. Timers of a hidden tab fire once a second
 * and animation frames not at all; a worker needs a script of the page's own origin. The end of a silent sound is told
 * in every tab, as long as the context runs.
 */
export function startClock(
  sink: AudioNode,
  options: { readonly interval: number; readonly signal: AbortSignal; tick(): void },
): void {
  const { interval, signal, tick } = options;
  const { context } = sink;
  let next = context.currentTime;
  const beat = () => {
    // Late beats are not made up for, but they do not shift the following ones either.
    next = Math.max(next + interval, context.currentTime);
    const silence = new ConstantSourceNode(context, { offset: 0 });
    silence.connect(sink);
    silence.addEventListener('ended', () => {
      silence.disconnect();
      if (signal.aborted) return;
      beat();
      tick();
    });
    silence.start();
    silence.stop(next);
  };
  beat();
}
