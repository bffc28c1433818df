import { createApp } from './app.ts';
import type { ReadAsset } from './assets.ts';
import { createTokens } from './auth/tokens.ts';
import { type Broker, createBroker } from './broker/broker.ts';
import type { Timers } from './broker/timers.ts';
import { createCheck } from './check.ts';
import { Cluster } from './cluster/cluster.ts';
import { createLiveConfig } from './config/live.ts';
import type { Config } from './config/schema.ts';
import { createDesk, type Desk } from './desk/desk.ts';
import { FileStore } from './files/file-store.ts';
import { createRecordingRoutes } from './files/recording-routes.ts';
import { Recordings } from './files/recordings.ts';
import { createFileRoutes } from './files/routes.ts';
import { Uploads } from './files/uploads.ts';
import { withHandshakes } from './handshake.ts';
import { createHealth } from './health.ts';
import { Hub } from './hub.ts';
import type { Ids } from './ids.ts';
import type { Log } from './log.ts';
import { type BuildInfo, InstanceMetrics, metered } from './metrics/instance-metrics.ts';
import type { Registry } from './metrics/registry.ts';
import { createMetricsRoutes } from './metrics/routes.ts';
import { contactOf, type FactRecord } from './reports/fact-record.ts';
import { Reports } from './reports/reports.ts';
import { createReportRoutes } from './reports/routes.ts';
import { Sockets } from './socket.ts';
import type { Store } from './store/port.ts';

export interface InstanceOptions {
  readonly store: Store;
  /** What is in force at first. */
  readonly config: Config;
  /** Signs all tokens; at least 32 characters. */
  readonly secret: string;
  readonly demo: boolean;
  readonly readAsset: ReadAsset;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly timers: Timers;
  readonly ids: Ids;
  readonly log: Log;
  /** Lets in who reads the metrics; null: only this machine. */
  readonly metricsToken?: string | null;
  readonly build?: BuildInfo;
}

/** One running server, short of the port it listens on. */
export interface Instance {
  /** Answers requests, sockets included. */
  readonly fetch: (request: Request, info?: Deno.ServeHandlerInfo) => Response | Promise<Response>;
  readonly metrics: Registry;
  /** Puts another configuration in force. What is under way goes on under the settings it began with. */
  configure(config: Config): void;
  /** Closes every socket with 1012 and resolves when all that was received is carried out. The store stays open. */
  close(): Promise<void>;
}

/** What happens to contacts, as an operator follows it: who and how long, and nothing of what was said. */
function logFact(log: Log, record: FactRecord): void {
  const { fact, service, kind, agent, seconds } = record;
  log.info(`contact.${fact}`, { contact: contactOf(record), service, kind, agent, seconds });
}

/**
 * Puts the parts together and takes up what the store knows.
 * @throws {StoreError} when the store cannot be read
 * @throws {SecretError} when the secret is too short
 */
export async function createInstance(options: InstanceOptions): Promise<Instance> {
  const { secret, demo, readAsset, clock, timers, ids, log } = options;
  const { metricsToken = null, build = { version: '', store: '' } } = options;
  const metrics = new InstanceMetrics();
  const store = metered(options.store, metrics);
  const live = createLiveConfig(options.config);
  const config = live.current;
  const tokens = createTokens(secret, clock);
  const reports = new Reports({ store, config, clock });
  const hub = new Hub();
  let state: 'starting' | 'running' | 'stopping' = 'starting';
  const counted: Pick<Reports, 'add'> = {
    async add(facts) {
      const added = await reports.add(facts);
      // What a start finds owed was counted before.
      if (state === 'starting') return added;
      metrics.noteFacts(added);
      for (const record of added) logFact(log, record);
      return added;
    },
  };
  const cluster = new Cluster({ store, clock, timers, ids, log });
  const desk = createDesk({
    store,
    cluster,
    hub,
    clock,
    timers,
    ids,
    tokens,
    config,
    reports: counted,
    log,
  });
  const files = new FileStore(store);
  const uploads = new Uploads({ files, sent: desk.files, ids, clock, timers, log });
  const recordings = new Recordings({ store, files, sent: desk.files, ids, clock, timers, log });
  const sockets = new Sockets({
    desk,
    clock,
    timers,
    log,
    config,
    metrics: {
      refused: (code) => metrics.refused.of('ws', code).add(),
      acknowledged: (seconds) => metrics.messages.observe(seconds),
      closed: (code) => metrics.closed.of(String(code)).add(),
    },
  });
  const broker = createBroker({
    verify: tokens.verifyTicket,
    clock,
    timers,
    refused: (code) => metrics.refused.of('peerjs', code).add(),
    ...(cluster.isAlone ? {} : { cluster }),
    report: (error) => log.failed('broker.failed', error),
  });
  // Documents and logs are read on different ways.
  const probe = async (): Promise<void> => {
    await Promise.all([store.get('probe'), store.read('probe', 0, 1)]);
  };
  metrics.readFrom(
    {
      sockets: (side) => hub.count(side),
      contacts: () => desk.contacts(),
      peers: () => broker.size,
      relayed: () => broker.relayed,
    },
    options.store,
    build,
  );
  await cluster.start({
    ...desk.others,
    told(from, fact) {
      desk.others.told(from, fact);
      broker.told(from, fact);
    },
    asked: (by) => tellAll(cluster, desk, broker, by),
    left(instance) {
      desk.others.left(instance);
      broker.left(instance);
    },
    buried() {
      desk.others.buried();
      broker.buried();
      sockets.restart();
    },
  });
  await desk.start();
  await Promise.all([uploads.start(), recordings.start(), reports.start()]);
  const app = createApp({
    sockets,
    broker: broker.routes,
    files: createFileRoutes({ files, uploads, sent: desk.files, tokens, clock }),
    recordings: createRecordingRoutes({ recordings, sent: desk.files, tokens }),
    check: createCheck({ readAsset, config, clock, ids }),
    reports: createReportRoutes({ reports, tokens, config }),
    health: createHealth({ probe, isStopping: () => state === 'stopping', timers, clock, log }),
    metrics: createMetricsRoutes(metrics.registry, metricsToken),
    answered: (status) => metrics.requests.of(String(status)).add(),
    readAsset,
    tokens,
    config,
    demo,
    clock,
    log,
  });
  state = 'running';
  return {
    fetch: withHandshakes({
      at: { '/ws': sockets.handshake, '/peerjs/peerjs': broker.handshake },
      rest: app.fetch,
      answered: () => metrics.requests.of('101').add(),
    }),
    metrics: metrics.registry,
    configure(next) {
      live.replace(next);
      desk.configured();
    },
    async close() {
      state = 'stopping';
      broker.close();
      const uploaded = Promise.all([uploads.close(), recordings.close()]);
      // The desk first learns that it closes, so that sockets closed now are nobody's absence.
      const settled = desk.close();
      await sockets.close();
      await Promise.all([settled, uploaded]);
      // Last, so that whom we sent away is connected elsewhere by the time the others miss them.
      await cluster.close();
    },
  };
}

/** Windows and peers in one page of a snapshot: less than any store takes for one message. */
const PAGE = 64;

/** Tells an instance all that this one has, at least that it is nothing. */
function tellAll(cluster: Cluster, { directory }: Desk, broker: Broker, to: string): void {
  const [windows, peers] = [directory.here(), broker.here()];
  const end = Math.max(1, windows.length, peers.length);
  for (let from = 0; from < end; from += PAGE) {
    const page = [from, from + PAGE] as const;
    cluster.tell({
      type: 'snapshot',
      to,
      isFirst: from === 0,
      isLast: from + PAGE >= end,
      windows: windows.slice(...page),
      peers: peers.slice(...page),
    });
  }
}
