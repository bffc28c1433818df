import { jsonText } from '../json-text.ts';
import { type KnownLog, KnownLogs } from '../known-logs.ts';
import type { Appended, LogPage, LogRecord, StoredRecord } from '../port.ts';
import type { UnderWay } from '../under-way.ts';
import { markOf, type NatsLink } from './link.ts';
import { toSubject } from './subject.ts';

/** Offset of the entry before, which the sequence of a shared stream does not tell. */
const PREVIOUS = 'Vicino-Previous';
/** Entries asked for at once while a log is read through. */
const PAGE = 1_000;
const PAGE_WAIT = 5_000;

/** Logs as subjects of one stream, whose sequences are the offsets. */
export class NatsLogs {
  readonly #link: NatsLink;
  readonly #stream: string;
  readonly #prefix: string;
  readonly #changes: UnderWay;
  readonly #known = new KnownLogs();

  constructor(link: NatsLink, stream: string, prefix: string, changes: UnderWay) {
    this.#link = link;
    this.#stream = stream;
    this.#prefix = prefix;
    this.#changes = changes;
  }

  append<R extends LogRecord>(log: string, record: R): Promise<Appended<R>> {
    const data = jsonText(record);
    const { id } = record;
    const mark = crypto.randomUUID();
    const subject = this.#prefix + toSubject(log);
    const known = this.#known.recall(log);
    return this.#changes.run(targetOf(log), () =>
      this.#link.patiently('write to', async () => {
        const there = known.offsets.get(id);
        if (there !== undefined) return await this.#duplicate<R>(there, mark);
        const previous = known.head;
        const headers = { [PREVIOUS]: String(previous) };
        const offset = await this.#link.publish({ subject, data, after: previous, mark, headers });
        if (typeof offset === 'string') {
          await this.#catchUp(log, known);
          return undefined;
        }
        known.head = offset;
        known.offsets.set(id, offset);
        return { offset, previous, record: JSON.parse(data) as R, duplicate: false };
      }),
    );
  }

  async read<R extends LogRecord>(log: string, after: number, limit: number): Promise<LogPage<R>> {
    await this.#changes.of(targetOf(log));
    return await this.#link.patiently('read from', async () => {
      const head = await this.#head(log);
      const entries: StoredRecord<R>[] = [];
      let last = after;
      while (last < head && entries.length < limit) {
        const page = await this.#page<R>(log, last, limit - entries.length);
        entries.push(...page);
        last = page.at(-1)?.offset ?? head;
      }
      return { head: Math.max(head, entries.at(-1)?.offset ?? 0), entries };
    });
  }

  async #duplicate<R extends LogRecord>(offset: number, mark: string): Promise<Appended<R> | undefined> {
    const message = await this.#link.find(this.#stream, { seq: offset });
    if (!message) return undefined;
    const previous = Number(message.header.get(PREVIOUS));
    return { offset, previous, record: message.json<R>(), duplicate: markOf(message) !== mark };
  }

  async #head(log: string): Promise<number> {
    const last = await this.#link.find(this.#stream, { last_by_subj: this.#prefix + toSubject(log) });
    return last?.seq ?? 0;
  }

  async #catchUp(log: string, known: KnownLog): Promise<void> {
    const head = await this.#head(log);
    while (known.head < head) {
      const page = await this.#page(log, known.head, PAGE);
      for (const { offset, record } of page) known.offsets.set(record.id, offset);
      // None where somebody has taken entries out of the stream by hand.
      known.head = page.at(-1)?.offset ?? head;
    }
  }

  /**
   * The next entries, at least one, of a log that has some. From any replica, as that is one request; from the
   * leader when the replica lags behind it.
   */
  async #page<R extends LogRecord>(log: string, after: number, limit: number): Promise<StoredRecord<R>[]> {
    const subject = this.#prefix + toSubject(log);
    const query = { seq: after + 1, next_by_subj: subject, batch: Math.min(limit, PAGE) };
    const messages = await this.#link.connection.requestMany(
      `$JS.API.DIRECT.GET.${this.#stream}`,
      JSON.stringify(query),
      { strategy: 'sentinel', maxWait: PAGE_WAIT },
    );
    const entries: StoredRecord<R>[] = [];
    for await (const message of messages) {
      const { data, headers } = message;
      if (data.length === 0 || !headers) continue;
      const offset = Number(headers.get('Nats-Sequence'));
      entries.push({ offset, previous: Number(headers.get(PREVIOUS)), record: message.json<R>() });
    }
    if (entries.length > 0) return entries;
    const next = await this.#link.findNext(this.#stream, after + 1, subject);
    if (!next) return [];
    return [{ offset: next.seq, previous: Number(next.header.get(PREVIOUS)), record: next.json<R>() }];
  }
}

const targetOf = (log: string): string => `log ${log}`;
