import type { FileEntry } from '../../core/protocol/server-frames.ts';
import type { Cancel, Timers } from '../broker/timers.ts';
import type { Refusal } from '../desk/outcome.ts';
import type { SentFile, SentFiles } from '../desk/sent-files.ts';
import type { Ids } from '../ids.ts';
import type { Log } from '../log.ts';
import { arriving, BrokenError, LONGEST } from './arriving.ts';
import { BytesError, checkedBytes } from './checked-bytes.ts';
import type { FileStore } from './file-store.ts';

export interface UploadsDeps {
  readonly files: FileStore;
  readonly sent: SentFiles;
  readonly ids: Ids;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly timers: Timers;
  readonly log: Pick<Log, 'failed'>;
}

/** A file on its way, all of it admitted but its bytes. */
export interface Incoming {
  readonly who: Parameters<SentFiles['append']>[0];
  readonly contact: string;
  readonly file: Pick<SentFile, 'id' | 'name' | 'mime' | 'width' | 'height'>;
  readonly maxBytes: number;
  readonly body: ReadableStream<Uint8Array>;
}

export type Received =
  | { readonly ok: true; readonly entry: FileEntry }
  | Refusal
  | { readonly ok: false; readonly code: 'upload.broken'; readonly reason: string };

/** Brings files from the network into the store and the log of their contact: whole, or not at all. */
export class Uploads {
  readonly #deps: UploadsDeps;
  readonly #running = new Set<Promise<unknown>>();
  readonly #closing = new AbortController();
  #stopTimer: Cancel = () => {};

  constructor(deps: UploadsDeps) {
    this.#deps = deps;
  }

  /** Clears away what crashes left half done, now and for as long as this runs. */
  async start(): Promise<void> {
    const { files, sent, clock, timers, log } = this.#deps;
    this.#stopTimer = timers.after(LONGEST, () => {
      this.start().catch((error: unknown) => log.failed('uploads.failed', error));
    });
    for await (const { file, contact, entry, at } of files.uploads()) {
      // Another instance may be at it; what is older was left behind by a crash.
      if (clock() - at <= LONGEST) continue;
      if (await sent.has(contact, entry, file)) await files.settle(file);
      else await files.discard(file);
    }
  }

  /** Resolves once bytes and entry are on disk, or nothing of them is. */
  receive(incoming: Incoming): Promise<Received> {
    const received = this.#receive(incoming);
    const tidy = () => this.#running.delete(received);
    this.#running.add(received);
    received.then(tidy, tidy);
    return received;
  }

  /** Breaks off what is under way; resolves when nothing of it is left. */
  async close(): Promise<void> {
    this.#stopTimer();
    this.#closing.abort();
    await Promise.allSettled(this.#running);
  }

  async #receive(incoming: Incoming): Promise<Received> {
    const { files, ids, clock } = this.#deps;
    const file = ids();
    let isKept = false;
    try {
      await files.begin(file, { contact: incoming.contact, entry: incoming.file.id, at: clock() });
      const received = await this.#store(file, incoming);
      isKept = received.ok && received.entry.file === file;
      return received;
    } catch (error) {
      if (error instanceof BytesError) return { ok: false, code: error.code, reason: error.message };
      if (error instanceof BrokenError)
        return { ok: false, code: 'upload.broken', reason: 'the connection was lost' };
      throw error;
    } finally {
      await (isKept ? files.settle(file) : files.discard(file));
    }
  }

  async #store(file: string, incoming: Incoming): Promise<Received> {
    const { files, sent, clock, timers } = this.#deps;
    const { who, contact, maxBytes } = incoming;
    const { name, mime } = incoming.file;
    const pieces = arriving(incoming.body, { clock, timers, signal: this.#closing.signal });
    const { size, sha256 } = await files.write(file, checkedBytes(pieces, mime, maxBytes));
    await files.complete(file, { contact, name, mime, size, sha256, by: who.id, at: clock() });
    return sent.append(who, contact, { ...incoming.file, file, size });
  }
}
