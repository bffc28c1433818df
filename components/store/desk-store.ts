import { createContext } from '@lit/context';
import type { CannedResponse, SharedResponse } from '../../core/protocol/schemas.ts';
import type { AgentStatus, WaitingEntry } from '../../core/protocol/server-frames.ts';
import { byTurn } from '../../core/routing/queue.ts';
import type { Notice } from './contact-store.ts';
import type { ReadableStore, Store } from './store.ts';
import { createStore } from './store.ts';
import type { Connection } from './visitor-store.ts';

/** What an agent's console knows beside the contacts. */
export interface DeskState {
  readonly connection: Connection;
  readonly me: { readonly id: string; readonly name: string } | null;
  readonly status: AgentStatus;
  /** What may be given as the reason for being away. */
  readonly reasons: readonly string[];
  readonly responses: { readonly shared: readonly SharedResponse[]; readonly own: readonly CannedResponse[] };
  /** Contacts the agent may have at once. */
  readonly limit: number;
  /** Whether the reports may be read. */
  readonly reports: boolean;
  /** In the order of turn. */
  readonly waiting: readonly WaitingEntry[];
  /** Ids of the contacts on this desk, oldest first; ended ones stay until put away. */
  readonly assigned: readonly string[];
  /** The one panel that is open. */
  readonly expanded: string | null;
  /** Server clock minus this clock, milliseconds. */
  readonly skew: number;
  readonly notice: Notice | null;
}

export type DeskAction =
  | { type: 'connection'; connection: Connection }
  | ({ type: 'welcomed' } & Pick<
      DeskState,
      'status' | 'reasons' | 'responses' | 'limit' | 'reports' | 'waiting'
    > & {
        me: { id: string; name: string };
      })
  | { type: 'responses'; own: readonly CannedResponse[] }
  | { type: 'clock'; skew: number }
  | { type: 'status'; status: AgentStatus }
  | { type: 'waiting-put'; entry: WaitingEntry }
  | { type: 'waiting-gone'; contact: string }
  /** `expand`: open its panel, too. */
  | { type: 'assigned'; contact: string; expand: boolean }
  | { type: 'put-away'; contact: string }
  | { type: 'expanded'; contact: string | null }
  | { type: 'noticed'; notice: Notice | null };

export type DeskStore = Store<DeskState, DeskAction>;
export type ReadableDeskStore = ReadableStore<DeskState>;

export const deskContext = createContext<ReadableDeskStore>(Symbol('vc-desk'));

export const createDeskStore = (): DeskStore =>
  createStore(reduce, {
    connection: 'connecting',
    me: null,
    status: { state: 'offline', reason: null, voice: false, video: false },
    reasons: [],
    responses: { shared: [], own: [] },
    limit: 0,
    reports: false,
    waiting: [],
    assigned: [],
    expanded: null,
    skew: 0,
    notice: null,
  });

function reduce(state: DeskState, action: DeskAction): DeskState {
  switch (action.type) {
    case 'connection':
      return state.connection === action.connection ? state : { ...state, connection: action.connection };
    case 'welcomed':
      return {
        ...state,
        me: action.me,
        status: action.status,
        reasons: action.reasons,
        responses: action.responses,
        limit: action.limit,
        reports: action.reports,
        waiting: action.waiting.toSorted(byTurn),
      };
    case 'responses':
      return { ...state, responses: { ...state.responses, own: action.own } };
    case 'clock':
      return { ...state, skew: action.skew };
    case 'status':
      return { ...state, status: action.status };
    case 'waiting-put': {
      const others = state.waiting.filter(({ contact }) => contact !== action.entry.contact);
      return { ...state, waiting: [...others, action.entry].sort(byTurn) };
    }
    case 'waiting-gone':
      return { ...state, waiting: state.waiting.filter(({ contact }) => contact !== action.contact) };
    case 'assigned': {
      const known = state.assigned.includes(action.contact);
      const assigned = known ? state.assigned : [...state.assigned, action.contact];
      const expanded = action.expand || state.expanded === null ? action.contact : state.expanded;
      return { ...state, assigned, expanded };
    }
    case 'put-away': {
      const assigned = state.assigned.filter((contact) => contact !== action.contact);
      const expanded = state.expanded === action.contact ? (assigned.at(-1) ?? null) : state.expanded;
      return { ...state, assigned, expanded };
    }
    case 'expanded':
      return { ...state, expanded: action.contact };
    case 'noticed':
      return { ...state, notice: action.notice };
  }
}
