import type { VisitorSessionOptions } from '../../../components/session/visitor-session.ts';
import type { CallHandle } from '../../../components/store/call-handle.ts';
import { type ContactStore, createContactStore } from '../../../components/store/contact-store.ts';
import { createStore, type Store } from '../../../components/store/store.ts';
import type { VisitorSession } from '../../../components/store/visitor-session.ts';
import { createVisitorStore, type VisitorStore } from '../../../components/store/visitor-store.ts';
import type { ServiceView } from '../../../core/protocol/server-frames.ts';

type CallChange = { handle: CallHandle | null };

/** A session without a server: real stores, which the test moves; what was asked of it is written down. */
export interface FakeSession extends VisitorSession {
  readonly options: VisitorSessionOptions;
  readonly visitor: VisitorStore;
  readonly contact: ContactStore;
  readonly call: Store<CallChange, CallChange>;
  /** `verb` and its values, in the order of asking. */
  readonly asked: readonly string[];
}

export const aService = (change: Partial<ServiceView> = {}): ServiceView => ({
  id: 'sales',
  name: 'Lumen Studio',
  language: 'en',
  greeting: 'Which lamp?',
  channels: { chat: true, voice: true, video: true },
  offers: ['chat', 'voice', 'video'],
  fallbacks: [],
  staffed: true,
  hours: null,
  typingPreview: false,
  files: { maxBytes: 0, types: [] },
  idleSeconds: 120,
  ...change,
});

export function fakeSession(options: VisitorSessionOptions): FakeSession {
  const asked: string[] = [];
  const note =
    (verb: string) =>
    (...values: unknown[]): void => {
      asked.push([verb, ...values.filter((value) => value !== undefined).map(textOf)].join(' '));
    };
  const contact = createContactStore('visitor');
  const visitor = createVisitorStore();
  return {
    options,
    asked,
    visitor,
    contact,
    call: createStore((_: CallChange, change: CallChange) => change, { handle: null }),
    open: note('open'),
    write: note('write'),
    draft(text) {
      contact.dispatch({ type: 'drafted', text });
    },
    read: note('read'),
    submit: note('submit'),
    dismissForm() {
      visitor.dispatch({ type: 'form', form: null });
    },
    rate: note('rate'),
    sendFiles: note('files'),
    cancelFile: note('cancel'),
    consentToLinks: note('consent'),
    discard: note('discard'),
    dismissNotice: note('dismiss'),
    requestChannel: note('request'),
    dropChannel: note('drop'),
    answerCall: note('answer'),
    answerRecording: note('recording'),
    end: note('end'),
    wait: note('wait'),
    anew: note('anew'),
    visible: note('visible'),
    close: note('close'),
  };
}

const textOf = (value: unknown): string =>
  typeof value === 'object' ? JSON.stringify(value) : String(value);
