import type { LocalBus } from '../local-bus.ts';
import { StoreError, type Unsubscribe } from '../port.ts';
import { untilAborted } from '../until-aborted.ts';
import type { KvCommit } from './commit.ts';
import type { KvDraft } from './draft.ts';
import { answerKey, bellKey, inboxKey, MEMBERS } from './keys.ts';
import type { KvLetter, Reply } from './letter.ts';
import { KvMembers } from './members.ts';
import { newRow, readRow } from './row.ts';

/** Letters fetched at once, and deleted in one operation. */
const PAGE = 400;
/** Before the database is watched again after it could not be, in milliseconds. */
const PAUSE = 500;
const NOBODY: Reply = { ok: false, code: 'store.nobody', sentence: '' };

/**
 * Publish / subscribe / ask between the instances that share a KV database. A message is a row in the inbox of
 * every other instance; the bell beside it is what that instance watches. Who subscribes to what is known to
 * the instance alone, so that a subscription counts from the moment it is made.
 */
export class KvBus {
  readonly #kv: Deno.Kv;
  readonly #commit: KvCommit;
  readonly #local: LocalBus;
  readonly #members: KvMembers;
  readonly #closing = new AbortController();
  /** Handlers by subject; kept apart from whether the others could be told. */
  readonly #answering = new Map<string, number>();
  readonly #untold = new Set<string>();
  readonly #questions = new Map<string, { readonly to: string; readonly settle: (reply: Reply) => void }>();
  /** The last letter read of each sender, for a letter may be found again before it is deleted. */
  readonly #read = new Map<string, number>();
  #posted = 0;

  static async join(kv: Deno.Kv, commit: KvCommit, local: LocalBus, lease: number): Promise<KvBus> {
    const bus = new KvBus(kv, commit, local, lease);
    await bus.#members.join();
    void bus.#watch();
    bus.#beat(lease / 3);
    return bus;
  }

  private constructor(kv: Deno.Kv, commit: KvCommit, local: LocalBus, lease: number) {
    this.#kv = kv;
    this.#commit = commit;
    this.#local = local;
    this.#members = new KvMembers(kv, commit, lease, {
      onLeft: () => this.#giveUpOnThoseWhoLeft(),
      onReturned: () => this.#tellAll(),
    });
  }

  /** To the other instances; resolves when all have it in their inbox. */
  async publish(subject: string, message: unknown): Promise<void> {
    await this.#post({ type: 'message', subject, message: message ?? null });
  }

  /** Asks here first, then whoever says to answer, one after the other. */
  async ask(subject: string, message: unknown, signal?: AbortSignal): Promise<unknown> {
    if (this.#answering.has(subject)) return await this.#local.ask(subject, message, signal);
    const ended = AbortSignal.any([this.#closing.signal, ...(signal ? [signal] : [])]);
    ended.throwIfAborted();
    for (const instance of await untilAborted(this.#whoAnswers(subject), ended)) {
      const reply = await this.#askAt(instance, subject, message ?? null, ended);
      if (reply.ok) return reply.value;
      if (reply.code !== 'store.nobody') throw new StoreError(reply.code, reply.sentence);
    }
    throw new StoreError('store.nobody', `Cannot ask ${subject}: nobody answers it`);
  }

  answer(subject: string, handler: (message: unknown) => unknown | Promise<unknown>): Unsubscribe {
    const stop = this.#local.answer(subject, handler);
    this.#answering.set(subject, (this.#answering.get(subject) ?? 0) + 1);
    if (this.#answering.get(subject) === 1) this.#tell(subject);
    let stopped = false;
    return () => {
      if (stopped) return;
      stopped = true;
      stop();
      const left = (this.#answering.get(subject) ?? 1) - 1;
      if (left > 0) this.#answering.set(subject, left);
      else {
        this.#answering.delete(subject);
        this.#tell(subject);
      }
    };
  }

  /** Takes this instance out of the others' sight; what is asked and not answered yet fails. */
  async leave(): Promise<void> {
    this.#closing.abort(new StoreError('store.closed', 'Cannot use the store: it is closed'));
    await this.#members.remove(this.#members.me);
  }

  async #whoAnswers(subject: string): Promise<string[]> {
    return await this.#commit.read('members', async () => {
      const others = this.#members.ids.filter((id) => id !== this.#members.me);
      const found = await Promise.all(others.map((id) => this.#kv.get(answerKey(id, subject))));
      return others.filter((_, n) => found[n]?.versionstamp);
    });
  }

  async #askAt(to: string, subject: string, message: unknown, ended: AbortSignal): Promise<Reply> {
    const id = crypto.randomUUID();
    const replied = Promise.withResolvers<Reply>();
    this.#questions.set(id, { to, settle: replied.resolve });
    try {
      const question: KvLetter = { type: 'question', id, from: this.#members.me, subject, message };
      await untilAborted(this.#post(question, to), ended);
      if (!this.#members.ids.includes(to)) return NOBODY;
      return await untilAborted(replied.promise, ended);
    } finally {
      this.#questions.delete(id);
    }
  }

  #giveUpOnThoseWhoLeft(): void {
    for (const { to, settle } of this.#questions.values())
      if (!this.#members.ids.includes(to)) settle(NOBODY);
  }

  /** Puts a letter into the inbox of an instance, or of all others, in the order of the calls. */
  #post(letter: KvLetter, to?: string): Promise<void> {
    const { me, ids } = this.#members;
    const row = newRow(letter.type, JSON.stringify(letter));
    const number = ++this.#posted;
    const copies = to ? 1 : ids.length;
    return this.#commit.write({
      target: 'letter',
      weight: { mutations: 2 * copies, names: 200 * copies, bytes: row.bytes.length * copies },
      apply: async (draft: KvDraft) => {
        for (const member of await this.#members.hold(draft)) {
          if (member === me || (to && member !== to)) continue;
          draft.overwrite([...inboxKey(member), me, number], row);
          draft.ring(bellKey(member));
        }
        return () => {};
      },
    });
  }

  /** Lets the others know whether the subject is answered here. */
  #tell(subject: string): void {
    this.#untold.delete(subject);
    const key = answerKey(this.#members.me, subject);
    const told = this.#commit.write({
      target: 'answers',
      weight: { mutations: 1, names: key.join().length, bytes: 64 },
      apply: async (draft: KvDraft) => {
        draft.overwrite(key, this.#answering.has(subject) ? newRow(subject, '1') : null);
        return () => {};
      },
    });
    told.catch(() => this.#untold.add(subject));
  }

  #tellAll(): void {
    for (const subject of this.#answering.keys()) this.#tell(subject);
  }

  /** Ends when the bus closes. */
  async #watch(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      const reader = this.#kv.watch([MEMBERS, bellKey(this.#members.me)]).getReader();
      const stop = () => void reader.cancel().catch(() => {});
      signal.addEventListener('abort', stop, { once: true });
      try {
        for (let read = await reader.read(); !read.done; read = await reader.read()) {
          await this.#members.changed(read.value[0] as Deno.KvEntryMaybe<unknown>);
          await this.#fetch();
        }
      } catch {
        // The database cannot be reached now, or the bus has just been closed.
      } finally {
        signal.removeEventListener('abort', stop);
        stop();
      }
      await pause(PAUSE, signal);
    }
  }

  /** Reads what is in the inbox and empties it. */
  async #fetch(): Promise<void> {
    const prefix = inboxKey(this.#members.me);
    let entries: Deno.KvEntry<unknown>[];
    do {
      entries = await Array.fromAsync(this.#kv.list({ prefix }, { limit: PAGE, batchSize: PAGE }));
      for (const entry of entries) this.#open(entry);
      const emptied = this.#empty(entries.map(({ key }) => key));
      // Letters behind a full page are to be found next, not the same again.
      if (entries.length === PAGE) await emptied;
    } while (entries.length === PAGE);
  }

  #open(entry: Deno.KvEntry<unknown>): void {
    const [sender, number] = entry.key.slice(-2) as [string, number];
    if (number <= (this.#read.get(sender) ?? 0)) return;
    this.#read.set(sender, number);
    const letter: KvLetter = JSON.parse(readRow(entry).text);
    switch (letter.type) {
      case 'message':
        void this.#local.publish(letter.subject, letter.message).catch(() => {});
        return;
      case 'question':
        void this.#reply(letter).catch(() => {});
        return;
      case 'answer':
        this.#questions.get(letter.id)?.settle(letter.reply);
        return;
    }
  }

  async #reply({ id, from, subject, message }: KvLetter & { type: 'question' }): Promise<void> {
    const reply = await this.#local.ask(subject, message).then(
      (value): Reply => ({ ok: true, value }),
      (error: StoreError): Reply => ({ ok: false, code: error.code, sentence: error.message }),
    );
    await this.#post({ type: 'answer', id, reply }, from);
  }

  async #empty(keys: readonly Deno.KvKey[]): Promise<void> {
    if (keys.length === 0) return;
    const deleted = this.#commit.write({
      target: 'inbox',
      weight: { mutations: keys.length, names: 80 * keys.length, bytes: 0 },
      apply: async (draft: KvDraft) => {
        for (const key of keys) draft.overwrite(key, null);
        return () => {};
      },
    });
    // What stays is found again, known and deleted then.
    await deleted.catch(() => {});
  }

  /** Shows every `interval` milliseconds that this instance lives. */
  #beat(interval: number): void {
    const timer = setInterval(() => {
      for (const subject of this.#untold) this.#tell(subject);
      // Should the bell not have been heard. Of a beat that fails there will be another.
      Promise.all([this.#members.beat(performance.now()), this.#fetch()]).catch(() => {});
    }, interval);
    this.#closing.signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  }
}

/** Resolves after so many milliseconds, or when the signal aborts. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (signal.aborted) return Promise.resolve();
  const end = () => {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
    resolve();
  };
  const timer = setTimeout(end, milliseconds);
  signal.addEventListener('abort', end, { once: true });
  return promise;
}
