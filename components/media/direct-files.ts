import type { DirectFile, DirectListener, FileOffer } from '../store/call-factory.ts';
import { type Shapes, wordIn } from './words.ts';

/** Everything about files is said in JSON; their bytes follow `want` as they are, one file after the other. */
type Word =
  | (FileOffer & { readonly type: 'offer' })
  /** Asks for the bytes from there on. */
  | { readonly type: 'want'; readonly id: string; readonly from: number }
  /** The bytes since the last such word are a part, and `hash` is its SHA-256. */
  | { readonly type: 'part'; readonly id: string; readonly hash: string }
  | { readonly type: 'have'; readonly id: string; readonly bytes: number }
  /** `refuse`: it cannot be taken this way. `cancel`: whoever says it does not want it any more. */
  | { readonly type: 'done' | 'refuse' | 'cancel'; readonly id: string };

interface Outgoing {
  readonly file: DirectFile;
  end(reason: DirectFileReason | null): void;
}

interface Incoming {
  readonly offer: FileOffer;
  /** Checked, in order. The browser may keep them on disk. */
  readonly parts: Blob[];
  /** Bytes of the checked parts. */
  checked: number;
  /** Of the part that is coming. */
  chunks: ArrayBuffer[];
  /** Bytes that came in all. */
  bytes: number;
  /** One check after the other. */
  tail: Promise<void>;
}

type Heard = Pick<DirectListener, 'takesFile' | 'onFileProgress' | 'onFileGone' | 'onFile'>;

const KB = 1024;
const CHUNK = 64 * KB;
/** What is read, hashed and checked at once. A file goes on at the beginning of one. */
const PART = 16 * CHUNK;
/** Bytes that wait in the channel: more only takes memory. */
const MOST_BUFFERED = 16 * CHUNK;
const FEW_BUFFERED = 8 * CHUNK;
/** Chunks between two words of how far it came. */
const REPORT_EVERY = 4;

/** `cancelled`: by this side. `declined`: the other side does not want it. All others leave the server's way open. */
export type DirectFileReason = 'cancelled' | 'declined' | 'refused' | 'closed' | 'unreadable';

/**
 * Files of one call, both ways, over whichever channel the call has: after a new attempt each goes on where the receiver
 * says. What arrives counts only when the hash of every part is right.
 */
export class DirectFiles {
  #listener: Heard;
  #channel: RTCDataChannel | null = null;
  #queue: Outgoing[] = [];
  #incoming: Incoming | null = null;
  #received = new Set<string>();
  /** Grows whenever what was being sent is no longer wanted. */
  #run = 0;
  #closed = false;

  constructor(listener: Heard) {
    this.#listener = listener;
  }

  /** Uses `channel` from now on; nothing is offered before `begin`. */
  attach(channel: RTCDataChannel): void {
    channel.binaryType = 'arraybuffer';
    channel.bufferedAmountLowThreshold = FEW_BUFFERED;
    this.#channel = channel;
    this.#run += 1;
    channel.addEventListener('message', ({ data }) => {
      if (channel !== this.#channel) return;
      if (typeof data === 'string') this.#hear(data);
      else this.#take(data);
    });
  }

  /** The channel is open and the other side listens. */
  begin(): void {
    this.#offer();
  }

  /** @throws {Error} whose message is a {@link DirectFileReason}. */
  async send(file: DirectFile): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const fail = (reason: DirectFileReason) => reject(new Error(reason));
      if (this.#closed) return fail('closed');
      if (file.signal.aborted) return fail('cancelled');
      const outgoing: Outgoing = {
        file,
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
        outgoing.end('cancelled');
      };
      file.signal.addEventListener('abort', cancel);
      this.#queue.push(outgoing);
      if (this.#queue.length === 1) this.#offer();
    });
  }

  /** Does not want what is coming under this id. */
  decline(id: string): void {
    if (this.#incoming?.offer.id !== id) return;
    this.#say({ type: 'cancel', id });
    this.#drop();
  }

  close(): void {
    this.#closed = true;
    this.#channel = null;
    for (const outgoing of [...this.#queue]) outgoing.end('closed');
    this.#drop();
  }

  #say(word: Word): void {
    if (this.#channel?.readyState === 'open') this.#channel.send(JSON.stringify(word));
  }

  #offer(): void {
    const [first] = this.#queue;
    if (!first) return;
    const { id, file, mime } = first.file;
    this.#say({ type: 'offer', id, name: file.name, mime, size: file.size });
  }

  #hear(text: string): void {
    const word = wordIn<Word>(text, SHAPES);
    if (!word) return;
    if (word.type === 'offer') this.#expect(word);
    const incoming = this.#incoming?.offer.id === word.id ? this.#incoming : null;
    if (word.type === 'part' && incoming) this.#check(incoming, word.hash);
    if (word.type === 'cancel' && incoming) this.#drop();
    const [first] = this.#queue;
    if (!first || first.file.id !== word.id) return;
    if (word.type === 'want') void this.#pump(first, word.from);
    if (word.type === 'have') first.file.onProgress(word.bytes);
    if (word.type === 'done') {
      first.file.onProgress(first.file.file.size);
      first.end(null);
    }
    if (word.type === 'refuse') first.end('refused');
    if (word.type === 'cancel') first.end('declined');
  }

  async #pump(outgoing: Outgoing, from: number): Promise<void> {
    const { id, file } = outgoing.file;
    const channel = this.#channel;
    this.#run += 1;
    const run = this.#run;
    const wanted = () => run === this.#run && channel?.readyState === 'open';
    try {
      for (let at = from; at < file.size; at += PART) {
        const bytes = await file.slice(at, at + PART).arrayBuffer();
        const hash = await hashOf(bytes);
        for (let sent = 0; sent < bytes.byteLength; sent += CHUNK) {
          if (channel && channel.bufferedAmount > MOST_BUFFERED) await drained(channel);
          if (!wanted()) return;
          channel?.send(new Uint8Array(bytes, sent, Math.min(CHUNK, bytes.byteLength - sent)));
        }
        this.#say({ type: 'part', id, hash });
      }
    } catch {
      // It was changed or removed since it was chosen, or the channel broke: then another one asks for it.
      if (!wanted()) return;
      this.#say({ type: 'cancel', id });
      outgoing.end('unreadable');
    }
  }

  #expect(offer: FileOffer & { readonly type: 'offer' }): void {
    const { type: _, ...described } = offer;
    const { id, size } = described;
    const had = this.#received.has(id);
    if (had || !this.#listener.takesFile(described)) {
      this.#say({ type: had ? 'done' : 'refuse', id });
      return;
    }
    const known = this.#incoming?.offer;
    if (known?.id !== id || known.size !== size) {
      this.#drop();
      const tail = Promise.resolve();
      this.#incoming = { offer: described, parts: [], checked: 0, chunks: [], bytes: 0, tail };
    }
    const incoming = this.#incoming;
    // What is being checked counts once it is: nothing is asked for twice.
    void incoming?.tail.then(() => {
      if (incoming !== this.#incoming) return;
      incoming.chunks = [];
      incoming.bytes = incoming.checked;
      this.#listener.onFileProgress(described, incoming.bytes);
      this.#say({ type: 'want', id, from: incoming.checked });
    });
  }

  #take(bytes: ArrayBuffer): void {
    const incoming = this.#incoming;
    if (!incoming) return;
    const { id, size } = incoming.offer;
    incoming.chunks.push(bytes);
    incoming.bytes += bytes.byteLength;
    if (incoming.bytes > size) this.#refuse(id);
    if (incoming.bytes > size || incoming.chunks.length % REPORT_EVERY > 0) return;
    this.#listener.onFileProgress(incoming.offer, incoming.bytes);
    this.#say({ type: 'have', id, bytes: incoming.bytes });
  }

  #check(incoming: Incoming, hash: string): void {
    const part = new Blob(incoming.chunks);
    incoming.chunks = [];
    incoming.tail = incoming.tail.then(async () => {
      const right = (await hashOf(await part.arrayBuffer())) === hash;
      if (incoming !== this.#incoming) return;
      incoming.parts.push(part);
      incoming.checked += part.size;
      const { id, size } = incoming.offer;
      if (right && incoming.checked < size) return;
      if (right && incoming.checked === size) return this.#finish(incoming);
      this.#refuse(id);
    });
  }

  #refuse(id: string): void {
    this.#say({ type: 'refuse', id });
    this.#drop();
  }

  async #finish({ offer, parts }: Incoming): Promise<void> {
    const { id, name, mime } = offer;
    this.#incoming = null;
    this.#received.add(id);
    await this.#listener.onFile({ id, file: new File(parts, name, { type: mime }) });
    this.#say({ type: 'done', id });
  }

  #drop(): void {
    const { offer } = this.#incoming ?? {};
    this.#incoming = null;
    if (offer) this.#listener.onFileGone(offer.id);
  }
}

const drained = (channel: RTCDataChannel): Promise<unknown> =>
  new Promise((resolve) => {
    for (const type of ['bufferedamountlow', 'close'])
      channel.addEventListener(type, resolve, { once: true });
  });

/** The browser works it out beside the page. */
async function hashOf(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

const SHAPES: Shapes<Word> = {
  offer: { id: 'string', name: 'string', mime: 'string', size: 'number' },
  want: { id: 'string', from: 'number' },
  part: { id: 'string', hash: 'string' },
  have: { id: 'string', bytes: 'number' },
  done: { id: 'string' },
  refuse: { id: 'string' },
  cancel: { id: 'string' },
};
