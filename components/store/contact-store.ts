import { createContext } from '@lit/context';
import type { Side } from '../../core/contact/model.ts';
import type { ContactView } from '../../core/protocol/server-frames.ts';
import type { Transcript, TranscriptEvent } from '../../core/transcript/transcript.ts';
import { emptyTranscript, stepTranscript } from '../../core/transcript/transcript.ts';
import type { ReadableStore, Store } from './store.ts';
import { createStore } from './store.ts';

/** A typed refusal to show beside what caused it. */
export interface Notice {
  readonly code: string;
  readonly message: string;
}

/** Everything one side knows of one contact. Plain data. */
export interface ContactState {
  readonly own: Side;
  /** Null while the visitor has not opened a contact yet. */
  readonly id: string | null;
  /** As the server sees the contact; null until it answered. */
  readonly view: ContactView | null;
  readonly transcript: Transcript;
  readonly otherTyping: boolean;
  readonly draft: string;
  readonly notice: Notice | null;
}

export type ContactAction =
  | { type: 'identified'; id: string }
  | { type: 'viewed'; view: ContactView }
  | { type: 'transcript'; event: TranscriptEvent }
  | { type: 'restored'; transcript: Transcript; draft: string }
  | { type: 'typing'; on: boolean }
  | { type: 'drafted'; text: string }
  | { type: 'noticed'; notice: Notice | null }
  | { type: 'cleared' };

export type ContactStore = Store<ContactState, ContactAction>;
export type ReadableContactStore = ReadableStore<ContactState>;

export const contactContext = createContext<ReadableContactStore>(Symbol('vc-contact'));

export const createContactStore = (own: Side, id: string | null = null): ContactStore =>
  createStore(reduce, { ...fresh(own), id });

const fresh = (own: Side): ContactState => ({
  own,
  id: null,
  view: null,
  transcript: emptyTranscript,
  otherTyping: false,
  draft: '',
  notice: null,
});

function reduce(state: ContactState, action: ContactAction): ContactState {
  switch (action.type) {
    case 'identified':
      return { ...state, id: action.id };
    case 'viewed':
      // Frames of one socket come in order, but a resumed one may repeat what an older one said.
      if (state.view && state.view.id === action.view.id && action.view.rev < state.view.rev) return state;
      return { ...state, id: action.view.id, view: action.view };
    case 'transcript': {
      const { transcript } = stepTranscript(state.transcript, action.event);
      const spoke = action.event.type === 'appended' && action.event.entry.kind === 'message';
      const otherTyping = spoke && sideOf(action.event) !== state.own ? false : state.otherTyping;
      return { ...state, transcript, otherTyping };
    }
    case 'restored':
      // What came live while the disk was read is newer than the disk.
      return {
        ...state,
        transcript: state.transcript.epoch === null ? action.transcript : state.transcript,
        draft: state.draft || action.draft,
      };
    case 'typing':
      return state.otherTyping === action.on ? state : { ...state, otherTyping: action.on };
    case 'drafted':
      return state.draft === action.text ? state : { ...state, draft: action.text };
    case 'noticed':
      return { ...state, notice: action.notice };
    case 'cleared':
      return { ...fresh(state.own), draft: state.draft };
  }
}

const sideOf = (event: TranscriptEvent): Side | null =>
  event.type === 'appended' && event.entry.kind === 'message' ? event.entry.side : null;
