import type { DirectFile, ReceivedFile } from '../store/call-factory.ts';

/** What is about to come; `hash` is its SHA-256. */
interface Offer {
  readonly type: 'offer';
  readonly id: string;
  readonly name: string;
  readonly mime: string;
  readonly size: number;
  readonly hash: string;
}

/** Everything about files is said in JSON; their bytes follow `want` as they are, one file after the other. */
type Word =
  | Offer
  /** Asks for the bytes from there on. */
  | { readonly type: 'want'; readonly id: string; readonly from: number }
  | { readonly type: 'have'; readonly id: string; readonly bytes: number }
  | { readonly type: 'done' | 'refuse' | 'cancel'; readonly id: string };

interface Outgoing {
  readonly file: DirectFile;
  readonly hash: string;
  end(reason: string | null): void;
}

interface Incoming {
  readonly offer: Offer;
  readonly parts: ArrayBuffer[];
  bytes: number;
}

const CHUNK = 64 * 1024;
/** Bytes that wait in the channel: more only takes memory. */
const MOST_BUFFERED = 16 * CHUNK;
const FEW_BUFFERED = 4 * CHUNK;
/** Chunks between two words of how far it came. */
const REPORT_EVERY = 4;
/** Held in memory until it is whole: larger files go through the server. */
export const LARGEST_DIRECT = 100 * 1024 * 1024;

/**
 * Files of one call, both ways, over whichever channel the call has: after a new attempt each goes on where the receiver
 * says. What arrives counts only when its hash is right.
 */
export class DirectFiles {
  #onFile: ((file: ReceivedFile) => void) | undefined;
  #channel: RTCDataChannel | null = null;
  #queue: Outgoing[] = [];
  #incoming: Incoming | null = null;
  #received = new Set<string>();
  /** Grows whenever what was being sent is no longer wanted. */
  #run = 0;
  #closed = false;

  /** @param onFile what arrives, whole and checked; without it no file is taken. */
  constructor(onFile: ((file: ReceivedFile) => void) | undefined) {
    this.#onFile = onFile;
  }

  /** Uses `channel` from now on. */
  attach(channel: RTCDataChannel): void {
    channel.binaryType = 'arraybuffer';
    channel.bufferedAmountLowThreshold = FEW_BUFFERED;
    this.#channel = channel;
    this.#run += 1;
    channel.addEventListener('open', () => this.#offer());
    channel.addEventListener('message', ({ data }) => {
      if (channel !== this.#channel) return;
      if (typeof data === 'string') this.#hear(data);
      else this.#take(data);
    });
  }

  /** @throws {Error} when the other side refuses it, it is taken back, or the call ends. */
  async send(file: DirectFile): Promise<void> {
    const { size } = file.file;
    if (size > LARGEST_DIRECT) throw new Error('Cannot send the file directly: it is too large');
    const hash = await hashOf(file.file);
    await new Promise<void>((resolve, reject) => {
      const fail = (reason: string) => reject(new Error(`Cannot send the file directly: ${reason}`));
      if (this.#closed) return fail('the call is over');
      const outgoing: Outgoing = {
        file,
        hash,
        end: (reason) => {
          file.signal.removeEventListener('abort', cancel);
          const wasFirst = this.#queue[0] === outgoing;
          this.#queue = this.#queue.filter((other) => other !== outgoing);
          if (reason === null) resolve();
          else fail(reason);
          if (!wasFirst) return;
          this.#run += 1;
          this.#offer();
        },
      };
      const cancel = () => {
        if (this.#queue[0] === outgoing) this.#say({ type: 'cancel', id: file.id });
        outgoing.end('it was taken back');
      };
      if (file.signal.aborted) return fail('it was taken back');
      file.signal.addEventListener('abort', cancel);
      this.#queue.push(outgoing);
      if (this.#queue.length === 1) this.#offer();
    });
  }

  close(): void {
    this.#closed = true;
    this.#channel = null;
    for (const outgoing of [...this.#queue]) outgoing.end('the call is over');
    this.#incoming = null;
  }

  #say(word: Word): void {
    if (this.#channel?.readyState === 'open') this.#channel.send(JSON.stringify(word));
  }

  #offer(): void {
    const [first] = this.#queue;
    if (!first) return;
    const { id, file } = first.file;
    this.#say({ type: 'offer', id, name: file.name, mime: file.type, size: file.size, hash: first.hash });
  }

  #hear(text: string): void {
    const word = wordIn(text);
    if (!word) return;
    if (word.type === 'offer') this.#expect(word);
    if (word.type === 'cancel' && this.#incoming?.offer.id === word.id) this.#incoming = null;
    const [first] = this.#queue;
    if (first?.file.id !== word.id) return;
    if (word.type === 'want') void this.#pump(first.file.file, word.from);
    if (word.type === 'have') first.file.onProgress(word.bytes);
    if (word.type === 'done') {
      first.file.onProgress(first.file.file.size);
      first.end(null);
    }
    if (word.type === 'refuse') first.end('the other side does not take it');
  }

  async #pump(file: File, from: number): Promise<void> {
    const channel = this.#channel;
    this.#run += 1;
    const run = this.#run;
    const wanted = () => run === this.#run && channel?.readyState === 'open';
    for (let at = from; at < file.size; at += CHUNK) {
      const bytes = await file.slice(at, at + CHUNK).arrayBuffer();
      if (channel && channel.bufferedAmount > MOST_BUFFERED) await drained(channel);
      if (!wanted()) return;
      channel?.send(bytes);
    }
  }

  #expect(offer: Offer): void {
    const { id, hash, size } = offer;
    const had = this.#received.has(id);
    if (had || !this.#onFile || size > LARGEST_DIRECT) {
      this.#say({ type: had ? 'done' : 'refuse', id });
      return;
    }
    const known = this.#incoming?.offer.id === id && this.#incoming.offer.hash === hash;
    if (!known) this.#incoming = { offer, parts: [], bytes: 0 };
    this.#say({ type: 'want', id, from: this.#incoming?.bytes ?? 0 });
    if (size === 0 && this.#incoming) void this.#finish(this.#incoming);
  }

  #take(bytes: ArrayBuffer): void {
    const incoming = this.#incoming;
    if (!incoming) return;
    const { id, size } = incoming.offer;
    incoming.parts.push(bytes);
    incoming.bytes += bytes.byteLength;
    if (incoming.bytes >= size) void this.#finish(incoming);
    else if (incoming.parts.length % REPORT_EVERY === 0)
      this.#say({ type: 'have', id, bytes: incoming.bytes });
  }

  async #finish(incoming: Incoming): Promise<void> {
    const { id, name, mime, hash } = incoming.offer;
    this.#incoming = null;
    const file = new File(incoming.parts, name, { type: mime });
    const right = (await hashOf(file)) === hash;
    if (this.#closed) return;
    if (right) this.#received.add(id);
    this.#say({ type: right ? 'done' : 'refuse', id });
    if (right) this.#onFile?.({ id, file });
  }
}

const drained = (channel: RTCDataChannel): Promise<unknown> =>
  new Promise((resolve) => {
    for (const type of ['bufferedamountlow', 'close'])
      channel.addEventListener(type, resolve, { once: true });
  });

async function hashOf(blob: Blob): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer()));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

const SHAPES: Record<Word['type'], Readonly<Record<string, 'string' | 'number'>>> = {
  offer: { name: 'string', mime: 'string', size: 'number', hash: 'string' },
  want: { from: 'number' },
  have: { bytes: 'number' },
  done: {},
  refuse: {},
  cancel: {},
};

/** What the other side says is believed only in its right shape. */
function wordIn(text: string): Word | null {
  try {
    const word = JSON.parse(text);
    const shape = SHAPES[word.type as Word['type']];
    const fits = Object.entries({ id: 'string', ...shape }).every(
      ([name, type]) => typeof word[name] === type,
    );
    return shape && fits ? word : null;
  } catch {
    return null;
  }
}
