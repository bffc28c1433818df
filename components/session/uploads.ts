import type { FileEntry } from '../../core/protocol/server-frames.ts';
import type { PendingMessage, TranscriptEvent } from '../../core/transcript/transcript.ts';
import type { ContactStore, Upload } from '../store/contact-store.ts';
import type { Durable } from '../store/durable.ts';
import type { DirectTalk } from './direct-talk.ts';
import { newId } from './new-id.ts';

export interface UploadsOptions {
  /** Origin of the server. */
  readonly server: string;
  readonly contact: string;
  /** The newest token of whoever sends. */
  readonly token: () => string;
  readonly store: ContactStore;
  readonly durable: Durable;
  /** Of the logs on the server, as the newest welcome said. */
  readonly epoch: () => string;
  readonly transcribe: (event: TranscriptEvent) => void;
  /** What goes over a call; null while there was none. */
  readonly direct: () => Promise<DirectTalk> | null;
}

/**
 * Files of one contact on their way, each with its progress in the contact's store. Over a call they go to the other
 * browser first; from then on they are pending like messages, kept here, until the server has them, too.
 */
export interface Uploads {
  send(files: readonly File[]): void;
  /** Hands in a file that is pending. Nothing happens while that is under way. */
  resume(message: PendingMessage): void;
  /** Stops one, or puts away one that could not be sent. */
  cancel(id: string): void;
  /** Stops all. */
  close(): void;
}

const CREATED = 201;
/** From here on it is not the file that is wrong. */
const SERVER_FAILED = 500;
/** Milliseconds until what could not be handed in is tried again, should no new connection ask for it before. */
const RETRY = 10_000;

/** Why a file is not on the server. `lost`: nothing is known of it, trying again is safe. */
class UploadError extends Error {
  constructor(
    message: string,
    readonly lost = false,
  ) {
    super(message);
  }
}

export function createUploads(options: UploadsOptions): Uploads {
  const { server, contact, token, store, durable, epoch, transcribe } = options;
  const running = new Map<string, AbortController>();
  const closing = new AbortController();
  const fileKey = (id: string) => `contact/${contact}/file/${id}`;

  /** Resolves when the file is in the log. */
  const handIn = async (
    upload: Upload,
    file: Blob,
    onProgress: (sent: number) => void,
    signal: AbortSignal,
  ) => {
    const [measured] = await Promise.all([pixelsOf(file, upload.mime), known(store, signal)]);
    const address = `${server}/api/contacts/${contact}/files`;
    const headers = {
      authorization: `Bearer ${token()}`,
      'content-type': upload.mime,
      'x-file-id': upload.id,
      'x-file-name': encodeURIComponent(upload.name),
      ...(measured ? { 'x-file-size': measured } : {}),
    };
    const entry = await post(address, headers, file, onProgress, signal);
    transcribe({ type: 'appended', epoch: epoch(), entry });
  };

  /** Makes it pending, with its bytes on this device where it lets us. */
  const hold = async ({ id, name, mime, size }: Upload, file: File) => {
    await durable.set(fileKey(id), file).catch(() => {});
    transcribe({ type: 'write', message: { id, text: name, at: Date.now(), file: { mime, size } } });
    store.dispatch({ type: 'upload-gone', id });
  };

  const start = async (file: File): Promise<void> => {
    const stopped = new AbortController();
    const { signal } = stopped;
    let upload: Upload = {
      id: newId(),
      name: file.name,
      mime: file.type || 'application/octet-stream',
      size: file.size,
      sent: 0,
      problem: null,
    };
    const { id, mime } = upload;
    let held = false;
    const show = (change: Partial<Upload>): void => {
      if (signal.aborted || held) return;
      upload = { ...upload, ...change };
      store.dispatch({ type: 'upload', upload });
    };
    const onProgress = (sent: number) => show({ sent });
    running.set(id, stopped);
    show({});
    try {
      const direct = await options.direct()?.catch(() => null);
      if (direct?.canSend(mime, file.size)) {
        try {
          await direct.sendFile({ id, mime, file, onProgress, signal }, async () => {
            held = true;
            await hold(upload, file);
          });
        } catch (error) {
          const { message } = error as Error;
          if (message === 'declined')
            throw new UploadError('Cannot send the file: the other side does not want it.');
          onProgress(0);
        }
      }
      await handIn(upload, file, onProgress, signal);
      store.dispatch({ type: 'upload-gone', id });
    } catch (error) {
      if (held) failed(upload, error);
      else show({ problem: (error as Error).message });
    } finally {
      running.delete(id);
    }
  };

  /** What is pending stays so until the server has it, or says why it does not take it. */
  const failed = ({ id }: Pick<Upload, 'id'>, error: unknown) => {
    if (closing.signal.aborted) return;
    if (!(error instanceof UploadError) || !error.lost)
      return transcribe({ type: 'refused', id, reason: (error as Error).message });
    const timer = setTimeout(() => {
      const message = store.state.transcript.pending.find((one) => one.id === id);
      if (message) void resume(message);
    }, RETRY);
    closing.signal.addEventListener('abort', () => clearTimeout(timer));
  };

  const resume = async ({ id, text: name, file }: PendingMessage): Promise<void> => {
    if (!file || running.has(id) || closing.signal.aborted) return;
    const stopped = new AbortController();
    running.set(id, stopped);
    const upload = { id, name, ...file, sent: 0, problem: null };
    try {
      const bytes = await durable.get<Blob>(fileKey(id)).catch(() => undefined);
      if (!bytes) throw new UploadError('Cannot send the file: this browser did not keep it.');
      await handIn(upload, bytes, () => {}, stopped.signal);
    } catch (error) {
      failed(upload, error);
    } finally {
      running.delete(id);
    }
  };

  return {
    send(files) {
      for (const file of files) void start(file);
    },
    resume: (message) => void resume(message),
    cancel(id) {
      const stopped = running.get(id);
      // What the other side has is not taken back.
      if (store.state.uploads.some((upload) => upload.id === id && !upload.incoming)) stopped?.abort();
      store.dispatch({ type: 'upload-gone', id });
    },
    close() {
      closing.abort();
      for (const stopped of running.values()) stopped.abort();
    },
  };
}

/** Resolves when the server knows the contact: a file may be the first thing a visitor sends. */
function known(store: ContactStore, signal: AbortSignal): Promise<void> {
  if (store.state.view) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = store.subscribe(({ view }) => {
      if (!view) return;
      stop();
      resolve();
    });
    signal.addEventListener('abort', () => {
      stop();
      resolve();
    });
  });
}

/** Width and height of a picture, `640x480`, so that it has its place before it is loaded; null for what is none. */
async function pixelsOf(file: Blob, mime: string): Promise<string | null> {
  if (!mime.startsWith('image/')) return null;
  try {
    const picture = await createImageBitmap(file);
    const size = `${picture.width}x${picture.height}`;
    picture.close();
    return size;
  } catch {
    return null; // The server says what it thinks of it.
  }
}

/** `fetch` tells nothing of how much was sent. Rejects with a sentence for the sender. */
function post(
  address: string,
  headers: Readonly<Record<string, string>>,
  body: Blob,
  onProgress: (sent: number) => void,
  signal: AbortSignal,
): Promise<FileEntry> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const fail = (reason: string, lost = false) =>
      reject(new UploadError(`Cannot send the file: ${reason}.`, lost));
    request.open('POST', address);
    request.responseType = 'json';
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded }) => onProgress(Math.min(loaded, body.size));
    request.onerror = () => fail('the connection was lost', true);
    request.onabort = () => fail('it was cancelled', true);
    request.onload = () => {
      if (request.status === CREATED) return resolve(request.response.entry);
      const message: unknown = request.response?.message;
      if (request.status < SERVER_FAILED && typeof message === 'string')
        return reject(new UploadError(message));
      fail('the server did not take it', request.status >= SERVER_FAILED);
    };
    if (signal.aborted) return fail('it was cancelled');
    signal.addEventListener('abort', () => request.abort());
    request.send(body);
  });
}
