import type { Side } from '../../core/contact/model.ts';
import type { ClientFrame } from '../../core/protocol/client-frames.ts';
import { TYPING_TIMEOUT } from '../../core/protocol/limits.ts';
import type { ServerFrame } from '../../core/protocol/server-frames.ts';
import type { PendingMessage, TranscriptEvent } from '../../core/transcript/transcript.ts';
import { stepTranscript } from '../../core/transcript/transcript.ts';
import type { DirectLine } from '../store/call-factory.ts';
import type { ContactStore, Notice } from '../store/contact-store.ts';
import { createContactStore } from '../store/contact-store.ts';
import type { Durable } from '../store/durable.ts';
import { fetchCode } from '../store/fetch-code.ts';
import { createContactMemory } from './contact-memory.ts';
import type { DirectTalk } from './direct-talk.ts';
import { newId } from './new-id.ts';
import type { Uploads } from './uploads.ts';

/** What is told of a contact beside its view, and where it stands in the store. */
const TOLD = { 'queue.state': 'queue', 'visitor.card': 'card', 'transfer.targets': 'targets' } as const;

const TYPING_REPEAT = 3_000;
/** What is typed is shown to agents no later than this, where the service shows it. */
const PREVIEW_DELAY = 400;
const CURSOR_DELAY = 60;
/** What did not come is asked for again when it is needed again. */
const missed = () => {};

export interface ContactLinkOptions {
  readonly own: Side;
  readonly id: string;
  readonly durable: Durable;
  /** Origin of the server, and the newest token of this side, for what goes by HTTP. */
  readonly server: string;
  readonly token: () => string;
  /** Whether the other side sees what is typed before it is sent. */
  readonly preview?: () => boolean;
  readonly send: (frame: ClientFrame) => boolean;
  /** Of the logs on the server, as the newest welcome said. */
  readonly epoch: () => string;
  /** Something that should be kept could not be. */
  readonly onNotice: (notice: Notice) => void;
  /** Store to drive, when one is on show already. */
  readonly store?: ContactStore;
}

/** Ties one contact's store to the socket and to what this browser keeps. */
export interface ContactLink {
  readonly id: string;
  readonly store: ContactStore;
  /** Resolves when what this browser kept is in the store. */
  readonly restored: Promise<void>;
  /** Shows the message as pending, keeps it, and sends it when there is a server. */
  write(text: string): void;
  /** The same for a note, which only agents get. */
  note(text: string): void;
  sendFiles(files: readonly File[]): void;
  cancelFile(upload: string): void;
  /** A call is up: what is said goes over its line, too. */
  talk(line: DirectLine): void;
  /** Takes over messages another contact could not deliver, under their ids. */
  adopt(messages: readonly PendingMessage[]): void;
  draft(text: string): void;
  discard(id: string): void;
  /** Everything received so far has been seen. */
  read(): void;
  /** Sends again what the server has not acknowledged. Called after every welcome. */
  resend(): void;
  receive(frame: ServerFrame): void;
  /** Ends timers; what is kept stays kept. */
  close(): void;
  /** Ends timers and forgets everything kept of this contact. */
  forget(): Promise<void>;
}

export function createContactLink(options: ContactLinkOptions): ContactLink {
  const { own, id: contact, durable, send, onNotice } = options;
  const store = options.store ?? createContactStore(own, contact);
  const memory = createContactMemory(durable, contact);
  let uploads: Promise<Uploads> | null = null;
  let direct: Promise<DirectTalk> | null = null;
  let typingSentAt = 0;
  let cursorTimer: ReturnType<typeof setTimeout> | undefined;
  let previewTimer: ReturnType<typeof setTimeout> | undefined;
  let typingTimer: ReturnType<typeof setTimeout> | undefined;
  let idleTimer: ReturnType<typeof setTimeout> | undefined;
  let seen = 0;
  let told = { delivered: 0, read: 0 };
  let closed = false;
  let isRestored = false;
  /** The server was there before the disk was read. */
  let isEarly = false;

  const unkept = () =>
    onNotice({
      code: 'history.unkept',
      message: 'This browser keeps no history: messages here end with the page.',
    });

  const transcribe = (event: TranscriptEvent) => {
    const before = store.state.transcript;
    const { effects } = stepTranscript(before, event);
    store.dispatch({ type: 'transcript', event });
    const after = store.state.transcript;
    if (after !== before) memory.keep(before, after).catch(unkept);
    for (const { after } of effects) send({ type: 'log.read', contact, after });
    if (after.head !== before.head) tellCursor();
  };

  /** Cursors are told together a moment later: a page of a hundred entries moves them once. */
  const tellCursor = () => {
    cursorTimer ??= setTimeout(() => {
      cursorTimer = undefined;
      const delivered = store.state.transcript.head;
      const read = Math.min(seen, delivered);
      if (delivered <= told.delivered && read <= told.read) return;
      if (send({ type: 'cursor.move', contact, delivered, read })) told = { delivered, read };
    }, CURSOR_DELAY);
  };

  const sendMessage = ({ id, text, note }: Omit<PendingMessage, 'refused'>) =>
    send({ type: note ? 'note.add' : 'message.send', contact, id, text, ref: id });

  const tellTyping = (on: boolean) => {
    const text = options.preview?.() ? { text: store.state.draft } : {};
    return send({ type: 'typing.set', contact, on, ...text });
  };

  const quiet = () => {
    clearTimeout(idleTimer);
    clearTimeout(previewTimer);
    previewTimer = undefined;
    if (!typingSentAt) return;
    typingSentAt = 0;
    tellTyping(false);
  };

  const write = (message: Omit<PendingMessage, 'refused'>) => {
    store.dispatch({ type: 'drafted', text: '' });
    memory.keepDraft('').catch(unkept);
    quiet();
    transcribe({ type: 'write', message });
    sendMessage(message);
  };

  const showTyping = (on: boolean, text = '') => store.dispatch({ type: 'typing', on, text });

  const restored = memory.load().then(
    ({ transcript, draft, heard }) => {
      if (closed) return;
      // Written while the disk was being read: goes after what was kept.
      const { pending } = store.state.transcript;
      store.dispatch({ type: 'restored', transcript, draft });
      for (const message of pending) transcribe({ type: 'write', message });
      if (heard) void loadDirect();
      isRestored = true;
      if (isEarly) resend();
    },
    () => unkept(),
  );

  /** Most conversations are without files: what sends them comes with the first. */
  const loadUploads = () => {
    uploads ??= fetchCode(() => import('./uploads.ts')).then(({ createUploads }) =>
      createUploads({ ...options, contact, store, transcribe, direct: () => direct }),
    );
    uploads.catch(() => {
      uploads = null;
    });
    return uploads;
  };
  const loadDirect = () => {
    direct ??= fetchCode(() => import('./direct-talk.ts')).then(({ createDirectTalk }) =>
      createDirectTalk({ own, contact, store, durable }),
    );
    direct.catch(() => {
      direct = null;
    });
    return direct;
  };
  const sendFiles = async (files: readonly File[]) => {
    try {
      (await loadUploads()).send(files);
    } catch {
      onNotice({ code: 'file.unsent', message: 'Cannot send the file: the connection was lost.' });
    }
  };

  return {
    id: contact,
    store,
    restored,
    write: (text) => write({ id: newId(), text, at: Date.now() }),
    note: (text) => write({ id: newId(), text, at: Date.now(), note: true }),
    sendFiles: (files) => void sendFiles(files),
    cancelFile(upload) {
      void uploads?.then(({ cancel }) => cancel(upload));
      void direct?.then(({ declineFile }) => declineFile(upload));
    },
    talk(line) {
      // Both now: by the time they are needed there may be no server to get them from.
      void loadUploads();
      loadDirect().then(({ follow }) => follow(line), missed);
    },
    adopt(messages) {
      for (const { refused: _, ...message } of messages) transcribe({ type: 'write', message });
    },
    draft(text) {
      store.dispatch({ type: 'drafted', text });
      memory.keepDraft(text).catch(unkept);
      if (!text) return quiet();
      const now = Date.now();
      if (options.preview?.()) {
        previewTimer ??= setTimeout(() => {
          previewTimer = undefined;
          if (tellTyping(true)) typingSentAt = Date.now();
        }, PREVIEW_DELAY);
      } else if (now - typingSentAt > TYPING_REPEAT && tellTyping(true)) {
        typingSentAt = now;
      }
      clearTimeout(idleTimer);
      idleTimer = setTimeout(quiet, TYPING_TIMEOUT);
    },
    discard: (id) => transcribe({ type: 'discard', id }),
    read() {
      seen = Math.max(seen, store.state.transcript.head);
      tellCursor();
    },
    resend,
    receive(frame) {
      switch (frame.type) {
        case 'contact.state':
          return store.dispatch({ type: 'viewed', view: frame.contact });
        case 'log.appended':
          return transcribe({ type: 'appended', epoch: options.epoch(), entry: frame.entry });
        case 'log.page': {
          const { recovered, after, head, entries } = frame;
          return transcribe({ type: 'page', epoch: frame.epoch, recovered, after, head, entries });
        }
        case 'typing':
          if (frame.side === own) return;
          clearTimeout(typingTimer);
          showTyping(frame.on, frame.text);
          if (frame.on) typingTimer = setTimeout(() => showTyping(false, frame.text), TYPING_TIMEOUT);
          return;
        case 'queue.state':
        case 'visitor.card':
        case 'transfer.targets': {
          const { type, contact: _, ...facts } = frame;
          return store.dispatch({ type: 'told', told: { [TOLD[type]]: facts } });
        }
        case 'error':
          if (frame.ref && store.state.transcript.pending.some(({ id }) => id === frame.ref))
            return transcribe({ type: 'refused', id: frame.ref, reason: frame.message });
          return store.dispatch({ type: 'noticed', notice: { code: frame.code, message: frame.message } });
      }
    },
    close,
    forget() {
      close();
      return memory.forget();
    },
  };

  function resend() {
    isEarly = !isRestored;
    told = { delivered: 0, read: 0 };
    // Whoever is still writing says so again.
    typingSentAt = 0;
    for (const message of store.state.transcript.pending) {
      if (message.refused) continue;
      if (message.file) loadUploads().then(({ resume }) => resume(message), missed);
      else sendMessage(message);
    }
    tellCursor();
  }

  function close() {
    closed = true;
    for (const part of [uploads, direct]) void part?.then(({ close }) => close());
    for (const timer of [cursorTimer, previewTimer, typingTimer, idleTimer]) clearTimeout(timer);
  }
}
