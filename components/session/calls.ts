import type { CallKind } from '../../core/contact/model.ts';
import type { ServerFrame } from '../../core/protocol/server-frames.ts';
import type { CallHandle, CurrentCall } from '../store/call-handle.ts';
import { ASK_AGAIN, fetchCode } from '../store/fetch-code.ts';
import { createStore } from '../store/store.ts';
import type { CallDirector, CallDirectorOptions } from './call-director.ts';

/** The calls of one contact. What runs them is loaded with the first one: most conversations have none. */
export interface Calls {
  readonly current: CurrentCall;
  answer(answer: CallKind | 'decline'): void;
  receive(frame: ServerFrame): void;
  close(): void;
}

export function createCalls(options: Omit<CallDirectorOptions, 'show'>): Calls {
  const current = createStore((_: { handle: CallHandle | null }, handle: CallHandle | null) => ({ handle }), {
    handle: null,
  });
  let director: Promise<CallDirector> | null = null;
  let closed = false;
  /** What the server said while the code did not come. */
  const missed: ServerFrame[] = [];

  const load = async (): Promise<CallDirector> => {
    const { createCallDirector } = await fetchCode(() => import('./call-director.ts'));
    const made = createCallDirector({ ...options, show: current.dispatch });
    if (closed) made.close();
    for (const frame of missed.splice(0)) made.receive(frame);
    return made;
  };
  const look = () => {
    if (!options.contact.state.view?.call || closed || director) return;
    director = load();
    director.catch(() =>
      setTimeout(() => {
        director = null;
        look();
      }, ASK_AGAIN),
    );
  };
  const withDirector = (use: (director: CallDirector) => void) => void director?.then(use).catch(() => {});
  const unsubscribe = options.contact.subscribe(look);
  look();

  return {
    current,
    answer: (answer) => withDirector((made) => made.answer(answer)),
    receive: (frame) =>
      void director?.then(
        (made) => made.receive(frame),
        () => missed.push(frame),
      ),
    close() {
      closed = true;
      unsubscribe();
      withDirector((made) => made.close());
    },
  };
}
