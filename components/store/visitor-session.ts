import type { CallKind, ContactKind } from '../../core/contact/model.ts';
import type { CurrentCall } from './call-handle.ts';
import type { ReadableContactStore } from './contact-store.ts';
import type { ReadableVisitorStore } from './visitor-store.ts';

/** A visitor's side of the conversation: survives reloads, offline times and server restarts. */
export interface VisitorSession {
  readonly visitor: ReadableVisitorStore;
  readonly contact: ReadableContactStore;
  readonly call: CurrentCall;
  /** Begins a contact, unless one is running. */
  open(kind: ContactKind): void;
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
