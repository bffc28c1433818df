import type { ReadableStore } from '../../../components/store/store.ts';

/** Milliseconds; less than a test may take, so that it can tell what was there instead. */
const LIMIT = 15_000;

/** Resolves with the first state of `store`, from now on, that fits; rejects with the last one when none comes in time. */
export function stateWhere<S>(store: ReadableStore<S>, fits: (state: S) => boolean): Promise<S> {
  return new Promise((resolve, reject) => {
    if (fits(store.state)) return resolve(store.state);
    const end = setTimeout(() => {
      stop();
      reject(new Error(`Waited in vain for ${fits}, and there was ${JSON.stringify(store.state)}`));
    }, LIMIT);
    const stop = store.subscribe((state) => {
      if (!fits(state)) return;
      stop();
      clearTimeout(end);
      resolve(state);
    });
  });
}

export function happens(target: EventTarget, type: string): Promise<Event> {
  return new Promise((resolve) => target.addEventListener(type, resolve, { once: true }));
}
