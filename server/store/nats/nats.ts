import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { LocalBus, logSubscriberFailure, type SubscriberFailure } from '../local-bus.ts';
import {
  type Appended,
  type Document,
  type LogPage,
  type LogRecord,
  type Store,
  StoreError,
  type Unsubscribe,
  type Version,
} from '../port.ts';
import { UnderWay } from '../under-way.ts';
import { untilAborted } from '../until-aborted.ts';
import { type NatsAddress, parseNatsAddress } from './address.ts';
import { NatsBus } from './bus.ts';
import { NatsDocuments } from './documents.ts';
import { isForming, natsError } from './error.ts';
import { NatsLink } from './link.ts';
import { NatsLogs } from './logs.ts';
import { documentSubject, ensureStreams, logSubject, type NatsStreams } from './streams.ts';

export interface NatsOptions {
  /** Told what a subscriber of {@link Store.subscribe} threw; default: written to the console. */
  readonly onSubscriberFailure?: SubscriberFailure;
}

/** The first that forgets the marks of deleted documents by itself and reads in batches. */
const MIN_VERSION = [2, 11];
/** For one request; whoever asks tries again. In milliseconds. */
const REQUEST_TIMEOUT = 2_000;
const RECONNECT_WAIT = 200;
const LONGEST_FLUSH = 500;
/** For a cluster to form, and between two looks at it. */
const FORMING = 15_000;
const FORMING_PAUSE = 200;

/**
 * Opens the store in NATS JetStream at an {@link parseNatsAddress address}, creating its streams where they
 * are missing. A lost connection comes back by itself; calls wait for it, and for a cluster that elects a
 * leader, some 15 seconds before they fail with `store.unavailable`.
 *
 * A change is acknowledged when most replicas have it. Changes of one document or log are applied in the order
 * they were issued in; those of different ones travel side by side.
 *
 * @throws {StoreError} `store.unavailable` when no server can be reached or it is too old
 */
export async function openNats(text: string, options: NatsOptions = {}): Promise<Store> {
  const address = parseNatsAddress(text);
  if (typeof address === 'string')
    throw new StoreError('store.unavailable', `Cannot open the store at ${hidden(text)}: ${address}`);
  const name = hidden(text);
  let connection: NatsConnection | undefined;
  try {
    connection = await connect({
      servers: [...address.servers],
      ...(address.user !== undefined && { user: address.user }),
      ...(address.password !== undefined && { pass: address.password }),
      name: address.name,
      maxReconnectAttempts: -1,
      reconnectTimeWait: RECONNECT_WAIT,
      noAsyncTraces: true,
    });
    assertVersion(connection.info?.version ?? '');
    const open = connection;
    const manager = await onceFormed(() => jetstreamManager(open, { timeout: REQUEST_TIMEOUT }));
    const streams = await onceFormed(() => ensureStreams(manager, address));
    const client = jetstream(connection, { timeout: REQUEST_TIMEOUT });
    const local = new LocalBus(options.onSubscriberFailure ?? logSubscriberFailure);
    return new NatsStore(new NatsLink(connection, client, manager, name), local, address, streams);
  } catch (error) {
    await connection?.close();
    throw natsError(`open the store at ${name}`, error);
  }
}

/** A cluster that comes up or elects a leader answers after some seconds: no reason to give up a start. */
async function onceFormed<T>(work: () => Promise<T>): Promise<T> {
  const end = performance.now() + FORMING;
  while (true) {
    try {
      return await work();
    } catch (error) {
      if (!isForming(error) || performance.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, FORMING_PAUSE));
    }
  }
}

class NatsStore implements Store {
  readonly epoch: string;
  readonly isShared = true;
  readonly #link: NatsLink;
  readonly #local: LocalBus;
  readonly #bus: NatsBus;
  readonly #documents: NatsDocuments;
  readonly #logs: NatsLogs;
  readonly #changes = new UnderWay();
  readonly #reads = new UnderWay();
  #closed: Promise<void> | undefined;

  constructor(link: NatsLink, local: LocalBus, { name }: NatsAddress, streams: NatsStreams) {
    this.epoch = streams.epoch;
    this.#link = link;
    this.#local = local;
    this.#bus = new NatsBus(link.connection, local, name);
    this.#documents = new NatsDocuments(link, streams.documents, documentSubject(name), this.#changes);
    this.#logs = new NatsLogs(link, streams.logs, logSubject(name), this.#changes);
  }

  async get<T>(key: string): Promise<Document<T> | null> {
    return await this.#reading(() => this.#documents.get<T>(key));
  }

  async put<T>(key: string, value: T, expected: Version | null): Promise<Version | null> {
    this.#link.assertOpen();
    return await this.#documents.put(key, value, expected);
  }

  async delete(key: string, expected: Version): Promise<boolean> {
    this.#link.assertOpen();
    return await this.#documents.delete(key, expected);
  }

  async list<T>(prefix: string, options: { after?: string; limit?: number } = {}): Promise<Document<T>[]> {
    const { after = '', limit = 1000 } = options;
    return await this.#reading(() => this.#documents.list<T>(prefix, after, limit));
  }

  async append<R extends LogRecord>(log: string, record: R): Promise<Appended<R>> {
    this.#link.assertOpen();
    return await this.#logs.append(log, record);
  }

  async read<R extends LogRecord>(log: string, after: number, limit = 500): Promise<LogPage<R>> {
    return await this.#reading(() => this.#logs.read<R>(log, after, limit));
  }

  publish(subject: string, message: unknown): Promise<void> {
    return this.#bus.publish(subject, message);
  }

  subscribe(subject: string, handler: (message: unknown) => void): Unsubscribe {
    return this.#bus.subscribe(subject, handler);
  }

  ask(subject: string, message: unknown, signal?: AbortSignal): Promise<unknown> {
    return this.#bus.ask(subject, message, signal);
  }

  answer(subject: string, handler: (message: unknown) => unknown | Promise<unknown>): Unsubscribe {
    return this.#bus.answer(subject, handler);
  }

  close(): Promise<void> {
    this.#closed ??= this.#release();
    return this.#closed;
  }

  async #release(): Promise<void> {
    this.#link.close();
    this.#bus.close();
    // What is asked here is answered that nobody is there any more, before the connection goes.
    this.#local.close();
    await Promise.all([this.#changes.all(), this.#reads.all()]);
    // Without a connection there is nobody to wait for.
    await untilAborted(this.#leave(), AbortSignal.timeout(LONGEST_FLUSH)).catch(() => {});
    await this.#link.connection.close();
  }

  async #leave(): Promise<void> {
    await this.#bus.drain();
    // The answers to what still came in are on their way.
    await this.#link.connection.flush();
  }

  #reading<T>(read: () => Promise<T>): Promise<T> {
    this.#link.assertOpen();
    return this.#reads.track('', read());
  }
}

function assertVersion(version: string): void {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = MIN_VERSION;
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  throw new Error(`its version is ${version}, and ${MIN_VERSION.join('.')} is the oldest that will do`);
}

/** Passwords do not belong into a log. */
const hidden = (text: string): string => text.replace(/\/\/[^@/]*@/, '//…@');
