import type { Side } from '../../core/contact/model.ts';
import type { ClientFrame } from '../../core/protocol/client-frames.ts';
import { TYPING_TIMEOUT } from '../../core/protocol/limits.ts';
import type { ServerFrame } from '../../core/protocol/server-frames.ts';
import type { PendingMessage, TranscriptEvent } from '../../core/transcript/transcript.ts';
import { stepTranscript } from '../../core/transcript/transcript.ts';
import type { ContactStore, Notice } from '../store/contact-store.ts';
import { createContactStore } from '../store/contact-store.ts';
import type { Durable } from '../store/durable.ts';
import { createContactMemory } from './contact-memory.ts';
import { newId } from './new-id.ts';

const TYPING_REPEAT = 3_000;
const CURSOR_DELAY = 60;

export interface ContactLinkOptions {
  readonly own: Side;
  readonly id: string;
  readonly durable: Durable;
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
  let typingSentAt = 0;
  let cursorTimer: ReturnType<typeof setTimeout> | undefined;
  let typingTimer: ReturnType<typeof setTimeout> | undefined;
  let idleTimer: ReturnType<typeof setTimeout> | undefined;
  let seen = 0;
  let told = { delivered: 0, read: 0 };
  let closed = false;

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

  const sendMessage = ({ id, text }: PendingMessage) =>
    send({ type: 'message.send', contact, id, text, ref: id });

  const quiet = () => {
    clearTimeout(idleTimer);
    if (!typingSentAt) return;
    typingSentAt = 0;
    send({ type: 'typing.set', contact, on: false });
  };

  const restored = memory.load().then(
    ({ transcript, draft }) => {
      if (closed) return;
      // Written while the disk was being read: goes after what was kept.
      const { pending } = store.state.transcript;
      store.dispatch({ type: 'restored', transcript, draft });
      for (const message of pending) transcribe({ type: 'write', message });
    },
    () => unkept(),
  );

  return {
    id: contact,
    store,
    restored,
    write(text) {
      const message = { id: newId(), text, at: Date.now() };
      quiet();
      store.dispatch({ type: 'drafted', text: '' });
      memory.keepDraft('').catch(unkept);
      transcribe({ type: 'write', message });
      sendMessage({ ...message, refused: null });
    },
    adopt(messages) {
      for (const { id, text, at } of messages) transcribe({ type: 'write', message: { id, text, at } });
    },
    draft(text) {
      store.dispatch({ type: 'drafted', text });
      memory.keepDraft(text).catch(unkept);
      if (!text) return quiet();
      const now = Date.now();
      if (now - typingSentAt > TYPING_REPEAT && send({ type: 'typing.set', contact, on: true }))
        typingSentAt = now;
      clearTimeout(idleTimer);
      idleTimer = setTimeout(quiet, TYPING_TIMEOUT);
    },
    discard: (id) => transcribe({ type: 'discard', id }),
    read() {
      seen = Math.max(seen, store.state.transcript.head);
      tellCursor();
    },
    resend() {
      told = { delivered: 0, read: 0 };
      for (const message of store.state.transcript.pending) if (!message.refused) sendMessage(message);
      tellCursor();
    },
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
          store.dispatch({ type: 'typing', on: frame.on });
          if (frame.on)
            typingTimer = setTimeout(() => store.dispatch({ type: 'typing', on: false }), TYPING_TIMEOUT);
          return;
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

  function close() {
    closed = true;
    for (const timer of [cursorTimer, typingTimer, idleTimer]) clearTimeout(timer);
  }
}
