import type { ClientFrame } from '../../core/protocol/client-frames.ts';
import type { Form } from '../../core/protocol/schemas.ts';
import type { ContactView, ServerFrameOf } from '../../core/protocol/server-frames.ts';
import type { ReadableContactStore } from '../store/contact-store.ts';
import type { VisitorStore } from '../store/visitor-store.ts';
import { newId } from './new-id.ts';

export interface SubmissionOptions {
  readonly service: string;
  /** Id of the agent the page addresses; empty: nobody in particular. */
  readonly agent: string;
  readonly visitor: VisitorStore;
  readonly contact: ReadableContactStore;
  readonly send: (frame: ClientFrame) => boolean;
  /** The server took it as a contact of its own, which the page is in from now on. */
  readonly onOpened: (contact: string, kind: Form['kind']) => void;
}

/** A callback or lead on its way. Until the server has taken it, it is no contact of this page. */
export interface Submission {
  /** Sends the form: instead of waiting on in the contact nobody answered, or as a contact of its own. */
  submit(form: Form): void;
  /** To be told of every view of a contact, before anybody else. */
  viewed(view: ContactView): void;
  /** To be told of the contacts of every welcome. */
  welcomed(contacts: readonly ContactView[]): void;
  /** Whether the error is the answer to the form. */
  refused(error: ServerFrameOf<'error'>): boolean;
}

/** Marks the answer to a form among other answers about the same contact. */
const FORM = 'form';

export function createSubmission(options: SubmissionOptions): Submission {
  const { service, agent, visitor, contact, send } = options;
  let opening: { readonly contact: string; readonly kind: Form['kind'] } | null = null;

  const isSending = () => visitor.state.form?.status === 'sending';
  const refuse = (field: string | null, message: string) => {
    opening = null;
    visitor.dispatch({ type: 'form', form: { status: 'refused', field, message } });
  };

  return {
    submit(form) {
      if (isSending()) return;
      const { id, view } = contact.state;
      visitor.dispatch({ type: 'form', form: { status: 'sending' } });
      let sent: boolean;
      if (id && (view?.phase === 'waiting' || view?.phase === 'dissuaded')) {
        sent = send({ type: 'contact.convert', contact: id, form, ref: FORM });
      } else {
        opening = { contact: newId(), kind: form.kind };
        sent = send({ type: 'contact.open', service, form, ...opening, ...(agent ? { agent } : {}) });
      }
      if (!sent) refuse(null, 'You are offline. Please send it again in a moment.');
    },
    viewed({ id, form }) {
      if (!form || !isSending()) return;
      visitor.dispatch({ type: 'form', form: null });
      if (opening?.contact === id) options.onOpened(id, opening.kind);
      opening = null;
    },
    welcomed(contacts) {
      if (!isSending()) return;
      const taken = contacts.find(({ id }) => id === (opening?.contact ?? contact.state.id));
      if (taken?.form) this.viewed(taken);
      else refuse(null, 'The connection was lost. Please send it again.');
    },
    refused(error) {
      if (!isSending() || (error.contact !== opening?.contact && error.ref !== FORM)) return false;
      refuse(error.field ?? null, error.message);
      return true;
    },
  };
}
