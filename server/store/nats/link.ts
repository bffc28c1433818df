import type { JetStreamClient, JetStreamManager, StoredMsg } from '@nats-io/jetstream';
import { headers, type NatsConnection } from '@nats-io/transport-node';
import { StoreError } from '../port.ts';
import { isConflict, isPassing, natsError } from './error.ts';

/** Names the write that put a message there, so that one tried again knows what it has written itself. */
const MARK = 'Vicino-Mark';
/** A cluster that lost its leader takes writes again after some five seconds. */
const PATIENCE = 15_000;
const FIRST_PAUSE = 50;
const LONGEST_PAUSE = 500;

/** Room for ours and those of JetStream. */
const HEADERS = 1_024;
const DEFAULT_PAYLOAD = 1_048_576;

export interface NatsWrite {
  readonly subject: string;
  readonly data: string;
  /** Sequence of the subject's last message that the write is to follow, 0 for none. */
  readonly after: number;
  readonly mark: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The connection, and how its failures are met: again while there is hope, and typed when there is none. */
export class NatsLink {
  readonly connection: NatsConnection;
  readonly #client: JetStreamClient;
  readonly #manager: JetStreamManager;
  /** The address without what is secret in it. */
  readonly #name: string;
  #closed = false;

  constructor(connection: NatsConnection, client: JetStreamClient, manager: JetStreamManager, name: string) {
    this.connection = connection;
    this.#client = client;
    this.#manager = manager;
    this.#name = name;
  }

  /** Refuses everything that is begun later. */
  close(): void {
    this.#closed = true;
  }

  assertOpen(): void {
    if (this.#closed)
      throw new StoreError('store.closed', `Cannot use the store at ${this.#name}: it is closed`);
  }

  /**
   * Runs `work` until it gives something but `undefined`: at once when it has found that it must begin anew,
   * after a pause when it has failed in passing.
   */
  async patiently<T>(action: 'read from' | 'write to', work: () => Promise<T | undefined>): Promise<T> {
    const end = performance.now() + PATIENCE;
    let pause = FIRST_PAUSE;
    while (true) {
      try {
        const result = await work();
        if (result !== undefined) return result;
        if (performance.now() > end) throw new Error('others change the same all the time');
      } catch (error) {
        if (this.#closed || !isPassing(error) || performance.now() > end)
          throw natsError(`${action} the store at ${this.#name}`, error);
        await new Promise((resolve) => setTimeout(resolve, pause));
        pause = Math.min(2 * pause, LONGEST_PAUSE);
      }
    }
  }

  /**
   * Publishes once, and gives the sequence; else `conflict` when the subject had moved on, or `unanswered`: then it may have
   * happened all the same.
   */
  async publish(write: NatsWrite): Promise<number | 'conflict' | 'unanswered'> {
    const { subject, data, after, mark, headers: more = {} } = write;
    const bytes = this.#encode(subject, data);
    const head = headers();
    head.set(MARK, mark);
    for (const [name, value] of Object.entries(more)) head.set(name, value);
    try {
      const expect = { lastSubjectSequence: after };
      return (await this.#client.publish(subject, bytes, { headers: head, expect })).seq;
    } catch (error) {
      if (isConflict(error)) return 'conflict';
      if (isPassing(error)) return 'unanswered';
      throw error;
    }
  }

  /** What the leader of the stream holds: the last message of a subject, or the one with a sequence. */
  find(stream: string, query: { last_by_subj: string } | { seq: number }): Promise<StoredMsg | null> {
    return this.#manager.streams.getMessage(stream, query);
  }

  /** The first message of a subject from a sequence on, as the leader of the stream holds it. */
  findNext(stream: string, seq: number, subject: string): Promise<StoredMsg | null> {
    return this.#manager.streams.getMessage(stream, { seq, next_by_subj: subject } as { seq: number });
  }

  /** Subjects of the stream that have a message. */
  async subjects(stream: string, filter: string): Promise<string[]> {
    const { state } = await this.#manager.streams.info(stream, { subjects_filter: filter });
    return Object.keys(state.subjects ?? {});
  }

  /** @throws {StoreError} `store.full` when the servers take no message of this size */
  #encode(subject: string, data: string): Uint8Array {
    const bytes = new TextEncoder().encode(data);
    const room = (this.connection.info?.max_payload ?? DEFAULT_PAYLOAD) - HEADERS;
    if (bytes.length <= room) return bytes;
    const reason = `it takes ${bytes.length} bytes, and ${room} fit`;
    throw new StoreError('store.full', `Cannot write ${subject} to the store: ${reason}`);
  }
}

export const markOf = (message: StoredMsg): string => message.header.get(MARK);
