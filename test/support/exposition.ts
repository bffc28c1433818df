/**
 * Reads what Prometheus reads, as strictly as the format is described
 * (https://prometheus.io/docs/instrumenting/exposition_formats/): what a lenient reader would let pass is an error here.
 */

export interface Metric {
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  /** By name and labels as they are written, `name{a="b"}`. */
  readonly samples: ReadonlyMap<string, number>;
}

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const SAMPLE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? ([^ ]+)$/;
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(?:,(?=[a-zA-Z_])|$)/y;
const TYPES = ['counter', 'gauge', 'histogram'] as const;

interface Draft {
  readonly type: (typeof TYPES)[number];
  readonly help: string;
  readonly samples: Map<string, number>;
  readonly parsed: { name: string; labels: Map<string, string>; value: number }[];
}

/** @throws {Error} naming the line that breaks a rule */
export function parseExposition(text: string): Map<string, Metric> {
  if (!text.endsWith('\n') || text.endsWith('\n\n'))
    throw new Error('Cannot read: it does not end with one line feed');
  const metrics = new Map<string, Draft>();
  let help: { name: string; text: string } | undefined;
  let current: { name: string; draft: Draft } | undefined;
  for (const line of text.slice(0, -1).split('\n')) {
    const fail = (reason: string): never => {
      throw new Error(`Cannot read ${JSON.stringify(line)}: ${reason}`);
    };
    const [, kind, name = '', rest = ''] = line.match(/^# (HELP|TYPE) (\S+) (.*)$/) ?? [];
    if (kind === 'HELP') {
      if (!NAME.test(name)) fail('it is no name');
      if (metrics.has(name)) fail('its group is not in one piece');
      if (!/^(?:[^\\]|\\[\\n])+$/.test(rest)) fail('its text is empty or badly escaped');
      help = { name, text: rest };
    } else if (kind === 'TYPE') {
      const type = TYPES.find((known) => known === rest) ?? fail('it is no type');
      if (help?.name !== name) fail('no help stands before it');
      if (type === 'counter' && !name.endsWith('_total')) fail('a counter is not named so');
      if (type !== 'counter' && name.endsWith('_total')) fail('it is named like a counter');
      current = { name, draft: { type, help: help?.text ?? '', samples: new Map(), parsed: [] } };
      metrics.set(name, current.draft);
    } else if (current) {
      readSample(line, current.name, current.draft, fail);
    } else {
      fail('it belongs to no metric');
    }
  }
  for (const [name, draft] of metrics) if (draft.type === 'histogram') checkHistogram(name, draft);
  return metrics;
}

function readSample(line: string, family: string, draft: Draft, fail: (reason: string) => never): void {
  const [, name = '', labelText, number = ''] = line.match(SAMPLE) ?? fail('it is no sample');
  const own =
    draft.type === 'histogram' ? ['_bucket', '_sum', '_count'].map((part) => family + part) : [family];
  if (!own.includes(name)) fail('it is of another metric');
  const labels = new Map<string, string>();
  if (labelText === '') fail('its braces are empty');
  LABEL.lastIndex = 0;
  while (labelText !== undefined && LABEL.lastIndex < labelText.length) {
    const [, label = '', value = ''] = LABEL.exec(labelText) ?? fail('its labels are badly written');
    if (labels.has(label) || label.startsWith('__')) fail(`the label ${label} is there twice or reserved`);
    labels.set(label, value);
  }
  if (!/^[-+]?(\d+(\.\d+)?(e[-+]?\d+)?|Inf|NaN)$/i.test(number)) fail('its value is no number');
  const value = Number(number.replace(/inf/i, 'Infinity'));
  if (draft.type !== 'gauge' && !(value >= 0)) fail('it counts, and is negative');
  const id = line.slice(0, line.lastIndexOf(' '));
  if (draft.samples.has(id)) fail('it is there twice');
  draft.samples.set(id, value);
  draft.parsed.push({ name, labels, value });
}

/** Every series has rising buckets up to `+Inf`, which counts as many as `_count`, and a sum. */
function checkHistogram(family: string, { parsed }: Draft): void {
  const seriesOf = (labels: Map<string, string>) =>
    JSON.stringify([...labels].filter(([label]) => label !== 'le').sort());
  for (const [series, samples] of Map.groupBy(parsed, ({ labels }) => seriesOf(labels))) {
    const fail = (reason: string): never => {
      throw new Error(`Cannot read ${family} ${series}: ${reason}`);
    };
    const of = (part: string) => samples.filter(({ name }) => name === family + part);
    const buckets = of('_bucket').map(({ labels, value }) => ({
      bound: Number((labels.get('le') ?? fail('a bucket has no bound')).replace('+Inf', 'Infinity')),
      value,
    }));
    for (const [n, { bound, value }] of buckets.entries()) {
      const before = buckets[n - 1];
      if (Number.isNaN(bound)) fail('a bound is no number');
      if (before && !(before.bound < bound && before.value <= value)) fail('its buckets do not rise');
    }
    const last = buckets.at(-1);
    const [count, ...more] = of('_count');
    if (last?.bound !== Number.POSITIVE_INFINITY) fail('its last bucket is not +Inf');
    if (!count || more.length > 0 || count.value !== last?.value) fail('its count is not that of +Inf');
    if (of('_sum').length !== 1) fail('it has no sum, or several');
  }
}
