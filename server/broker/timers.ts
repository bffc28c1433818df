export type Cancel = () => void;

/** Work put off by `delay` milliseconds, until cancelled. Injected, so that a test decides when time passes. */
export interface Timers {
  after(delay: number, run: () => void): Cancel;
}

export const systemTimers: Timers = {
  after(delay, run) {
    const timer = setTimeout(run, delay);
    return () => clearTimeout(timer);
  },
};
