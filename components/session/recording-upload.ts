import { createSha256 } from './sha256.ts';

/** The server will not have the recording, now or later. `code` as in docs/protocol/http.md. */
export class UploadRefusal extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export interface RecordingUpload {
  /** Origin of the server. */
  readonly server: string;
  readonly contact: string;
  /** The entry of the log will have it. */
  readonly id: string;
  readonly file: File;
  /** The newest token of the agent. */
  readonly token: () => string;
  /** Bytes that are there. */
  onProgress(sent: number): void;
  /** The server cannot be reached, or is not ready; it goes on by itself. */
  onWaiting(): void;
  readonly signal: AbortSignal;
}

/** Bytes that go in one request: proxies bound how much they take at once. */
const PART = 8 * 1024 * 1024;
const HASHED_AT_ONCE = 1024 * 1024;
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 30_000;

/** Refusals that stay the same however often one asks. */
const FINAL = ['request.malformed', 'contact.unknown', 'recording.off', 'file.too-large'];

interface Answer {
  readonly status: number;
  readonly body: {
    readonly entry?: object | null;
    readonly offset?: number;
    readonly code?: string;
    readonly message?: string;
  } | null;
}

/**
 * Sends a recording, from where the server says it has it, over as many requests, losses of the connection and restarts of
 * the server as it takes. Resolves when the server has all of it, checked, in the log of the contact.
 * @throws {UploadRefusal} when it will never take it; {Error} when the file cannot be read, or `signal` aborts.
 */
export async function uploadRecording(upload: RecordingUpload): Promise<void> {
  const { server, contact, id, file, onProgress, onWaiting, signal } = upload;
  const address = `${server}/api/contacts/${contact}/recordings/${id}`;
  const headers = {
    'content-type': file.type,
    'x-file-name': encodeURIComponent(file.name),
    'x-recording-size': String(file.size),
    'x-recording-sha256': await hashOf(file, signal),
  };
  /** Null: the server has to be asked. */
  let offset: number | null = null;
  let failures = 0;
  let isDamaged = false;
  while (true) {
    const authorization = `Bearer ${upload.token()}`;
    const from: number = offset ?? 0;
    const answer: Answer | null =
      offset === null
        ? await exchange('GET', address, { authorization }, null, () => {}, signal)
        : await exchange(
            'PUT',
            `${address}?offset=${from}`,
            { ...headers, authorization },
            file.slice(from, from + PART),
            (sent) => onProgress(Math.min(file.size, from + sent)),
            signal,
          );
    signal.throwIfAborted();
    const {
      entry,
      offset: next = 0,
      code = '',
      message = '',
    }: Exclude<Answer['body'], null> = answer?.body ?? {};
    const went = answer !== null && answer.status < 300;
    if (went && entry) return;
    if (went && (offset === null || next > offset)) {
      failures = 0;
      offset = next;
      onProgress(next);
      continue;
    }
    offset = null;
    if (FINAL.includes(code) || (code === 'file.damaged' && isDamaged))
      throw new UploadRefusal(code, message);
    // What is there may be of another version of this product; the second time it is this one's own fault.
    isDamaged ||= code === 'file.damaged';
    onWaiting();
    await pause(Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** failures++), signal);
  }
}

async function hashOf(file: Blob, signal: AbortSignal): Promise<string> {
  const hash = createSha256();
  for (let from = 0; from < file.size; from += HASHED_AT_ONCE) {
    hash.update(new Uint8Array(await file.slice(from, from + HASHED_AT_ONCE).arrayBuffer()));
    signal.throwIfAborted();
  }
  return hash.digest();
}

/** `fetch` tells nothing of how much was sent. Null: nobody answered. */
function exchange(
  method: 'GET' | 'PUT',
  address: string,
  headers: Readonly<Record<string, string>>,
  body: Blob | null,
  onProgress: (sent: number) => void,
  signal: AbortSignal,
): Promise<Answer | null> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open(method, address);
    request.responseType = 'json';
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded }) => onProgress(loaded);
    request.onload = () => resolve({ status: request.status, body: request.response });
    request.onloadend = () => resolve(null);
    const abort = () => request.abort();
    signal.addEventListener('abort', abort);
    request.addEventListener('loadend', () => signal.removeEventListener('abort', abort));
    if (signal.aborted) return resolve(null);
    request.send(body);
  });
}

/** So long, or until the network is back. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const over = new AbortController();
    const end = () => {
      over.abort();
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    addEventListener('online', end, { signal: over.signal });
    signal.addEventListener('abort', end, { signal: over.signal });
  });
}
