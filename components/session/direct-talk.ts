import { otherSide, type Side } from '../../core/contact/model.ts';
import { MAX_ID, MAX_MESSAGE_TEXT, TYPING_TIMEOUT } from '../../core/protocol/limits.ts';
import { keepsLimits } from '../../core/service/files.ts';
import {
  type DirectEvent,
  type HeardEntry,
  isHere,
  nothingDirect,
  stepDirect,
} from '../../core/transcript/direct.ts';
import type {
  DirectFile,
  DirectLine,
  DirectListener,
  DirectWord,
  FileOffer,
  ReceivedFile,
} from '../store/call-factory.ts';
import type { ContactState, ContactStore } from '../store/contact-store.ts';
import type { Durable } from '../store/durable.ts';

export interface DirectTalkOptions {
  readonly contact: string;
  readonly own: Side;
  readonly store: ContactStore;
  readonly durable: Durable;
}

/**
 * The conversation as it goes over a call besides: what is written here is given to the other browser at once, and what
 * comes from there is shown until the log has it. Nothing of it is authority: only the server writes the log, and only
 * authors hand in what is theirs.
 */
export interface DirectTalk {
  /** Speaks over the line of a call from now on. */
  follow(line: DirectLine): void;
  /** Whether a file of this media type and size, in bytes, can go over the call now. */
  canSend(mime: string, size: number): boolean;
  /** As {@link DirectLine.sendFile}. `hold` makes it pending once the other side has it. */
  sendFile(file: DirectFile, hold: () => Promise<void>): Promise<void>;
  /** Does not want a file that is coming. */
  declineFile(id: string): void;
  close(): void;
}

const TYPING_REPEAT = 3_000;
const isId = (id: string) => id.length <= MAX_ID && /^[\w-]+$/.test(id);

export function createDirectTalk({ contact, own, store, durable }: DirectTalkOptions): DirectTalk {
  const heardKey = (id: string) => `contact/${contact}/heard/${id}`;
  const fileKey = (id: string) => `contact/${contact}/file/${id}`;
  /** What the other browser was given over this connection. */
  const given = new Set<string>();
  let line: DirectLine | null = null;
  let typingSaidAt = 0;
  let typingTimer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;

  const talk = () => store.state.direct ?? nothingDirect;
  const step = (event: DirectEvent) => {
    const before = talk();
    const direct = stepDirect(before, event, store.state.transcript);
    if (direct === before && store.state.direct) return;
    store.dispatch({ type: 'told', told: { direct } });
    for (const entry of before.heard) if (!direct.heard.includes(entry)) forget(entry);
  };
  const release = (entry: HeardEntry) => {
    if (entry.kind === 'file' && entry.url) URL.revokeObjectURL(entry.url);
  };
  const forget = (entry: HeardEntry) => {
    const { id } = entry;
    release(entry);
    durable.delMany([heardKey(id), fileKey(id)]).catch(() => {}); // Once more at the next page load.
  };

  /** Its bytes are shown as nothing that a browser would run on this page. */
  const addressOf = (file: Blob) => URL.createObjectURL(file.slice(0, file.size, 'application/octet-stream'));

  /** What both kinds have. Who said it is not for the other side to say. */
  const stamp = (id: string) => {
    const { agent, visitor } = store.state.view ?? {};
    const author = own === 'visitor' ? agent : visitor;
    const { name = '' } = author ?? {};
    return {
      id,
      offset: 0,
      previous: 0,
      at: Date.now(),
      side: otherSide(own),
      author: { id: author?.id ?? '', name },
    };
  };

  const hear = async (entry: HeardEntry) => {
    step({ type: 'heard', entry });
    if (!talk().heard.includes(entry)) return release(entry);
    const { url: _, ...kept } = { url: '', ...entry };
    await durable.set(heardKey(entry.id), kept).catch(() => {}); // It lasts as long as the page, then.
  };

  const give = ({ transcript }: ContactState) => {
    if (!line?.isOpen) return;
    for (const { id, text, refused, note, file } of transcript.pending) {
      if (refused || note || file || given.has(id)) continue;
      given.add(id);
      line.say({ type: 'message', id, text });
    }
  };

  const sayTyping = (on: boolean) => {
    if (!line?.isOpen || (on && Date.now() - typingSaidAt < TYPING_REPEAT)) return;
    typingSaidAt = on ? Date.now() : 0;
    line.say({ type: 'typing', on });
  };

  const showTyping = (on: boolean) => {
    clearTimeout(typingTimer);
    store.dispatch({ type: 'typing', on, text: store.state.otherText });
    if (on) typingTimer = setTimeout(() => showTyping(false), TYPING_TIMEOUT);
  };

  const onWord = async (word: DirectWord) => {
    if (word.type === 'typing') return showTyping(word.on);
    const { id } = word;
    if (!isId(id)) return;
    switch (word.type) {
      case 'have':
        return step({ type: 'told', id });
      case 'withdraw':
        return step({ type: 'withdrawn', id });
      case 'message':
        if (word.text === '' || word.text.length > MAX_MESSAGE_TEXT) return;
        await hear({ ...stamp(id), kind: 'message', text: word.text });
        if (isHere(talk(), store.state.transcript, id)) line?.say({ type: 'have', id });
        return showTyping(false);
    }
  };

  const takes = (mime: string, size: number) => {
    const { view } = store.state;
    return view !== null && view.phase !== 'ended' && keepsLimits(view.files, mime, size);
  };

  const onFile = async ({ id, file }: ReceivedFile) => {
    store.dispatch({ type: 'upload-gone', id });
    // First the bytes, then who tells of them: a crash in between leaves nothing that cannot be opened.
    await durable.set(fileKey(id), file).catch(() => {});
    const { name, type: mime, size } = file;
    const url = addressOf(file);
    const described = { name, mime, size, ...(await pictureSize(mime, url)) };
    await hear({ ...stamp(id), kind: 'file', file: '', ...described, url });
  };

  const listener: DirectListener = {
    onOpen() {
      given.clear();
      give(store.state);
    },
    onWord: (word) => void onWord(word),
    takesFile: ({ id, name, mime, size }: FileOffer) => isId(id) && name.length <= 255 && takes(mime, size),
    onFileProgress: (offer, sent) =>
      store.dispatch({ type: 'upload', upload: { ...offer, sent, problem: null, incoming: true } }),
    onFileGone: (id) => store.dispatch({ type: 'upload-gone', id }),
    onFile,
  };

  let before = store.state;
  const look = (now: ContactState) => {
    const was = before;
    before = now;
    if (now.id !== contact) return;
    if (now.transcript !== was.transcript) {
      for (const { id } of was.transcript.pending)
        if (given.has(id) && isGone(now, id)) line?.say({ type: 'withdraw', id });
      step({ type: 'transcribed' });
      give(store.state);
    }
    if (now.draft !== was.draft) sayTyping(now.draft !== '');
  };
  const unsubscribe = store.subscribe(look);

  /** What an earlier page load heard, and the log may have by now. */
  const restore = async () => {
    const kept = await durable.entries<HeardEntry>(`contact/${contact}/heard/`);
    for (const [, entry] of kept.toSorted(([, one], [, other]) => one.at - other.at)) {
      const bytes = entry.kind === 'file' && (await durable.get<Blob>(fileKey(entry.id)));
      if (closed) return;
      const shown = bytes ? { ...entry, url: addressOf(bytes) } : entry;
      step({ type: 'heard', entry: shown });
      if (!talk().heard.includes(shown)) forget(shown);
    }
  };
  step({ type: 'transcribed' });
  void restore().catch(() => {});

  return {
    follow(next) {
      line = next;
      line.listen(listener);
    },
    canSend: (mime, size) => line?.isOpen === true && takes(mime, size),
    async sendFile(file, hold) {
      await line?.sendFile(file);
      given.add(file.id);
      await hold();
      step({ type: 'told', id: file.id });
    },
    declineFile: (id) => line?.declineFile(id),
    close() {
      closed = true;
      unsubscribe();
      clearTimeout(typingTimer);
      for (const entry of talk().heard) release(entry);
    },
  };
}

/** In pixels; null of what this browser shows as no picture. */
async function pictureSize(
  mime: string,
  url: string,
): Promise<{ readonly width: number | null; readonly height: number | null }> {
  const image = new Image();
  if (mime.startsWith('image/')) {
    const looked = new Promise((resolve) => {
      image.onload = image.onerror = resolve;
    });
    image.src = url;
    await looked;
  }
  return { width: image.naturalWidth || null, height: image.naturalHeight || null };
}

/** Neither waiting to be sent any more nor in the log. */
const isGone = ({ transcript: { entries, pending } }: ContactState, id: string): boolean =>
  !pending.some((message) => message.id === id) && !entries.some((entry) => entry.id === id);
