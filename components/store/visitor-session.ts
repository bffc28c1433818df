import type { CallKind } from '../../core/contact/model.ts';
import type { Form } from '../../core/protocol/schemas.ts';
import type { CurrentCall } from './call-handle.ts';
import type { ReadableContactStore } from './contact-store.ts';
import type { ReadableVisitorStore } from './visitor-store.ts';

/** A visitor's side of the conversation: survives reloads, offline times and server restarts. */
export interface VisitorSession {
  readonly visitor: ReadableVisitorStore;
  readonly contact: ReadableContactStore;
  readonly call: CurrentCall;
  /** Begins a contact, unless one is running. */
  open(kind: 'chat' | CallKind, invitation?: string): void;
  /**
   * Leaves a number or a message: as a contact of its own, or instead of waiting on in the one nobody answered. What comes
   * of it is in `visitor.state.form`.
   */
  submit(form: Form): void;
  /** Forgets what was wrong with a form. */
  dismissForm(): void;
  rate(score: 1 | 2 | 3 | 4 | 5, comment: string): void;
  sendFiles(files: readonly File[]): void;
  cancelFile(upload: string): void;
  /** Whether the agent may take this page along. */
  consentToLinks(allow: boolean): void;
  /** Sends, or keeps until it can be sent. Begins a chat contact when there is none. */
  write(text: string): void;
  draft(text: string): void;
  /** The newest entry is on the screen. Counts only while {@link visible}. */
  read(): void;
  discard(id: string): void;
  dismissNotice(): void;
  requestChannel(channel: CallKind): void;
  dropChannel(channel: 'chat' | CallKind): void;
  answerCall(answer: CallKind | 'decline'): void;
  answerRecording(allow: boolean): void;
  end(): void;
  /** Queues again after nobody answered in time. */
  wait(): void;
  /** Puts an ended contact away. */
  anew(): void;
  /** Whether the conversation can be seen now. */
  visible(on: boolean): void;
  close(): void;
}
