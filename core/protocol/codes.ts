/** Why the server closes a socket. 4000–4999 is the application range of RFC 6455. */
export const CloseCode = {
  /** The server goes away; connect again, to any instance. */
  restart: 1012,
  /** The server failed at the hello or at a message; connect again later and resume. */
  failed: 1011,
  /** The socket read so slowly that too much waited for it; connect again and resume. */
  overloaded: 1013,
  /** The first frame was not a valid hello. */
  badHello: 4400,
  /** The token is not one of ours, or is damaged. */
  badToken: 4401,
  /** The token was good once. */
  expiredToken: 4402,
  /** The token is good, but not for this. */
  foreignToken: 4403,
  /** The server does not speak this version. */
  unsupportedVersion: 4406,
  /** No hello came in time. */
  helloTimeout: 4408,
  /** The socket sent far more than allowed, or more messages. */
  flood: 4429,
} as const;
export type CloseCode = (typeof CloseCode)[keyof typeof CloseCode];

/** Close codes after which saying the same hello again cannot help. */
export const isFinalClose = (code: number): boolean =>
  code === CloseCode.badHello ||
  code === CloseCode.badToken ||
  code === CloseCode.expiredToken ||
  code === CloseCode.foreignToken ||
  code === CloseCode.unsupportedVersion;

/** Codes of the `error` frame. The sentence beside it says the same to a person. */
export type ErrorCode =
  | 'frame.malformed'
  | 'frame.unknown'
  | 'frame.oversized'
  | 'frame.too-frequent'
  | 'frame.out-of-state'
  | 'service.unknown'
  | 'contact.unknown'
  | 'contact.taken'
  | 'contact.ended'
  | 'contact.not-waiting'
  | 'contact.not-assigned'
  | 'contact.none-waiting'
  | 'form.invalid'
  | 'file.unknown'
  | 'file.too-large'
  | 'file.type'
  | 'file.damaged'
  | 'link.invalid'
  | 'transfer.unavailable'
  | 'transfer.out-of-state'
  | 'response.unknown'
  | 'response.too-many'
  | 'agent.not-eligible'
  | 'agent.at-capacity'
  | 'agent.not-available'
  | 'channel.unavailable'
  | 'call.unknown'
  | 'call.busy'
  | 'call.not-yours'
  | 'recording.off'
  | 'recording.out-of-state'
  | 'server.failed';
