import type { Labels, Registry, Sample } from './registry.ts';

/** What is used of the OpenTelemetry API (https://opentelemetry.io/docs/specs/otel/metrics/api/), which Deno brings. */
interface Meter {
  createObservableCounter(name: string, options: InstrumentOptions): Instrument;
  createObservableGauge(name: string, options: InstrumentOptions): Instrument;
}
interface InstrumentOptions {
  readonly description: string;
}
interface Instrument {
  addCallback(read: (result: { observe(value: number, attributes: Labels): void }) => void): void;
}
interface MeterProvider {
  getMeter(name: string, version: string): Meter;
}

type Env = (name: string) => string | undefined;

/** Here the API finds its providers. Deno puts those there that it was started with: `OTEL_DENO=true`. */
const API = Symbol.for('opentelemetry.js.api.1');
const provides = (what: 'metrics' | 'trace'): boolean =>
  (globalThis as { readonly [API]?: Readonly<Record<string, unknown>> })[API]?.[what] !== undefined;

/** Whether Deno exports anything. */
export const isExporting = (env: Env): boolean => API in globalThis || env('OTEL_DENO') === 'true';

/**
 * Whether Deno exports spans. Those of requests carry whole addresses, with the tickets of the broker and the ids of files in
 * them, and nothing here can keep them from it.
 */
export const exportsSpans = (env: Env): boolean =>
  provides('trace') && env('OTEL_TRACES_SAMPLER') !== 'always_off';

/**
 * Exports the metrics by OpenTelemetry too, under the same names; read once per export and never in between. Histograms go out
 * as the counters they are written down as for Prometheus. Does nothing where Deno runs without telemetry.
 */
export function exportMetrics(registry: Registry, version: string): void {
  if (!provides('metrics')) return;
  const provider: MeterProvider = Deno.telemetry.meterProvider;
  const meter = provider.getMeter('vicino', version);
  for (const { name, help, type, samples } of registry.families) {
    const options = { description: help };
    if (type === 'gauge') {
      observe(meter.createObservableGauge(name, options), samples);
      continue;
    }
    const names = type === 'counter' ? [name] : ['_bucket', '_sum', '_count'].map((part) => name + part);
    for (const one of names)
      observe(meter.createObservableCounter(one, options), () =>
        samples().filter((sample) => sample.name === one),
      );
  }
}

function observe(instrument: Instrument, samples: () => readonly Sample[]): void {
  instrument.addCallback((result) => {
    for (const { value, labels } of samples()) result.observe(value, labels);
  });
}
