import type { CallHandle, CurrentCall } from '../store/call-handle.ts';
import type { ReadableContactStore } from '../store/contact-store.ts';
import type { RecorderFactory, RecordingNote, RunningRecorder } from '../store/recorder-factory.ts';
import type { RecordingItem, RecordingsState } from '../store/recordings-store.ts';
import type { ReadableStore } from '../store/store.ts';
import { createStore } from '../store/store.ts';
import { UploadRefusal, uploadRecording } from './recording-upload.ts';

/** The recordings on this device: running, left over, on their way to the server, and those that stay here. */
export interface RecordingShelf {
  readonly recordings: ReadableStore<RecordingsState>;
  /** Sees to it that there can be one more. @throws {Error} with a sentence for the agent when there cannot. */
  prepare(): Promise<void>;
  /**
   * Records the calls of a contact while their handle says so, and asks the server to where every call is recorded; gives the
   * function that stops it.
   */
  follow(contact: string, store: ReadableContactStore, current: CurrentCall): () => void;
  /** Makes the file of one that was left over or failed, and sends it. */
  finish(recording: string): void;
  /** Sends one that stayed here, or keeps one that is being sent. */
  send(recording: string, on: boolean): void;
  /** The finished file as MP4. @throws {Error} with a sentence for the agent when it cannot be that. */
  asMp4(recording: string): Promise<File>;
  discard(recording: string): void;
  close(): void;
}

export interface RecordingShelfOptions {
  /** Origin of the server. */
  readonly server: string;
  /** The newest token of the agent. */
  readonly token: () => string;
  readonly loadRecorder: () => Promise<RecorderFactory>;
  /** Asks the server for a recording, once there is room for it. */
  readonly request: (contact: string) => void;
  /** Recording did not begin, or broke off; `reason` is a sentence for the agent. */
  readonly onFailed: (reason: string) => void;
}

type ShelfAction =
  | { type: 'put'; item: RecordingItem }
  | { type: 'changed'; id: string; change: Partial<RecordingItem> }
  | { type: 'gone'; id: string };

/** Seconds of room below which the agent is warned. */
const LITTLE_ROOM = 600;
/** The service wants no recordings on the server: that is no problem of this one. */
const NONE_KEPT = 'recording.off';

export function createRecordingShelf(options: RecordingShelfOptions): RecordingShelf {
  const { loadRecorder, request, onFailed } = options;
  const recordings = createStore(reduce, { items: [] });
  const find = (id: string) => recordings.state.items.find((item) => item.id === id);
  const change = (id: string, change: Partial<RecordingItem>) =>
    recordings.dispatch({ type: 'changed', id, change });
  const stops = new Set<() => void>();
  const files = new Map<string, File>();
  const sending = new Map<string, AbortController>();
  const closing = new AbortController();

  const put = (note: RecordingNote, status: RecordingItem['status']) => {
    const { id, contact, name, startedAt, type } = note;
    const file = { size: 0, sent: 0, fileName: '', url: null, mp4: !type.includes('vp8') };
    recordings.dispatch({
      type: 'put',
      item: { id, contact, name, startedAt, status, ...file, problem: null, room: null },
    });
  };

  const release = (id: string) => void loadRecorder().then((recorder) => recorder.release(id));

  /** Says whether there is a file now. */
  const finish = async (id: string): Promise<boolean> => {
    change(id, { status: 'finishing', problem: null, room: null });
    try {
      const file = await (await loadRecorder()).finish(id);
      if (closing.signal.aborted) release(id);
      if (!file || closing.signal.aborted) {
        recordings.dispatch({ type: 'gone', id });
        return false;
      }
      files.set(id, file);
      const url = URL.createObjectURL(file);
      change(id, { status: 'local', size: file.size, fileName: file.name, url });
      return true;
    } catch (error) {
      change(id, { status: 'failed', problem: messageOf(error) });
      return false;
    }
  };

  const send = async (id: string) => {
    const item = find(id);
    const file = files.get(id);
    if (!item || !file || sending.has(id)) return;
    const stopped = new AbortController();
    const { signal } = stopped;
    sending.set(id, stopped);
    change(id, { status: 'sending', problem: null });
    try {
      const recorder = await loadRecorder();
      await uploadRecording({
        server: options.server,
        contact: item.contact,
        id,
        file,
        token: options.token,
        onProgress: (sent) => change(id, { status: 'sending', sent }),
        onWaiting: () => change(id, { status: 'waiting' }),
        signal,
      });
      change(id, { status: 'kept', sent: file.size });
      // The server checked every byte: this device needs its own no longer.
      await recorder.discard(id);
    } catch (error) {
      if (signal.aborted || find(id)?.status === 'kept') return;
      const isProblem = !(error instanceof UploadRefusal && error.code === NONE_KEPT);
      change(id, { status: 'local', problem: isProblem ? messageOf(error) : null });
    } finally {
      sending.delete(id);
    }
  };

  const stopSending = (id: string) => {
    sending.get(id)?.abort();
    sending.delete(id);
  };

  const mark = (id: string, stage: RecordingNote['stage']) =>
    loadRecorder()
      .then((recorder) => recorder.mark(id, stage))
      .catch(() => {}); // The disk takes no mark: the next window decides anew.

  const finishAndSend = async (id: string) => {
    if (await finish(id)) await send(id);
  };

  const record = async (contact: string, handle: CallHandle, signal: AbortSignal) => {
    let recorder: RunningRecorder;
    const fail = (error: unknown) => {
      // The other side must not go on believing that it runs.
      handle.stopRecording();
      onFailed(messageOf(error));
    };
    try {
      const { createRecorder, prepare } = await loadRecorder();
      await prepare();
      if (signal.aborted) return;
      recorder = await createRecorder({
        ownStream: handle.ownStream,
        otherStream: handle.otherStream,
        state: handle.store,
        contact,
        onChunk: ({ size, room }) =>
          change(recorder.note.id, { size, room: room < LITTLE_ROOM ? Math.floor(room) : null }),
        onError: fail,
      });
    } catch (error) {
      return fail(error);
    }
    const { note } = recorder;
    put(note, 'recording');
    const end = async () => {
      await recorder.stop();
      if (closing.signal.aborted) release(note.id);
      else await finishAndSend(note.id);
    };
    if (signal.aborted) return end();
    signal.addEventListener('abort', () => void end());
  };

  /** What former windows left: what was whole goes on by itself, what broke off is offered. */
  const takeUp = async () => {
    const notes = await (await loadRecorder()).unfinished();
    const left = notes.filter(({ id }) => !find(id));
    for (const note of left) put(note, note.stage === 'running' ? 'unfinished' : 'finishing');
    for (const { id, stage } of left)
      if (stage !== 'running' && (await finish(id)) && stage === 'ended') void send(id);
  };
  takeUp().catch(() => {}); // Storage is blocked: nothing is left over either.

  return {
    recordings,
    async prepare() {
      await (await loadRecorder()).prepare();
    },
    follow(contact, store, current) {
      let running: AbortController | null = null;
      /** The call that was recorded without anyone's asking: whoever stops that has stopped it. */
      let begun: string | null = null;
      const stop = () => {
        running?.abort();
        running = null;
      };
      const look = () => {
        const { handle } = current.state;
        const { call, recording } = store.state.view ?? {};
        if (handle && call?.status === 'active' && recording === 'always' && begun !== call.id) {
          begun = call.id;
          if (!call.recording) request(contact);
        }
        if (handle?.store.state.recording?.status !== 'on') return stop();
        if (running) return;
        running = new AbortController();
        void record(contact, handle, running.signal);
      };
      let unwatch = () => {};
      const watch = () => {
        unwatch();
        unwatch = current.state.handle?.store.subscribe(look) ?? (() => {});
        look();
      };
      const unsubscribe = [store.subscribe(look), current.subscribe(watch)];
      const unfollow = () => {
        stops.delete(unfollow);
        for (const off of unsubscribe) off();
        unwatch();
        stop();
      };
      stops.add(unfollow);
      watch();
      return unfollow;
    },
    finish(id) {
      void mark(id, 'ended');
      void finishAndSend(id);
    },
    send(id, on) {
      void mark(id, on ? 'ended' : 'local');
      if (on) return void send(id);
      stopSending(id);
      change(id, { status: 'local', problem: null });
    },
    async asMp4(id) {
      const file = files.get(id);
      if (!file) throw new Error('Cannot save the recording as MP4: it is not there any more');
      return (await loadRecorder()).asMp4(file);
    },
    discard(id) {
      stopSending(id);
      const url = find(id)?.url;
      if (url) URL.revokeObjectURL(url);
      files.delete(id);
      recordings.dispatch({ type: 'gone', id });
      loadRecorder()
        .then((recorder) => recorder.discard(id))
        .catch(() => {}); // It is offered again.
    },
    close() {
      closing.abort();
      for (const stop of stops) stop();
      for (const id of [...sending.keys()]) stopSending(id);
      for (const { id, url, status } of recordings.state.items) {
        if (url) URL.revokeObjectURL(url);
        if (status !== 'recording' && status !== 'unfinished') release(id);
      }
    },
  };
}

function reduce(state: RecordingsState, action: ShelfAction): RecordingsState {
  switch (action.type) {
    case 'put':
      return { items: [...state.items, action.item] };
    case 'changed':
      return {
        items: state.items.map((item) => (item.id === action.id ? { ...item, ...action.change } : item)),
      };
    case 'gone':
      return { items: state.items.filter(({ id }) => id !== action.id) };
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
