/** Bounds that both sides keep. Sizes in UTF-16 code units unless a name says bytes; times in milliseconds. */

/** Version spoken here; also the WebSocket subprotocol `vc.v1`. */
export const PROTOCOL_VERSION = 1;
export const SUBPROTOCOL = 'vc.v1';

/** Of a client; what the server sends may be larger. */
export const MAX_FRAME_BYTES = 65_536;
export const MAX_MESSAGE_TEXT = 4_000;
export const MAX_ID = 64;
export const MAX_NAME = 120;
export const MAX_URL = 2_048;
export const MAX_TOKEN = 4_096;

/** A socket that has not said hello by then is closed. */
export const HELLO_TIMEOUT = 10_000;
/** A client that received nothing for this long sends `ping`; silent for twice as long, it reconnects. */
export const HEARTBEAT = 10_000;
/** `typing` is repeated while it lasts, and forgotten after this long without repetition. */
export const TYPING_TIMEOUT = 5_000;

/** Frames a socket may send: a bucket of this many, refilled per second by the rate. */
export const FRAME_BURST = 120;
export const FRAMES_PER_SECOND = 40;

/** Entries in one `log.page`. */
export const PAGE_SIZE = 100;
/** Contacts whose log position one hello may name. */
export const MAX_RESUME = 50;

/** A note to a transfer, a comment to a rating, a word to a callback. */
export const MAX_NOTE = 1_000;
/** Pages kept of a visitor's way through the site. */
export const MAX_TRAIL = 20;
/** Of a canned response: what is typed after the slash, and how many of their own an agent may have. */
export const MAX_SHORTCUT = 32;
export const MAX_RESPONSES = 200;
