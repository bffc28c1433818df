import process from 'node:process';
import type { Contact } from '../../core/contact/contact.ts';
import { isLiveKind, type Side } from '../../core/contact/model.ts';
import type { FactRecord } from '../reports/fact-record.ts';
import type { Store } from '../store/port.ts';
import type { Histogram } from './histogram.ts';
import { MeteredStore, TIMED } from './metered-store.ts';
import { type Counter, type Labelled, type Labels, Registry } from './registry.ts';

/** From a tenth of a millisecond, which a commit to a fast disk takes, to what nobody should see. */
const OPERATION = [
  0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15,
];
/** From a click at once to the longest wait that makes sense. */
const PATIENCE = [1, 2, 5, 10, 20, 30, 60, 120, 180, 300, 600, 1_200, 3_600];

/** What is read of the parts of an instance when somebody asks. */
export interface InstanceReadings {
  sockets(side: Side): number;
  /** Contacts that have not ended. */
  contacts(): readonly Contact[];
  peers(): number;
  /** Messages the broker has relayed. */
  relayed(): number;
}

export interface BuildInfo {
  readonly version: string;
  /** `sqlite`, `kv` or `nats`. */
  readonly store: string;
}

/** Every metric of an instance. `docs/operations.md` says what each is for. */
export class InstanceMetrics {
  readonly registry = new Registry();
  /** From the arrival of a message to its acknowledgement, which follows its commit. */
  readonly messages: Histogram;
  /** By `endpoint` (`ws` or `peerjs`) and `code`. */
  readonly refused: Labelled<Counter>;
  /** By `code`: sockets that this side closed. */
  readonly closed: Labelled<Counter>;
  /** By `status`. */
  readonly requests: Labelled<Counter>;
  /** By `operation`. */
  readonly operations: Labelled<Counter>;
  readonly operationSeconds: Labelled<Histogram>;
  /** By `code`. */
  readonly storeErrors: Labelled<Counter>;
  readonly #events: Labelled<Counter>;
  readonly #waits: Histogram;
  readonly #firstAnswers: Histogram;

  constructor() {
    const { registry } = this;
    this.messages = registry.histogram(
      'vicino_message_seconds',
      'Time from the arrival of a message to its acknowledgement, which follows its commit.',
      OPERATION,
    );
    this.#waits = registry.histogram(
      'vicino_wait_seconds',
      'How long contacts whose visitor waited at the page had waited when an agent took them.',
      PATIENCE,
    );
    this.#firstAnswers = registry.histogram(
      'vicino_first_answer_seconds',
      'Time from taking a contact to the first message of its agent.',
      PATIENCE,
    );
    this.#events = registry.counters('vicino_contact_events_total', 'What happened to contacts.', ['event']);
    this.refused = registry.counters(
      'vicino_frames_refused_total',
      'Frames and sockets that were answered with an error.',
      ['endpoint', 'code'],
    );
    this.closed = registry.counters(
      'vicino_sockets_closed_total',
      'Sockets that the server closed, by close code.',
      ['code'],
    );
    this.requests = registry.counters('vicino_http_requests_total', 'Answered requests, by status.', [
      'status',
    ]);
    this.operations = registry.counters('vicino_store_operations_total', 'What the store was asked for.', [
      'operation',
    ]);
    this.operationSeconds = registry.histograms(
      'vicino_store_operation_seconds',
      `Time the store took for one in ${TIMED} operations; a write ends with its commit.`,
      ['operation'],
      OPERATION,
    );
    this.storeErrors = registry.counters('vicino_store_errors_total', 'Operations the store failed at.', [
      'code',
    ]);
  }

  /** Names what is read of an instance once its parts are there. */
  readFrom(readings: InstanceReadings, store: Store, build: BuildInfo): void {
    const { registry } = this;
    registry.read('gauge', 'vicino_sockets', 'Sockets that said hello, by side.', () =>
      (['visitor', 'agent'] as const).map((side) => [{ side }, readings.sockets(side)] as const),
    );
    registry.read('gauge', 'vicino_contacts', 'Contacts that have not ended, by phase.', () =>
      countBy('phase', ['waiting', 'assigned', 'dissuaded'], readings.contacts(), ({ phase }) => phase),
    );
    registry.read('gauge', 'vicino_calls', 'Calls, by status.', () =>
      countBy(
        'status',
        ['asking', 'connecting', 'active'],
        readings.contacts(),
        ({ call }) => call?.status ?? null,
      ),
    );
    registry.read('gauge', 'vicino_broker_peers', 'Peers connected to the broker.', () => readings.peers());
    registry.read('counter', 'vicino_broker_relayed_total', 'Messages the broker has relayed.', () =>
      readings.relayed(),
    );
    registry.read(
      'counter',
      'vicino_store_commits_total',
      'Commits to the disk; none where others make them.',
      () => ('commits' in store && typeof store.commits === 'number' ? store.commits : []),
    );
    readProcess(registry, build);
  }

  /** Counts what a change of a contact adds to the reports. */
  noteFacts(facts: readonly FactRecord[]): void {
    for (const { fact, kind, seconds } of facts) {
      this.#events.of(fact).add();
      if (seconds === null) continue;
      if (fact === 'taken' && isLiveKind(kind)) this.#waits.observe(seconds);
      if (fact === 'answered') this.#firstAnswers.observe(seconds);
    }
  }
}

/** The store, watched. */
export function metered(store: Store, metrics: InstanceMetrics): Store {
  const { operations, operationSeconds, storeErrors } = metrics;
  return new MeteredStore(store, {
    of: (operation) => ({ calls: operations.of(operation), seconds: operationSeconds.of(operation) }),
    failed: (code) => storeErrors.of(code).add(),
  });
}

function readProcess(registry: Registry, { version, store }: BuildInfo): void {
  const started = (Date.now() - performance.now()) / 1000;
  const info = { version, deno: Deno.version.deno, store };
  registry.read('gauge', 'vicino_build_info', 'What runs here; always 1.', () => [[info, 1]]);
  registry.read(
    'gauge',
    'process_start_time_seconds',
    'When the process started, in seconds since 1970.',
    () => started,
  );
  registry.read('counter', 'process_cpu_seconds_total', 'Time on the processors.', () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  });
  registry.read(
    'gauge',
    'process_resident_memory_bytes',
    'Memory of the process.',
    () => Deno.memoryUsage().rss,
  );
  registry.read(
    'gauge',
    'vicino_heap_bytes',
    'Memory in use on the heap of JavaScript.',
    () => Deno.memoryUsage().heapUsed,
  );
}

/** Every value is there from the beginning, so that a question about it has an answer. */
function countBy<T>(
  label: string,
  values: readonly string[],
  all: readonly T[],
  labelOf: (one: T) => string | null,
): [Labels, number][] {
  const counts = new Map(values.map((value) => [value, 0]));
  for (const one of all) {
    const value = labelOf(one);
    const count = value === null ? undefined : counts.get(value);
    if (value !== null && count !== undefined) counts.set(value, count + 1);
  }
  return Array.from(counts, ([value, count]) => [{ [label]: value }, count]);
}
