/** What another client of the protocol builds on: frames and their decoders, codes, limits, and the transcript machine. */
export type {
  CallKind,
  ChannelName,
  ChannelState,
  Channels,
  ContactKind,
  MediaState,
  Side,
} from './contact/model.ts';
export type { AgentHello, ClientFrame, Hello, VisitorHello } from './protocol/client-frames.ts';
export { CloseCode, type ErrorCode, isFinalClose } from './protocol/codes.ts';
export { type Decoded, decodeClientFrame, decodeHello, decodeServerFrame } from './protocol/decode.ts';
export * from './protocol/limits.ts';
export { readServerFrame } from './protocol/read-server-frame.ts';
export type {
  AgentStatus,
  CallStart,
  CallView,
  ContactView,
  EventEntry,
  FileEntry,
  LogEntry,
  MessageEntry,
  NoteEntry,
  ServerFrame,
  ServerFrameOf,
  ServiceView,
  WaitingEntry,
  Welcome,
} from './protocol/server-frames.ts';
export type { Report, ReportRow } from './reports/rows.ts';
export {
  type DirectEvent,
  type DirectTalk,
  type HeardEntry,
  isHere,
  MOST_HEARD,
  nothingDirect,
  stepDirect,
} from './transcript/direct.ts';
export { type MessageStatus, statusOf, unreadCount } from './transcript/status.ts';
export {
  emptyTranscript,
  type PendingMessage,
  stepTranscript,
  type Transcript,
  type TranscriptEffect,
  type TranscriptEvent,
  type TranscriptStep,
} from './transcript/transcript.ts';
