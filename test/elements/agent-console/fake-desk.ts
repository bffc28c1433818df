import type { AgentSession } from '../../../components/store/agent-session.ts';
import type { CallHandle } from '../../../components/store/call-handle.ts';
import type { ContactStore } from '../../../components/store/contact-store.ts';
import { createContactStore } from '../../../components/store/contact-store.ts';
import type { DeskAction } from '../../../components/store/desk-store.ts';
import { createDeskStore } from '../../../components/store/desk-store.ts';
import type { RecordingItem, RecordingsState } from '../../../components/store/recordings-store.ts';
import type { RingerState } from '../../../components/store/ringer-store.ts';
import { createStore } from '../../../components/store/store.ts';
import type {
  ContactView,
  EventEntry,
  LogEntry,
  WaitingEntry,
} from '../../../core/protocol/server-frames.ts';
import { aContactView, aVisitor } from '../../support/contact-sample.ts';

/** The desk's data, as a server would send it, for elements that only read it. */

const PAGE = {
  url: 'https://shop.example/cart?step=2',
  title: 'Your cart',
  referrer: 'https://www.search.example/?q=lamp',
};

export const waitingEntry = (more: Partial<WaitingEntry> = {}): WaitingEntry => ({
  contact: 'w1',
  name: 'Visitor 4F2',
  isNew: true,
  country: 'NL',
  language: 'en',
  service: { id: 'sales', name: 'Sales' },
  kind: 'video',
  page: PAGE,
  waitingSince: Date.now() - 30_000,
  dissuadeAt: Date.now() + 90_000,
  first: false,
  star: false,
  colour: null,
  transfer: null,
  ...more,
});

export const contactView = (more: Partial<ContactView> = {}): ContactView =>
  aContactView({
    openedAt: Date.now() - 90_000,
    waitingSince: Date.now() - 90_000,
    takenAt: Date.now() - 65_000,
    visitor: aVisitor({
      name: 'Mara Lindqvist',
      verified: true,
      isNew: false,
      language: 'de',
      country: 'NL',
      page: PAGE,
      device: { browser: 'Firefox 153', system: 'Linux', mobile: false },
    }),
    ...more,
  });

type CallView = NonNullable<ContactView['call']>;

export const callView = (more: Partial<CallView> = {}): CallView => ({
  id: 'call1',
  kind: 'video',
  askedBy: 'visitor',
  status: 'asking',
  upgradeBy: null,
  attempt: 0,
  clients: { visitor: 'page', agent: null },
  media: {
    visitor: { microphone: true, camera: true, sound: true, screen: false },
    agent: { microphone: true, camera: false, sound: true, screen: false },
  },
  activeSince: null,
  recording: null,
  ...more,
});

/** Adds a message to the log of a contact, as the server would append it. */
export function say(store: ContactStore, side: 'visitor' | 'agent', text: string): void {
  const author = side === 'agent' ? { id: 'anna', name: 'Anna' } : { id: 'v1', name: 'Mara Lindqvist' };
  append(store, { kind: 'message', side, author, text });
}

export function happen(
  store: ContactStore,
  event: EventEntry['event'],
  more: Partial<EventEntry> = {},
): void {
  append(store, {
    kind: 'event',
    event,
    side: null,
    name: null,
    call: null,
    seconds: null,
    text: null,
    score: null,
    ...more,
  });
}

/** Adds a file of the visitor to the log. */
export const send = (store: ContactStore, name: string): void =>
  append(store, {
    kind: 'file',
    side: 'visitor',
    author: { id: 'v1', name: 'Mara Lindqvist' },
    file: 'f1',
    name,
    mime: 'application/pdf',
    size: 12_000,
    width: null,
    height: null,
  });

/** Adds a note of an agent to the log. */
export const jot = (store: ContactStore, text: string): void =>
  append(store, { kind: 'note', author: { id: 'anna', name: 'Anna' }, text });

type Bare<E> = E extends LogEntry ? Omit<E, 'offset' | 'previous' | 'id' | 'at'> : never;

function append(store: ContactStore, entry: Bare<LogEntry>): void {
  const previous = store.state.transcript.head;
  const offset = previous + 1;
  const stamped = { ...entry, offset, previous, id: `e${offset}`, at: Date.now() };
  store.dispatch({ type: 'transcript', event: { type: 'appended', epoch: 'e1', entry: stamped } });
}

export const recordingItem = (more: Partial<RecordingItem> = {}): RecordingItem => ({
  id: 'r1',
  contact: 'c1',
  name: 'Mara Lindqvist',
  startedAt: Date.now() - 60_000,
  status: 'local',
  size: 4_240_000,
  sent: 0,
  mp4: true,
  room: null,
  fileName: 'mara-lindqvist.webm',
  url: URL.createObjectURL(new Blob(['film'])),
  problem: null,
  ...more,
});

export type Asked = readonly [verb: keyof AgentSession, ...args: unknown[]];

type Welcomed = Omit<Extract<DeskAction, { type: 'welcomed' }>, 'type'>;

/** A session without a server: its stores are changed by the test, and what it was asked for is kept in `asked`. */
export function fakeDesk() {
  const desk = createDeskStore();
  const recordings = createStore((_: RecordingsState, items: readonly RecordingItem[]) => ({ items }), {
    items: [],
  });
  const ringer = createStore((was: RingerState, change: Partial<RingerState>) => ({ ...was, ...change }), {
    sound: true,
    title: true,
    notifications: false,
    ringing: false,
    soundBlocked: false,
    permission: 'ask',
  });
  const contacts = new Map<string, ContactStore>();
  const fakeCall = () =>
    createStore((_: { handle: CallHandle | null }, handle: CallHandle | null) => ({ handle }), {
      handle: null,
    });
  const calls = new Map<string, ReturnType<typeof fakeCall>>();
  const asked: Asked[] = [];
  let report: AgentSession['readReport'] = () => new Promise(() => {});
  const note =
    (verb: keyof AgentSession) =>
    (...args: unknown[]): void => {
      asked.push([verb, ...args]);
    };
  const session: AgentSession = {
    desk,
    recordings,
    ringer,
    contact: (id) => contacts.get(id),
    call: (id) => calls.get(id),
    take: note('take'),
    expand: note('expand'),
    putAway: note('putAway'),
    setStatus: note('setStatus'),
    write: note('write'),
    note: note('note'),
    sendFiles: note('sendFiles'),
    cancelFile: note('cancelFile'),
    pushLink: note('pushLink'),
    setColour: note('setColour'),
    readCard: note('readCard'),
    readTargets: note('readTargets'),
    transfer: note('transfer'),
    declineTransfer: note('declineTransfer'),
    withdrawTransfer: note('withdrawTransfer'),
    putResponse: note('putResponse'),
    deleteResponse: note('deleteResponse'),
    setRinger: note('setRinger'),
    enableSound: note('enableSound'),
    readReport: (days, signal) => {
      asked.push(['readReport', days]);
      return report(days, signal);
    },
    draft: note('draft'),
    read: note('read'),
    discard: note('discard'),
    dismissNotice: note('dismissNotice'),
    requestChannel: note('requestChannel'),
    dropChannel: note('dropChannel'),
    answerCall: note('answerCall'),
    resumeCall: note('resumeCall'),
    end: note('end'),
    finishRecording: note('finishRecording'),
    sendRecording: note('sendRecording'),
    recordingAsMp4: async (...args: unknown[]) => {
      note('recordingAsMp4')(...args);
      return null;
    },
    discardRecording: note('discardRecording'),
    setToken: note('setToken'),
    close: note('close'),
  };
  const greet = (more: Partial<Welcomed>): void => {
    desk.dispatch({ type: 'connection', connection: 'online' });
    desk.dispatch({
      type: 'welcomed',
      me: { id: 'anna', name: 'Anna' },
      status: { state: 'available', reason: null, voice: true, video: false },
      reasons: ['Break', 'Training'],
      responses: { shared: [], own: [] },
      limit: 5,
      reports: false,
      waiting: [],
      ...more,
    });
  };
  return {
    session,
    desk,
    recordings,
    ringer,
    asked,
    /** What the server answers to the next questions for a report; never, by default. */
    reportIs(answer: AgentSession['readReport']): void {
      report = answer;
    },
    /** The server welcomes Anna. */
    welcome: (...waiting: WaitingEntry[]): void => greet({ waiting }),
    /** The same, with whatever else is different. */
    greet,
    /** A contact comes to this desk. */
    assign(more: Partial<ContactView> = {}): ContactStore {
      const view = contactView(more);
      const store = createContactStore('agent', view.id);
      store.dispatch({ type: 'viewed', view });
      contacts.set(view.id, store);
      calls.set(view.id, fakeCall());
      desk.dispatch({ type: 'assigned', contact: view.id, expand: false });
      return store;
    },
    /** The call of a contact runs on this page, or (`null`) no more. */
    ring(contact: string, handle: CallHandle | null): void {
      calls.get(contact)?.dispatch(handle);
    },
  };
}

/** The server has a newer view of the contact. */
export function change(store: ContactStore, more: Partial<ContactView>): void {
  const { view } = store.state;
  if (view) store.dispatch({ type: 'viewed', view: { ...view, ...more, rev: view.rev + 1 } });
}
