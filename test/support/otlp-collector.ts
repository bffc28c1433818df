/** What `http/json` of the OpenTelemetry protocol (https://opentelemetry.io/docs/specs/otlp/) brings, as far as tests look. */
interface Attribute {
  readonly key: string;
  readonly value: { readonly stringValue?: string };
}
interface Scoped {
  readonly scope: { readonly name: string; readonly version: string };
  readonly spans?: readonly { readonly name: string; readonly attributes: readonly Attribute[] }[];
  readonly logRecords?: readonly { readonly body: { readonly stringValue: string } }[];
  readonly metrics?: readonly Exported[];
}
interface Exported {
  readonly name: string;
  readonly gauge?: { readonly dataPoints: readonly DataPoint[] };
  readonly sum?: { readonly dataPoints: readonly DataPoint[]; readonly isMonotonic: boolean };
}
interface DataPoint {
  readonly attributes: readonly Attribute[];
  readonly asDouble?: number;
  readonly asInt?: number;
}
interface Resource {
  readonly resource: { readonly attributes: readonly Attribute[] };
  readonly scopeSpans?: readonly Scoped[];
  readonly scopeLogs?: readonly Scoped[];
  readonly scopeMetrics?: readonly Scoped[];
}

export type Signal = 'traces' | 'logs' | 'metrics';

/** Takes what a process exports, and keeps it. */
export class OtlpCollector implements AsyncDisposable {
  readonly #received: Record<Signal, Resource[]> = { traces: [], logs: [], metrics: [] };
  readonly #server = Deno.serve({ port: 0, hostname: '127.0.0.1', onListen: () => {} }, (request) =>
    this.#serve(request),
  );

  /** The environment in which Deno exports to it, soon and readably. */
  get env(): Record<string, string> {
    return {
      OTEL_DENO: 'true',
      OTEL_SERVICE_NAME: 'vicino',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${this.#server.addr.port}`,
      OTEL_METRIC_EXPORT_INTERVAL: '100',
      OTEL_BSP_SCHEDULE_DELAY: '100',
      OTEL_BLRP_SCHEDULE_DELAY: '100',
    };
  }

  /** Every service name that something was exported under. */
  services(signal: Signal): Set<string> {
    const attributes = this.#received[signal].flatMap(({ resource }) => resource.attributes);
    return new Set(
      attributes.flatMap(({ key, value }) => (key === 'service.name' ? [value.stringValue ?? ''] : [])),
    );
  }

  spans() {
    return this.#received.traces
      .flatMap(({ scopeSpans = [] }) => scopeSpans)
      .flatMap(({ spans = [] }) => spans);
  }

  logs(): string[] {
    return this.#received.logs
      .flatMap(({ scopeLogs = [] }) => scopeLogs)
      .flatMap(({ logRecords = [] }) => logRecords)
      .map(({ body }) => body.stringValue);
  }

  /** The newest value of a metric of ours, and whether it only ever grows. */
  metric(name: string, labels: Readonly<Record<string, string>> = {}) {
    const found = this.#received.metrics
      .flatMap(({ scopeMetrics = [] }) => scopeMetrics)
      .filter(({ scope }) => scope.name === 'vicino')
      .flatMap(({ metrics = [] }) => metrics)
      .filter((metric) => metric.name === name);
    const points = found.flatMap(({ gauge, sum }) => (gauge ?? sum)?.dataPoints ?? []);
    const point = points.findLast(({ attributes }) =>
      Object.entries(labels).every(([key, value]) =>
        attributes.some((attribute) => attribute.key === key && attribute.value.stringValue === value),
      ),
    );
    if (!point) return null;
    return { value: Number(point.asDouble ?? point.asInt), grows: found.at(-1)?.sum?.isMonotonic ?? false };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }

  async #serve(request: Request): Promise<Response> {
    const signal = new URL(request.url).pathname.replace('/v1/', '') as Signal;
    const body = await request.json();
    this.#received[signal].push(...(body.resourceSpans ?? body.resourceLogs ?? body.resourceMetrics));
    return Response.json({});
  }
}
