import type { CallHandle, CurrentCall } from '../store/call-handle.ts';
import type { ReadableContactStore } from '../store/contact-store.ts';
import type { RecorderFactory, RecordingNote, RunningRecorder } from '../store/recorder-factory.ts';
import type { RecordingItem, RecordingsState } from '../store/recordings-store.ts';
import type { ReadableStore } from '../store/store.ts';
import { createStore } from '../store/store.ts';

/** The recordings on this device: running, left over, and finished ones waiting to be saved. */
export interface RecordingShelf {
  readonly recordings: ReadableStore<RecordingsState>;
  /** Records the calls of a contact while the server says so; gives the function that stops it. */
  follow(contact: string, store: ReadableContactStore, current: CurrentCall): () => void;
  /** Makes the file of one that was left over or failed. */
  finish(recording: string): void;
  discard(recording: string): void;
  close(): void;
}

export interface RecordingShelfOptions {
  readonly loadRecorder: () => Promise<RecorderFactory>;
  /** Recording did not begin, or broke off: the other side must not go on believing it runs. */
  readonly onFailed: (contact: string, reason: string) => void;
}

type ShelfAction =
  | { type: 'put'; item: RecordingItem }
  | { type: 'changed'; id: string; change: Partial<RecordingItem> }
  | { type: 'gone'; id: string };

export function createRecordingShelf({ loadRecorder, onFailed }: RecordingShelfOptions): RecordingShelf {
  const recordings = createStore(reduce, { items: [] });
  const find = (id: string) => recordings.state.items.find((item) => item.id === id);
  const change = (id: string, change: Partial<RecordingItem>) =>
    recordings.dispatch({ type: 'changed', id, change });
  const stops = new Set<() => void>();

  const put = (note: RecordingNote, status: RecordingItem['status']) =>
    recordings.dispatch({
      type: 'put',
      item: { ...note, status, size: 0, fileName: '', url: null, problem: null },
    });

  const finish = async (id: string) => {
    change(id, { status: 'finishing', problem: null });
    try {
      const file = await (await loadRecorder()).finish(id);
      if (!file) return recordings.dispatch({ type: 'gone', id });
      change(id, {
        status: 'ready',
        size: file.size,
        fileName: file.name,
        url: URL.createObjectURL(file),
      });
    } catch (error) {
      change(id, { status: 'failed', problem: messageOf(error) });
    }
  };

  const record = async (contact: string, handle: CallHandle, signal: AbortSignal) => {
    let recorder: RunningRecorder;
    try {
      const { createRecorder } = await loadRecorder();
      if (signal.aborted) return;
      recorder = createRecorder({
        ownStream: handle.ownStream,
        otherStream: handle.otherStream,
        state: handle.store,
        contact,
        onError: (error) => onFailed(contact, messageOf(error)),
      });
    } catch (error) {
      return onFailed(contact, messageOf(error));
    }
    put(recorder.note, 'recording');
    const end = async () => {
      await recorder.stop();
      await finish(recorder.note.id);
    };
    if (signal.aborted) return end();
    signal.addEventListener('abort', () => void end());
  };

  loadRecorder()
    .then(({ unfinished }) => unfinished())
    .then((notes) => {
      for (const note of notes) if (!find(note.id)) put(note, 'unfinished');
    })
    .catch(() => {}); // Storage is blocked: nothing is left over either.

  return {
    recordings,
    follow(contact, store, current) {
      let running: AbortController | null = null;
      const stop = () => {
        running?.abort();
        running = null;
      };
      const look = () => {
        const { handle } = current.state;
        const view = store.state.view;
        if (!handle || view?.call?.recording?.status !== 'on') return stop();
        if (running) return;
        running = new AbortController();
        void record(contact, handle, running.signal);
      };
      const unsubscribe = [store.subscribe(look), current.subscribe(look)];
      const unfollow = () => {
        stops.delete(unfollow);
        for (const off of unsubscribe) off();
        stop();
      };
      stops.add(unfollow);
      look();
      return unfollow;
    },
    finish: (id) => void finish(id),
    async discard(id) {
      const url = find(id)?.url;
      if (url) URL.revokeObjectURL(url);
      recordings.dispatch({ type: 'gone', id });
      await (await loadRecorder()).discard(id);
    },
    close() {
      for (const stop of stops) stop();
      for (const { url } of recordings.state.items) if (url) URL.revokeObjectURL(url);
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
