import type { CallKind } from '../../core/contact/model.ts';
import type { CannedResponse, Colour } from '../../core/protocol/schemas.ts';
import type { AgentStatus } from '../../core/protocol/server-frames.ts';
import type { Report } from '../../core/reports/rows.ts';
import type { CurrentCall } from './call-handle.ts';
import type { ReadableContactStore } from './contact-store.ts';
import type { ReadableDeskStore } from './desk-store.ts';
import type { RecordingsState } from './recordings-store.ts';
import type { RingerSettings, RingerState } from './ringer-store.ts';
import type { ReadableStore } from './store.ts';

/** An agent's desk: the queue, and every contact taken. */
export interface AgentSession {
  readonly desk: ReadableDeskStore;
  readonly recordings: ReadableStore<RecordingsState>;
  readonly ringer: ReadableStore<RingerState>;
  contact(id: string): ReadableContactStore | undefined;
  call(id: string): CurrentCall | undefined;
  /** Takes this contact, or (`null`) the one that waited longest. */
  take(contact: string | null): void;
  expand(contact: string): void;
  /** Takes an ended contact off the desk. */
  putAway(contact: string): void;
  setStatus(status: AgentStatus): void;
  write(contact: string, text: string): void;
  /** For agents only. Kept until it is sent, like a message. */
  note(contact: string, text: string): void;
  sendFiles(contact: string, files: readonly File[]): void;
  cancelFile(contact: string, upload: string): void;
  pushLink(contact: string, url: string): void;
  setColour(contact: string, colour: Colour | null): void;
  /** Asks for the visitor's card; it comes into the contact's store. */
  readCard(contact: string): void;
  /** Asks for the targets of a transfer; they come into the contact's store. */
  readTargets(contact: string): void;
  transfer(contact: string, to: { kind: 'agent' | 'service'; id: string }, note: string): void;
  declineTransfer(contact: string): void;
  withdrawTransfer(contact: string): void;
  putResponse(response: CannedResponse): void;
  deleteResponse(id: string): void;
  setRinger(change: Partial<RingerSettings>): void;
  /** To be called from a click: the browser lets sound play from then on. */
  enableSound(): void;
  /**
   * Numbers of these days, both included, `2026-11-20`.
   * @throws {Error} with a sentence for the reader
   */
  readReport(days: { from: string; to: string }, signal: AbortSignal): Promise<Report>;
  draft(contact: string, text: string): void;
  read(contact: string): void;
  discard(contact: string, id: string): void;
  /** Of a contact, or (`null`) of the desk. */
  dismissNotice(contact: string | null): void;
  requestChannel(contact: string, channel: CallKind): void;
  dropChannel(contact: string, channel: 'chat' | CallKind): void;
  answerCall(contact: string, answer: CallKind | 'decline'): void;
  /** Takes up a call that is on hold, since another one was taken up; that one is on hold then. */
  resumeCall(contact: string): void;
  end(contact: string): void;
  /** Makes the file of one whose window died, and sends it to the server. */
  finishRecording(recording: string): void;
  /** Sends one to the server, or keeps it on this device. */
  sendRecording(recording: string, on: boolean): void;
  /** A finished one; null when it cannot be that, which the desk is told. */
  recordingAsMp4(recording: string): Promise<File | null>;
  discardRecording(recording: string): void;
  /** A fresh token for the next connection; connects at once when the old one was refused. */
  setToken(token: string): void;
  close(): void;
}
