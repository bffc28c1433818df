import type { ReadableStore } from '../../../components/store/store.ts';

/** Resolves with the first state of `store`, from now on, that fits. */
export function stateWhere<S>(store: ReadableStore<S>, fits: (state: S) => boolean): Promise<S> {
  return new Promise((resolve) => {
    if (fits(store.state)) return resolve(store.state);
    const stop = store.subscribe((state) => {
      if (!fits(state)) return;
      stop();
      resolve(state);
    });
  });
}

export function happens(target: EventTarget, type: string): Promise<Event> {
  return new Promise((resolve) => target.addEventListener(type, resolve, { once: true }));
}
