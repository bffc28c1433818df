import type { ErrorCode } from '../../core/protocol/codes.ts';

export interface Refusal {
  readonly ok: false;
  readonly code: ErrorCode;
  /** The part of the sentence after "Cannot VERB THING: ". */
  readonly reason: string;
  /** The field of a form that is to blame. */
  readonly field?: string;
}

/** How a use case ended for whoever asked. */
export type Outcome = { readonly ok: true } | Refusal;

export const done: Outcome = { ok: true };
export const refuse = (code: ErrorCode, reason: string): Refusal => ({ ok: false, code, reason });

/** The same for a contact that never was and for one that is none of the asker's business. */
export const unknownContact = refuse('contact.unknown', 'there is no such contact');
