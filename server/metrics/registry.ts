import { Histogram } from './histogram.ts';

export type Labels = Readonly<Record<string, string>>;

/** One number as it is read. A histogram gives several, told apart by the ending of their names. */
export interface Sample {
  readonly name: string;
  readonly labels: Labels;
  readonly value: number;
}

/** All numbers of one name. */
export interface Family {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  /** Read when somebody asks. */
  readonly samples: () => Sample[];
}

/** Only ever grows. */
export class Counter {
  value = 0;

  add(count = 1): void {
    this.value += count;
  }
}

/** One of each for every combination of labels that occurs. Whoever is on a hot path keeps what {@link of} gives. */
export class Labelled<T> {
  readonly #names: readonly string[];
  readonly #create: () => T;
  readonly #known = new Map<string, { readonly labels: Labels; readonly metric: T }>();

  constructor(names: readonly string[], create: () => T) {
    this.#names = names;
    this.#create = create;
  }

  /** Takes the values of the labels in the order of their names. */
  of(...values: readonly string[]): T {
    const key = values.join('\n');
    const found = this.#known.get(key);
    if (found) return found.metric;
    const labels = Object.fromEntries(this.#names.map((name, n) => [name, values[n] ?? '']));
    const metric = this.#create();
    this.#known.set(key, { labels, metric });
    return metric;
  }

  all(): Iterable<{ readonly labels: Labels; readonly metric: T }> {
    return this.#known.values();
  }
}

/** What {@link Registry.read} is given to read: one number, or one for each value of a label. */
export type Reading = number | Iterable<readonly [Labels, number]>;

/** The metrics of an instance, in the order in which they were made. */
export class Registry {
  readonly #families: Family[] = [];

  get families(): readonly Family[] {
    return this.#families;
  }

  /** Counters told apart by labels. Name them `…_total`. */
  counters(name: string, help: string, labels: readonly string[]): Labelled<Counter> {
    const counters = new Labelled(labels, () => new Counter());
    const samples = () =>
      Array.from(counters.all(), ({ labels, metric }) => ({ name, labels, value: metric.value }));
    this.#families.push({ name, help, type: 'counter', samples });
    return counters;
  }

  histogram(name: string, help: string, bounds: readonly number[]): Histogram {
    return this.histograms(name, help, [], bounds).of();
  }

  /** Name them after their unit, `…_seconds`. */
  histograms(
    name: string,
    help: string,
    labels: readonly string[],
    bounds: readonly number[],
  ): Labelled<Histogram> {
    const histograms = new Labelled(labels, () => new Histogram(bounds));
    const samples = () =>
      [...histograms.all()].flatMap(({ labels, metric }) => samplesOf(name, labels, metric));
    this.#families.push({ name, help, type: 'histogram', samples });
    return histograms;
  }

  /** What is known elsewhere and read only when somebody asks. */
  read(type: 'counter' | 'gauge', name: string, help: string, read: () => Reading): void {
    const samples = () => {
      const reading = read();
      const readings = typeof reading === 'number' ? [[{}, reading] as const] : [...reading];
      return readings.map(([labels, value]) => ({ name, labels, value }));
    };
    this.#families.push({ name, help, type, samples });
  }
}

function samplesOf(name: string, labels: Labels, histogram: Histogram): Sample[] {
  const bounds = [...histogram.bounds.map(String), '+Inf'];
  const counts = histogram.cumulative();
  const buckets = bounds.map((le, n) => ({
    name: `${name}_bucket`,
    labels: { ...labels, le },
    value: counts[n] ?? 0,
  }));
  return [
    ...buckets,
    { name: `${name}_sum`, labels, value: histogram.sum },
    { name: `${name}_count`, labels, value: histogram.count },
  ];
}
