/** A minimal observable store: plain data in, plain data out, changed only through its reducer. */
export interface Store<S, A> {
  readonly state: S;
  dispatch(action: A): void;
  /** Calls `listener` after every change of state; gives the function that stops it. */
  subscribe(listener: (state: S) => void): () => void;
}

/** The side of a store that elements see. */
export type ReadableStore<S> = Pick<Store<S, never>, 'state' | 'subscribe'>;

export function createStore<S, A>(reducer: (state: S, action: A) => S, initial: S): Store<S, A> {
  let state = initial;
  const listeners = new Set<(state: S) => void>();
  return {
    get state() {
      return state;
    },
    dispatch(action) {
      const next = reducer(state, action);
      if (next === state) return;
      state = next;
      for (const listener of [...listeners]) listener(state);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
