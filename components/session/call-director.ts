import type { CallKind, Side } from '../../core/contact/model.ts';
import { otherSide } from '../../core/contact/model.ts';
import type { ClientFrame } from '../../core/protocol/client-frames.ts';
import type { CallStart, CallView, ContactView, ServerFrame } from '../../core/protocol/server-frames.ts';
import type {
  Broker,
  CallFactory,
  DirectLine,
  DrivenCall,
  JoinedMedia,
  ToldCall,
} from '../store/call-factory.ts';
import type { CallHandle } from '../store/call-handle.ts';
import type { ReadableContactStore } from '../store/contact-store.ts';

export interface CallDirectorOptions {
  readonly own: Side;
  /** This page load: only the one that asked or answered holds the media. */
  readonly client: string;
  readonly contact: ReadableContactStore;
  readonly broker: Broker;
  readonly send: (frame: ClientFrame) => boolean;
  readonly loadCall: () => Promise<CallFactory>;
  /** Server clock minus this clock, milliseconds. */
  readonly skew: () => number;
  /** Media is up: both sides can speak without the server. */
  readonly onLine: (line: DirectLine) => void;
  /** Puts the call on show, or takes it away. */
  readonly show: (handle: CallHandle | null) => void;
}

/** Makes the call on this page follow the contact: begins, feeds and ends it. */
export interface CallDirector {
  answer(answer: CallKind | 'decline'): void;
  receive(frame: ServerFrame): void;
  close(): void;
}

/** A running call object and what it belongs to. */
interface Running {
  readonly id: string;
  readonly ready: Promise<DrivenCall | null>;
  /** Attempts in a row that never carried media. */
  failures: number;
  /** What the server must know of this page: the newest of each goes again after every welcome. */
  readonly words: { link?: ClientFrame; media?: ClientFrame; recording?: ClientFrame };
  /** Resources end with it. */
  readonly ending: AbortController;
}

const RETRY_STEP = 1_000;
const LONGEST_RETRY = 8_000;

export function createCallDirector(options: CallDirectorOptions): CallDirector {
  const { own, client, contact, onLine, loadCall, show } = options;
  let running: Running | null = null;
  /** How the newest attempt of a call is to begin. */
  let started: CallStart | null = null;
  /** What the server could not be told, the newest of each kind: it is told with the next view. */
  const unsaid = new Map<string, ClientFrame>();
  const send = (frame: ClientFrame) => {
    if (options.send(frame)) unsaid.delete(frame.type);
    else unsaid.set(frame.type, frame);
  };

  const stop = () => {
    unsaid.clear();
    if (!running) return;
    running.ending.abort();
    running = null;
    show(null);
  };

  const ensure = (view: ContactView, call: CallView): Running => {
    if (running?.id === call.id) return running;
    stop();
    const ending = new AbortController();
    const mine: Running = {
      id: call.id,
      failures: 0,
      words: {},
      ending,
      // Its code did not come: whoever joins hears of it, and whoever answers later asks for it again.
      ready: load(view, call, ending.signal).catch(() => {
        if (running === mine) running = null;
        return null;
      }),
    };
    running = mine;
    void mine.ready.then((made) => begin(made, call));
    return mine;
  };

  /** Not what came before this page lost the call, and came back to it. An attempt that runs is not begun again. */
  const begin = (made: DrivenCall | null, { id, attempt }: CallView) => {
    if (made && started?.call === id && started.attempt >= attempt)
      made.start(setupFrom(started, options.broker));
  };

  /** A socket may have died before it brought what it was given. */
  const tell = (call: string, about: keyof Running['words'], frame: ClientFrame) => {
    if (running?.id === call) running.words[about] = frame;
    options.send(frame);
  };

  const load = async (view: ContactView, call: CallView, signal: AbortSignal) => {
    const about = { contact: view.id, call: call.id };
    const { createCall } = await loadCall();
    if (signal.aborted) return null;
    const made = createCall({
      kind: call.kind,
      otherName: (own === 'visitor' ? view.agent?.name : view.visitor.name) ?? '',
      bitrate: view.bitrate,
      canRecord: own === 'agent' && view.recording !== 'off',
      onLine,
      onReady: (attempt) => tell(call.id, 'link', { type: 'call.ready', ...about, attempt }),
      onConnected: (attempt) => {
        if (running?.id === call.id) running.failures = 0;
        tell(call.id, 'link', { type: 'call.connected', ...about, attempt });
      },
      onLost: (attempt) => retry(about, attempt),
      onMedia: (media) => tell(call.id, 'media', { type: 'call.media', ...about, media }),
      onHangUp: () => tell(call.id, 'link', { type: 'channel.drop', contact: view.id, channel: 'voice' }),
      onRecordRequest: () => send({ type: 'recording.request', contact: view.id }),
      onRecordStop() {
        tell(call.id, 'recording', { type: 'recording.stop', contact: view.id });
        const { call: newest } = contact.state.view ?? {};
        if (newest?.id === call.id) made.update(told(newest));
      },
    });
    signal.addEventListener('abort', () => made.close());
    const newest = contact.state.view?.call;
    if (newest?.id === call.id) made.update(told(newest));
    return made;
  };

  /** Nobody should wait for media that cannot come. */
  const hangUp = () => {
    const { id } = contact.state;
    if (id) send({ type: 'channel.drop', contact: id, channel: 'voice' });
  };

  const join = ({ ready, ending }: Running, media: JoinedMedia) =>
    void ready.then((made) => {
      if (ending.signal.aborted) return;
      if (!made) return hangUp();
      made.join(media);
      show(made);
    });

  /** The first loss is told at once; attempts that keep failing are spaced out, so that they do not storm the server. */
  const retry = (about: { contact: string; call: string }, attempt: number) => {
    const mine = running;
    if (mine?.id !== about.call) return;
    const delay = Math.min(LONGEST_RETRY, RETRY_STEP * mine.failures++);
    const timer = setTimeout(() => tell(about.call, 'link', { type: 'call.lost', ...about, attempt }), delay);
    mine.ending.signal.addEventListener('abort', () => clearTimeout(timer));
  };

  const told = (call: CallView): ToldCall => ({
    status: call.status === 'asking' ? 'waiting' : call.status,
    kind: call.kind,
    otherMedia: call.media[otherSide(own)],
    // What was stopped here is over, whether the server has heard of it or not.
    recording:
      call.recording && !(running?.id === call.id && running.words.recording)
        ? { ...call.recording, since: call.recording.since - options.skew() }
        : null,
    activeSince: call.activeSince && call.activeSince - options.skew(),
  });

  const mayBeHere = ({ clients }: CallView) => clients[own] === null || clients[own] === client;

  let before: CallView | null = null;
  const follow = () => {
    const view = contact.state.view;
    const call = view?.call ?? null;
    if (call === before) return;
    const previous = before;
    before = call;
    if (!view || !call) return stop();
    for (const frame of [...unsaid.values()]) send(frame);
    if (running?.id === call.id && !call.recording) delete running.words.recording;
    // Who hung up meanwhile is not brought back by a server that did not hear of it.
    if (running?.words.link?.type === 'channel.drop') return;
    const holder = call.clients[own];
    if (holder === null) {
      // We may be about to answer: have the code here by then.
      loadCall()
        .then(({ preloadPeer }) => preloadPeer())
        .catch(() => {}); // Told when it is needed.
    } else if (holder === client) {
      const mine = ensure(view, call);
      join(mine, call.media[own]);
      void mine.ready.then((made) => made?.update(told(call)));
      const granted = previous?.id === call.id && previous.upgradeBy === own && call.kind === 'video';
      if (granted) void mine.ready.then((made) => made?.setCamera(true));
    } else {
      stop();
    }
  };
  const unsubscribe = contact.subscribe(follow);
  follow();

  return {
    answer(answer) {
      const view = contact.state.view;
      const call = view?.call;
      if (!view || !call) return;
      // Devices are asked for within the click that answers.
      if (answer !== 'decline') {
        const mine = ensure(view, call);
        join(mine, { microphone: true, camera: answer === 'video', sound: true });
        if (call.upgradeBy && answer === 'video') void mine.ready.then((made) => made?.setCamera(true));
      }
      send({ type: 'call.answer', contact: view.id, call: call.id, answer });
    },
    receive(frame) {
      if (frame.type === 'welcome')
        for (const word of Object.values(running?.words ?? {})) options.send(word);
      const view = contact.state.view;
      // Frames of one socket come in order, so the newest view says whose call it is by now.
      if (frame.type === 'call.start' && view?.call?.id === frame.call && mayBeHere(view.call)) {
        const { call } = view;
        started = frame;
        void ensure(view, call).ready.then((made) => begin(made, call));
      }
      if (frame.type === 'call.dial' && running?.id === frame.call)
        void running.ready.then((made) => made?.dial(frame.attempt));
    },
    close() {
      unsubscribe();
      stop();
    },
  };
}

const setupFrom = (frame: CallStart, broker: Broker) => ({
  attempt: frame.attempt,
  role: frame.role,
  self: frame.self,
  remote: frame.remote,
  ticket: frame.ticket,
  ice: frame.ice.map(({ urls, username, credential }) => ({
    urls,
    ...(username === undefined ? {} : { username }),
    ...(credential === undefined ? {} : { credential }),
  })),
  broker,
});
