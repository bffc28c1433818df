import type { Browser, Page } from 'playwright-core';

/** What the main thread of a page spent, milliseconds of its own clock: what other processes take does not count. */
export interface MainThread {
  /** In scripts, promise reactions included, without the style and layout they asked for. */
  readonly script: number;
  /** In everything, style, layout and painting included. */
  readonly tasks: number;
}

/** An entry of a trace, with times in microseconds. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args: {
    readonly name?: string;
    readonly data?: { readonly frames?: readonly { readonly url: string; readonly processId: number }[] };
  };
}

/** The last one has the tasks, and says which page is in which process. */
const CATEGORIES = ['devtools.timeline', 'v8.execute', 'disabled-by-default-devtools.timeline'];
/** `Performance.getMetrics` would be simpler, but its `ScriptDuration` leaves out promise reactions, and so all rendering. */
const SCRIPT = new Set(['FunctionCall', 'EvaluateScript', 'RunMicrotasks']);
const LAYOUT = new Set(['UpdateLayoutTree', 'Layout']);

/** What the main thread of the page spends while something goes on. Only one page of the browser may be traced at a time. */
export async function whileTracing(
  browser: Browser,
  page: Page,
  doing: () => Promise<void>,
): Promise<MainThread> {
  await browser.startTracing(page, { categories: CATEGORIES });
  await doing();
  const { traceEvents } = JSON.parse(new TextDecoder().decode(await browser.stopTracing()));
  return spentOn(page.url(), traceEvents);
}

function spentOn(url: string, events: readonly TraceEvent[]): MainThread {
  const pid = events
    .flatMap(({ args }) => args.data?.frames ?? [])
    .find((frame) => frame.url === url)?.processId;
  const thread = events.find((event) => event.pid === pid && event.args.name === 'CrRendererMain');
  if (!thread) throw new Error(`Cannot read the trace: ${url} is not in it`);
  const spans = events
    .filter(({ pid, tid, ph }) => pid === thread.pid && tid === thread.tid && ph === 'X')
    .toSorted((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0));
  const all = outermost(spans, ({ name }) => SCRIPT.has(name) || LAYOUT.has(name));
  const layout = total(outermost(spans, ({ name }) => LAYOUT.has(name)));
  // What is outermost of both holds all scripts and all layout; what is layout of it is known.
  return { script: total(all) - layout, tasks: total(spans.filter(({ name }) => name === 'RunTask')) };
}

/** Those of a kind that are not within another one of that kind. Begins with the earliest, and the longest of those. */
function outermost(spans: readonly TraceEvent[], isOne: (span: TraceEvent) => boolean): TraceEvent[] {
  let end = 0;
  return spans.filter((span) => {
    if (!isOne(span) || span.ts < end) return false;
    end = span.ts + (span.dur ?? 0);
    return true;
  });
}

const total = (spans: readonly TraceEvent[]): number =>
  spans.reduce((sum, { tdur, dur }) => sum + (tdur ?? dur ?? 0), 0) / 1000;
