import type { CallKind } from '../../core/contact/model.ts';
import type { AgentStatus } from '../../core/protocol/server-frames.ts';
import type { CurrentCall } from './call-handle.ts';
import type { ReadableContactStore } from './contact-store.ts';
import type { ReadableDeskStore } from './desk-store.ts';
import type { RecordingsState } from './recordings-store.ts';
import type { ReadableStore } from './store.ts';

/** An agent's desk: the queue, and every contact taken. */
export interface AgentSession {
  readonly desk: ReadableDeskStore;
  readonly recordings: ReadableStore<RecordingsState>;
  contact(id: string): ReadableContactStore | undefined;
  call(id: string): CurrentCall | undefined;
  /** Takes this contact, or (`null`) the one that waited longest. */
  take(contact: string | null): void;
  expand(contact: string): void;
  /** Takes an ended contact off the desk. */
  putAway(contact: string): void;
  setStatus(status: AgentStatus): void;
  write(contact: string, text: string): void;
  draft(contact: string, text: string): void;
  read(contact: string): void;
  discard(contact: string, id: string): void;
  /** Of a contact, or (`null`) of the desk. */
  dismissNotice(contact: string | null): void;
  requestChannel(contact: string, channel: CallKind): void;
  dropChannel(contact: string, channel: 'chat' | CallKind): void;
  answerCall(contact: string, answer: CallKind | 'decline'): void;
  end(contact: string): void;
  saveRecording(recording: string): void;
  discardRecording(recording: string): void;
  /** A fresh token for the next connection; connects at once when the old one was refused. */
  setToken(token: string): void;
  close(): void;
}
