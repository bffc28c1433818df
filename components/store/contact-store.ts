import { createContext } from '@lit/context';
import type { Side } from '../../core/contact/model.ts';
import type { ContactView, ServerFrameOf } from '../../core/protocol/server-frames.ts';
import type { DirectTalk } from '../../core/transcript/direct.ts';
import type { Transcript, TranscriptEvent } from '../../core/transcript/transcript.ts';
import { emptyTranscript, stepTranscript } from '../../core/transcript/transcript.ts';
import type { ReadableStore, Store } from './store.ts';
import { createStore } from './store.ts';

/** A typed refusal to show beside what caused it. */
export interface Notice {
  readonly code: string;
  readonly message: string;
}

/** A file on its way to the server, to the other side's browser, or (`incoming`) from there. */
export interface Upload {
  readonly id: string;
  readonly name: string;
  /** Media type. */
  readonly mime: string;
  /** Bytes, and how many of them are there. */
  readonly size: number;
  readonly sent: number;
  /** A sentence saying why it is not going; null while it is. */
  readonly problem: string | null;
  readonly incoming?: true;
}

/** What is known of the visitor beside the contact; for agents. */
export type VisitorCard = Pick<ServerFrameOf<'visitor.card'>, 'firstSeen' | 'trail' | 'earlier'>;
/** To whom the contact could go; for agents. */
export type TransferTargets = Pick<ServerFrameOf<'transfer.targets'>, 'agents' | 'services'>;
/** Where the visitor stands: place from 1, further wait in seconds if anybody can tell; for visitors. */
export type QueuePlace = Pick<ServerFrameOf<'queue.state'>, 'position' | 'expected'>;

/** Everything one side knows of one contact. Plain data. */
export interface ContactState {
  readonly own: Side;
  /** Null while the visitor has not opened a contact yet. */
  readonly id: string | null;
  /** As the server sees the contact; null until it answered. */
  readonly view: ContactView | null;
  readonly transcript: Transcript;
  readonly otherTyping: boolean;
  /** What the visitor has typed so far, where the service shows that to agents. */
  readonly otherText: string;
  readonly queue: QueuePlace | null;
  readonly card: VisitorCard | null;
  readonly targets: TransferTargets | null;
  /** What both browsers know of the conversation and its log does not; null before they spoke over a call. */
  readonly direct: DirectTalk | null;
  /** In the order in which they were chosen. */
  readonly uploads: readonly Upload[];
  readonly draft: string;
  readonly notice: Notice | null;
}

export type ContactAction =
  | { type: 'identified'; id: string }
  /** `anew`: the server's data is other than before, so that revisions say nothing. */
  | { type: 'viewed'; view: ContactView; anew?: boolean }
  | { type: 'transcript'; event: TranscriptEvent }
  | { type: 'restored'; transcript: Transcript; draft: string }
  | { type: 'typing'; on: boolean; text?: string }
  | { type: 'told'; told: Partial<Pick<ContactState, 'queue' | 'card' | 'targets' | 'direct'>> }
  | { type: 'upload'; upload: Upload }
  /** It is in the log, or nobody wants it any more. */
  | { type: 'upload-gone'; id: string }
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
  otherText: '',
  queue: null,
  card: null,
  targets: null,
  direct: null,
  uploads: [],
  draft: '',
  notice: null,
});

function reduce(state: ContactState, action: ContactAction): ContactState {
  switch (action.type) {
    case 'identified':
      return { ...state, id: action.id };
    case 'viewed': {
      const { view, anew } = action;
      // Frames of one socket come in order, but a resumed one may repeat what an older one said.
      if (!anew && state.view?.id === view.id && view.rev < state.view.rev) return state;
      return { ...state, id: view.id, view, queue: view.phase === 'waiting' ? state.queue : null };
    }
    case 'transcript': {
      const { transcript } = stepTranscript(state.transcript, action.event);
      const spoke = action.event.type === 'appended' && action.event.entry.kind === 'message';
      if (!spoke || sideOf(action.event) === state.own) return { ...state, transcript };
      return { ...state, transcript, otherTyping: false, otherText: '' };
    }
    case 'restored':
      // What came live while the disk was read is newer than the disk.
      return {
        ...state,
        transcript: state.transcript.epoch === null ? action.transcript : state.transcript,
        draft: state.draft || action.draft,
      };
    case 'typing':
      return typing(state, action.on, action.text ?? '');
    case 'told':
      return { ...state, ...action.told };
    case 'upload':
      return { ...state, uploads: replaced(state.uploads, action.upload) };
    case 'upload-gone':
      return { ...state, uploads: state.uploads.filter(({ id }) => id !== action.id) };
    case 'drafted':
      return state.draft === action.text ? state : { ...state, draft: action.text };
    case 'noticed':
      return { ...state, notice: action.notice };
    case 'cleared':
      return { ...fresh(state.own), draft: state.draft };
  }
}

const typing = (state: ContactState, otherTyping: boolean, otherText: string): ContactState =>
  state.otherTyping === otherTyping && state.otherText === otherText
    ? state
    : { ...state, otherTyping, otherText };

const replaced = (uploads: readonly Upload[], upload: Upload): readonly Upload[] =>
  uploads.some(({ id }) => id === upload.id)
    ? uploads.map((known) => (known.id === upload.id ? upload : known))
    : [...uploads, upload];

const sideOf = (event: TranscriptEvent): Side | null =>
  event.type === 'appended' && event.entry.kind === 'message' ? event.entry.side : null;
