/**
 * Calls `tick` every `interval` seconds until `signal` aborts. Timers of a hidden tab fire once a second and animation
 * frames not at all; a worker needs a script of the page's own origin. The end of a silent sound is told in every tab, as
 * long as the context runs. Where that is late, timers help out: once the last loudspeaker is pulled out, Firefox tells of
 * sounds every second only.
 */
export function startClock(
  sink: AudioNode,
  options: { readonly interval: number; readonly signal: AbortSignal; tick(): void },
): void {
  const { interval, signal, tick } = options;
  const { context } = sink;
  let next = context.currentTime;
  let last = performance.now();
  const strike = () => {
    last = performance.now();
    tick();
  };
  const beat = () => {
    // Late beats are not made up for, but they do not shift the following ones either.
    next = Math.max(next + interval, context.currentTime);
    const silence = new ConstantSourceNode(context, { offset: 0 });
    silence.connect(sink);
    silence.addEventListener('ended', () => {
      silence.disconnect();
      if (signal.aborted) return;
      beat();
      strike();
    });
    silence.start();
    silence.stop(next);
  };
  beat();
  const milliseconds = 1000 * interval;
  const timer = setInterval(() => {
    if (performance.now() - last > 2 * milliseconds) strike();
  }, milliseconds);
  signal.addEventListener('abort', () => clearInterval(timer));
}
