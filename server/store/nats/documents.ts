import type { StoredMsg } from '@nats-io/jetstream';
import { jsonText } from '../json-text.ts';
import { type Document, StoreError, type Version } from '../port.ts';
import type { UnderWay } from '../under-way.ts';
import { markOf, type NatsLink } from './link.ts';
import { fromSubject, toSubject } from './subject.ts';

/** As the `nats kv` command marks what was deleted. */
const OPERATION = 'KV-Operation';
const DELETED = { [OPERATION]: 'DEL', 'Nats-TTL': '1h' };
/** Documents of a list asked for at once. */
const AT_ONCE = 100;

/** Documents as the last messages of their subjects; the sequence is the version. */
export class NatsDocuments {
  readonly #link: NatsLink;
  readonly #stream: string;
  readonly #prefix: string;
  readonly #changes: UnderWay;

  constructor(link: NatsLink, stream: string, prefix: string, changes: UnderWay) {
    this.#link = link;
    this.#stream = stream;
    this.#prefix = prefix;
    this.#changes = changes;
  }

  async get<T>(key: string): Promise<Document<T> | null> {
    await this.#changes.of(targetOf(key));
    return await this.#link.patiently('read from', () => this.#find<T>(key));
  }

  put<T>(key: string, value: T, expected: Version | null): Promise<Version | null> {
    return this.#replace(key, jsonText(value), {}, expected);
  }

  async delete(key: string, expected: Version): Promise<boolean> {
    return (await this.#replace(key, '', DELETED, expected)) !== null;
  }

  async list<T>(prefix: string, after: string, limit: number): Promise<Document<T>[]> {
    await this.#changes.all();
    return await this.#link.patiently('read from', async () => {
      const keys = await this.#keys(prefix);
      const wanted = keys.filter((key) => key > after).sort();
      const documents: Document<T>[] = [];
      // Some of the keys are those of deleted documents.
      for (let n = 0; n < wanted.length && documents.length < limit; n += AT_ONCE) {
        const found = await Promise.all(wanted.slice(n, n + AT_ONCE).map((key) => this.#find<T>(key)));
        documents.push(...found.filter((document) => document !== null));
      }
      return documents.slice(0, limit);
    });
  }

  async #find<T>(key: string): Promise<Document<T> | null> {
    const message = await this.#last(key);
    return message && !isDeleted(message)
      ? { key, value: message.json<T>(), version: String(message.seq) }
      : null;
  }

  #replace(
    key: string,
    data: string,
    headers: Readonly<Record<string, string>>,
    expected: Version | null,
  ): Promise<Version | null> {
    const mark = crypto.randomUUID();
    const subject = this.#prefix + toSubject(key);
    let after = expected === null ? 0 : sequenceOf(expected);
    let isUncertain = false;
    return this.#changes.run(targetOf(key), () =>
      this.#link.patiently('write to', async () => {
        if (after === null) return null;
        const sequence = await this.#link.publish({ subject, data, after, mark, headers });
        if (typeof sequence === 'number') return String(sequence);
        isUncertain ||= sequence === 'unanswered';
        const last = await this.#last(key);
        if (last && markOf(last) === mark) return String(last.seq);
        // Behind the mark of a deletion there is room for a new document.
        const fits = expected === null ? !last || isDeleted(last) : last?.seq === after && !isDeleted(last);
        if (!fits && isUncertain) throw this.#uncertain(key);
        if (!fits) return null;
        after = last?.seq ?? 0;
        return undefined;
      }),
    );
  }

  /** Ours may have been taken and replaced by another one since: nothing is left to tell by. */
  #uncertain(key: string): StoreError {
    const reason = 'the answer was lost, and another write has followed';
    return new StoreError('store.unavailable', `Cannot tell whether ${key} was written: ${reason}`);
  }

  #last(key: string): Promise<StoredMsg | null> {
    return this.#link.find(this.#stream, { last_by_subj: this.#prefix + toSubject(key) });
  }

  /** Asks for the whole segments of the prefix, since a filter knows no others. */
  async #keys(prefix: string): Promise<string[]> {
    const segments = prefix.slice(0, prefix.lastIndexOf('/') + 1);
    const subjects = await this.#link.subjects(this.#stream, `${this.#prefix}${toSubject(segments)}>`);
    return subjects
      .map((subject) => fromSubject(subject.slice(this.#prefix.length)))
      .filter((key) => key.startsWith(prefix));
  }
}

const targetOf = (key: string): string => `document ${key}`;
const isDeleted = (message: StoredMsg): boolean => message.header.has(OPERATION);
/** Null for what is the version of nothing. */
const sequenceOf = (version: Version): number | null =>
  /^[1-9]\d{0,15}$/.test(version) ? Number(version) : null;
