import type { FileEntry } from '../../core/protocol/server-frames.ts';
import type { ContactStore, Upload } from '../store/contact-store.ts';
import { newId } from './new-id.ts';

export interface UploadsOptions {
  /** Origin of the server. */
  readonly server: string;
  readonly contact: string;
  /** The newest token of whoever sends. */
  readonly token: () => string;
  readonly store: ContactStore;
  /** The file is on disk and in the log. */
  readonly onEntry: (entry: FileEntry) => void;
}

/** Files of one contact on their way to the server, each with its progress in the contact's store. */
export interface Uploads {
  send(files: readonly File[]): void;
  /** Stops one, or puts away one that could not be sent. */
  cancel(id: string): void;
  /** Stops all. */
  close(): void;
}

const CREATED = 201;

export function createUploads({ server, contact, token, store, onEntry }: UploadsOptions): Uploads {
  const running = new Map<string, AbortController>();

  const start = async (file: File): Promise<void> => {
    const stopped = new AbortController();
    let upload: Upload = {
      id: newId(),
      name: file.name,
      mime: file.type || 'application/octet-stream',
      size: file.size,
      sent: 0,
      problem: null,
    };
    const show = (change: Partial<Upload>): void => {
      if (stopped.signal.aborted) return;
      upload = { ...upload, ...change };
      store.dispatch({ type: 'upload', upload });
    };
    running.set(upload.id, stopped);
    show({});
    try {
      const [measured] = await Promise.all([pixelsOf(file), known(store, stopped.signal)]);
      const address = `${server}/api/contacts/${contact}/files`;
      const headers = {
        authorization: `Bearer ${token()}`,
        'content-type': upload.mime,
        'x-file-id': upload.id,
        'x-file-name': encodeURIComponent(file.name),
        ...(measured ? { 'x-file-size': measured } : {}),
      };
      const entry = await post(address, headers, file, (sent) => show({ sent }), stopped.signal);
      onEntry(entry);
      store.dispatch({ type: 'upload-gone', id: upload.id });
    } catch (error) {
      show({ problem: (error as Error).message });
    } finally {
      running.delete(upload.id);
    }
  };

  return {
    send(files) {
      for (const file of files) void start(file);
    },
    cancel(id) {
      running.get(id)?.abort();
      store.dispatch({ type: 'upload-gone', id });
    },
    close() {
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
async function pixelsOf(file: File): Promise<string | null> {
  if (!file.type.startsWith('image/')) return null;
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
    const fail = (reason: string) => reject(new Error(`Cannot send the file: ${reason}.`));
    request.open('POST', address);
    request.responseType = 'json';
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded }) => onProgress(Math.min(loaded, body.size));
    request.onerror = () => fail('the connection was lost');
    request.onabort = () => fail('it was cancelled');
    request.onload = () => {
      if (request.status === CREATED) return resolve(request.response.entry);
      const message: unknown = request.response?.message;
      if (typeof message === 'string') return reject(new Error(message));
      fail('the server did not take it');
    };
    if (signal.aborted) return fail('it was cancelled');
    signal.addEventListener('abort', () => request.abort());
    request.send(body);
  });
}
