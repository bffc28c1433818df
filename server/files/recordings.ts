import { createHash } from 'node:crypto';
import type { FileEntry } from '../../core/protocol/server-frames.ts';
import type { Cancel, Timers } from '../broker/timers.ts';
import type { Refusal } from '../desk/outcome.ts';
import type { SentFiles } from '../desk/sent-files.ts';
import type { Ids } from '../ids.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/port.ts';
import { arriving, BrokenError } from './arriving.ts';
import type { FileStore } from './file-store.ts';

export interface RecordingsDeps {
  readonly store: Store;
  readonly files: FileStore;
  readonly sent: Pick<SentFiles, 'appendRecording'>;
  readonly ids: Ids;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly timers: Timers;
  readonly log: Pick<Log, 'failed'>;
}

/** A part of a recording on its way, all of it admitted but its bytes. */
export interface Part {
  readonly who: Parameters<SentFiles['append']>[0];
  readonly contact: string;
  /** Id of the entry the log will have. */
  readonly recording: string;
  readonly name: string;
  readonly mime: string;
  /** Where this part begins. */
  readonly offset: number;
  /** Of the whole recording: bytes, and SHA-256 in hexadecimal. */
  readonly size: number;
  readonly sha256: string;
  readonly body: ReadableStream<Uint8Array>;
}

export type Stored =
  | { readonly ok: true; readonly entry: FileEntry }
  /** More is to come, from here. */
  | { readonly ok: true; readonly entry: null; readonly offset: number }
  | Refusal
  | { readonly ok: false; readonly code: 'upload.busy'; readonly reason: string }
  | { readonly ok: false; readonly code: 'upload.offset'; readonly reason: string; readonly offset: number };

/** How far one has come. */
interface Progress {
  readonly file: string;
  readonly chunks: number;
  readonly size: number;
  /** Of its newest bytes. */
  readonly at: number;
}

const elsewhere = { ok: false, code: 'upload.busy', reason: 'it is going on elsewhere' } as const;

const PREFIX = 'recording/';
const keyOf = (contact: string, recording: string): string => `${PREFIX}${contact}/${recording}`;
/** What was not gone on with for so long is forgotten, milliseconds. */
const FORGOTTEN = 7 * 24 * 60 * 60_000;
const SWEEP = 60 * 60_000;

/** Takes recordings in as many parts as the network breaks them into; the log tells of those that are whole. */
export class Recordings {
  readonly #deps: RecordingsDeps;
  readonly #running = new Map<string, Promise<unknown>>();
  readonly #closing = new AbortController();
  #stopTimer: Cancel = () => {};

  constructor(deps: RecordingsDeps) {
    this.#deps = deps;
  }

  /** Clears away what nobody went on with, now and for as long as this runs. */
  async start(): Promise<void> {
    const { store, clock, timers, log } = this.#deps;
    this.#stopTimer = timers.after(SWEEP, () => {
      this.start().catch((error: unknown) => log.failed('recordings.failed', error));
    });
    for (let after = ''; ; ) {
      const page = await store.list<Progress>(PREFIX, { after });
      for (const { key, value } of page)
        if (clock() - value.at > FORGOTTEN) await this.#forget(key, value.file);
      const last = page.at(-1);
      if (!last) return;
      after = last.key;
    }
  }

  /** How many bytes are here. */
  async offset(contact: string, recording: string): Promise<number> {
    return (await this.#deps.store.get<Progress>(keyOf(contact, recording)))?.value.size ?? 0;
  }

  /** Resolves once the bytes that came are on disk, and with the last of them the entry. */
  async receive(part: Part): Promise<Stored> {
    const key = keyOf(part.contact, part.recording);
    if (this.#running.has(key))
      return { ok: false, code: 'upload.busy', reason: 'another part of it is on its way' };
    const received = this.#receive(key, part);
    this.#running.set(key, received);
    return await received.finally(() => this.#running.delete(key));
  }

  /** Breaks off what is under way; what came of it stays, to be gone on with. */
  async close(): Promise<void> {
    this.#stopTimer();
    this.#closing.abort();
    await Promise.allSettled(this.#running.values());
  }

  async #receive(key: string, part: Part): Promise<Stored> {
    const { store, files, ids, clock, timers } = this.#deps;
    const kept = await store.get<Progress>(key);
    let version = kept?.version ?? null;
    let progress: Progress = kept?.value ?? { file: ids(), chunks: 0, size: 0, at: clock() };
    const { size } = progress;
    if (part.offset !== size)
      return { ok: false, code: 'upload.offset', reason: `${size} bytes are here`, offset: size };
    // From here on this part has the right to go on, and no other that may still be on its way to another instance.
    version = await store.put(key, { ...progress, at: clock() }, version);
    if (version === null) return elsewhere;
    const isOurs = async () => (await store.get(key))?.version === version;
    const pieces = arriving(part.body, { clock, timers, signal: this.#closing.signal });
    try {
      for await (const chunk of files.chunks(pieces)) {
        if (progress.size + chunk.length > part.size) return await this.#damaged(key, progress.file);
        if (!(await files.put(progress.file, progress.chunks, chunk, isOurs))) return elsewhere;
        progress = {
          file: progress.file,
          chunks: progress.chunks + 1,
          size: progress.size + chunk.length,
          at: clock(),
        };
        version = await store.put(key, progress, version);
        if (version === null) return elsewhere;
      }
    } catch (error) {
      // What came before is here: the sender goes on behind it.
      if (!(error instanceof BrokenError)) throw error;
    }
    if (progress.size < part.size) return { ok: true, entry: null, offset: progress.size };
    return this.#finish(key, progress.file, part);
  }

  async #finish(key: string, file: string, part: Part): Promise<Stored> {
    const { files, sent, clock } = this.#deps;
    const { who, contact, recording, name, mime, size, sha256 } = part;
    const hash = createHash('sha256');
    for await (const chunk of files.bytes(file)) hash.update(chunk);
    if (hash.digest('hex') !== sha256) return this.#damaged(key, file);
    await files.complete(file, { contact, name, mime, size, sha256, by: who.id, at: clock() });
    const described = { id: recording, file, name, mime, size, width: null, height: null };
    const appended = await sent.appendRecording(who, contact, described);
    if (appended.ok) await this.#done(key);
    else await this.#forget(key, file);
    return appended;
  }

  async #damaged(key: string, file: string): Promise<Refusal> {
    await this.#forget(key, file);
    return { ok: false, code: 'file.damaged', reason: 'it is not what was announced; it has to begin anew' };
  }

  async #forget(key: string, file: string): Promise<void> {
    await this.#deps.files.discard(file);
    await this.#done(key);
  }

  async #done(key: string): Promise<void> {
    const kept = await this.#deps.store.get(key);
    if (kept) await this.#deps.store.delete(key, kept.version);
  }
}
