import { createContext } from '@lit/context';
import { createStore, type Store } from '../../store/store.ts';

/** The note an agent is writing in one contact. It lasts while the panel is collapsed, and no visitor sees its typing. */
export interface NoteDraft {
  /** The composer writes notes now. */
  readonly on: boolean;
  readonly text: string;
}

export type NoteStore = Store<NoteDraft, Partial<NoteDraft>>;

export const noteContext = createContext<NoteStore>(Symbol('vc-note'));

export const createNoteStore = (): NoteStore =>
  createStore((draft: NoteDraft, change: Partial<NoteDraft>) => ({ ...draft, ...change }), {
    on: false,
    text: '',
  });
