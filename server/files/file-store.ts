import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { Store } from '../store/port.ts';

/** What is known of a stored file. It exists once all bytes are on disk. */
export interface FileHead {
  readonly contact: string;
  readonly name: string;
  /** Media type. */
  readonly mime: string;
  readonly size: number;
  /** In hexadecimal. */
  readonly sha256: string;
  /** Who sent it. */
  readonly by: string;
  readonly at: number;
}

/** An upload under way, so that what a crash leaves of it is found. */
interface Upload {
  readonly contact: string;
  /** Id of the entry in the contact's log that will tell of it. */
  readonly entry: string;
  /** When it began. */
  readonly at: number;
}

/** Written out in base64 this stays below 64 KiB, the most that some stores take for one document. */
const CHUNK = 40 * 1024;
const UPLOADS = 'upload/';

const headKey = (file: string): string => `file/${file}`;
const chunkKey = (file: string, n: number): string => `file/${file}/${n}`;

/** The bytes of files, in documents of the store. */
export class FileStore {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Notes that a file is on its way. To be ended by {@link settle} or {@link discard}. */
  async begin(file: string, upload: Upload): Promise<void> {
    await this.#store.put(UPLOADS + file, upload, null);
  }

  /** Writes the bytes as they come; resolves with their number and hash once they are on disk. */
  async write(file: string, bytes: AsyncIterable<Uint8Array>): Promise<{ size: number; sha256: string }> {
    const hash = createHash('sha256');
    let size = 0;
    let n = 0;
    for await (const chunk of inChunks(bytes)) {
      hash.update(chunk);
      size += chunk.length;
      await this.#store.put(chunkKey(file, n++), Buffer.from(chunk).toString('base64'), null);
    }
    return { size, sha256: hash.digest('hex') };
  }

  /** Pieces of the size in which files are stored, for {@link put}. */
  chunks(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    return inChunks(bytes);
  }

  /**
   * Writes one chunk, also over what a crash or a sender given up has left of it. `isOurs` is asked between the look at what
   * is there and the writing: who has lost the right to write by then writes nothing, and who loses it later is overwritten by
   * whoever has it.
   * @returns false where it is not ours any more
   */
  async put(file: string, n: number, chunk: Uint8Array, isOurs: () => Promise<boolean>): Promise<boolean> {
    const key = chunkKey(file, n);
    const text = Buffer.from(chunk).toString('base64');
    while (true) {
      const left = await this.#store.get(key);
      if (!(await isOurs())) return false;
      if ((await this.#store.put(key, text, left?.version ?? null)) !== null) return true;
    }
  }

  async complete(file: string, head: FileHead): Promise<void> {
    await this.#store.put(headKey(file), head, null);
  }

  /** The file is in the log of its contact: it stays. */
  async settle(file: string): Promise<void> {
    await this.#remove(UPLOADS + file);
  }

  /** Leaves nothing of the file behind. */
  async discard(file: string): Promise<void> {
    await this.#remove(headKey(file));
    let chunks = 0;
    while (await this.#store.get(chunkKey(file, chunks))) chunks++;
    // From the last, so that whoever has to begin again finds all that is left.
    while (chunks-- > 0) await this.#remove(chunkKey(file, chunks));
    await this.#remove(UPLOADS + file);
  }

  async *uploads(): AsyncGenerator<Upload & { readonly file: string }> {
    for (let after = ''; ; ) {
      const page = await this.#store.list<Upload>(UPLOADS, { after });
      for (const { key, value } of page) yield { ...value, file: key.slice(UPLOADS.length) };
      const last = page.at(-1);
      if (!last) return;
      after = last.key;
    }
  }

  async head(file: string): Promise<FileHead | null> {
    return (await this.#store.get<FileHead>(headKey(file)))?.value ?? null;
  }

  /** The bytes of a file that exists, read as fast as they are taken. */
  bytes(file: string): ReadableStream<Uint8Array<ArrayBuffer>> {
    let n = 0;
    return new ReadableStream(
      {
        pull: async (controller) => {
          const chunk = await this.#store.get<string>(chunkKey(file, n++));
          if (chunk) controller.enqueue(new Uint8Array(Buffer.from(chunk.value, 'base64')));
          else controller.close();
        },
      },
      { highWaterMark: 0 },
    );
  }

  async #remove(key: string): Promise<boolean> {
    const document = await this.#store.get(key);
    return document !== null && (await this.#store.delete(key, document.version));
  }
}

async function* inChunks(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let chunk = new Uint8Array(CHUNK);
  let filled = 0;
  for await (const piece of bytes) {
    for (let from = 0; from < piece.length; ) {
      const part = piece.subarray(from, from + CHUNK - filled);
      chunk.set(part, filled);
      from += part.length;
      filled += part.length;
      if (filled < CHUNK) continue;
      yield chunk;
      chunk = new Uint8Array(CHUNK);
      filled = 0;
    }
  }
  if (filled > 0) yield chunk.subarray(0, filled);
}
