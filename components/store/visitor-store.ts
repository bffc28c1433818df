import { createContext } from '@lit/context';
import type { ServiceView } from '../../core/protocol/server-frames.ts';
import type { Notice } from './contact-store.ts';
import type { ReadableStore, Store } from './store.ts';
import { createStore } from './store.ts';

/** `offline`: trying again by itself; `refused`: the server said that trying again cannot help. */
export type Connection = 'connecting' | 'online' | 'offline' | 'refused';

/** What a visitor's page knows beside the contact. */
export interface VisitorState {
  readonly connection: Connection;
  /** Null before the first connection. */
  readonly service: ServiceView | null;
  /** Server clock minus this clock, milliseconds. */
  readonly skew: number;
  readonly notice: Notice | null;
  /** A callback or lead on its way, or what was wrong with it: `field` names the input. Null: none, or accepted. */
  readonly form: FormState | null;
}

export type FormState =
  | { readonly status: 'sending' }
  | { readonly status: 'refused'; readonly field: string | null; readonly message: string };

export type VisitorAction =
  | { type: 'connection'; connection: Connection }
  | { type: 'service'; service: ServiceView }
  | { type: 'clock'; skew: number }
  | { type: 'noticed'; notice: Notice | null }
  | { type: 'form'; form: FormState | null };

export type VisitorStore = Store<VisitorState, VisitorAction>;
export type ReadableVisitorStore = ReadableStore<VisitorState>;

export const visitorContext = createContext<ReadableVisitorStore>(Symbol('vc-visitor'));

export const createVisitorStore = (): VisitorStore =>
  createStore(reduce, { connection: 'connecting', service: null, skew: 0, notice: null, form: null });

function reduce(state: VisitorState, action: VisitorAction): VisitorState {
  switch (action.type) {
    case 'connection':
      return state.connection === action.connection ? state : { ...state, connection: action.connection };
    case 'service':
      return { ...state, service: action.service };
    case 'clock':
      return { ...state, skew: action.skew };
    case 'noticed':
      return { ...state, notice: action.notice };
    case 'form':
      return { ...state, form: action.form };
  }
}
