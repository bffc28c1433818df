import { BLANK } from './plan.ts';

/** The client's side of RFC 6455, as far as a generator needs it. The masking key is zero, so that what is sent can be written in place. */

export const TEXT = 1;
export const CLOSE = 8;
export const PING = 9;
const PONG = 10;

const utf8 = new TextEncoder();

export const textFrame = (text: string): Uint8Array<ArrayBuffer> => frame(TEXT, utf8.encode(text));
export const pongFrame = (payload: Uint8Array): Uint8Array<ArrayBuffer> => frame(PONG, payload);

function frame(opcode: number, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const long = payload.length > 125;
  const bytes = new Uint8Array((long ? 8 : 6) + payload.length);
  bytes[0] = 0x80 | opcode;
  bytes[1] = 0x80 | (long ? 126 : payload.length);
  if (long) new DataView(bytes.buffer).setUint16(2, payload.length);
  bytes.set(payload, bytes.length - payload.length);
  return bytes;
}

export const handshake = (
  path: string,
  port: number,
  protocol: string | undefined,
): Uint8Array<ArrayBuffer> =>
  utf8.encode(
    `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n' +
      `${protocol ? `Sec-WebSocket-Protocol: ${protocol}\r\n` : ''}Origin: http://127.0.0.1\r\n\r\n`,
  );

const SENDER_DIGITS = 5;
const NUMBER_DIGITS = 8;
const ZERO = 48;

/** A message that is sent again and again, each time under another number. */
export class Message {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly #last: number;

  constructor(template: string, sender: number) {
    this.bytes = textFrame(
      template.replace(BLANK, `n${String(sender).padStart(SENDER_DIGITS, '0')}${'0'.repeat(NUMBER_DIGITS)}`),
    );
    const at = template.indexOf(BLANK);
    if (at < 0) throw new Error('Cannot number the message: there is no place for it');
    this.#last = this.bytes.length - utf8.encode(template.slice(at)).length + BLANK.length - 1;
  }

  number(value: number): void {
    let rest = value;
    for (let at = this.#last; at > this.#last - NUMBER_DIGITS; at--) {
      this.bytes[at] = ZERO + (rest % 10);
      rest = Math.floor(rest / 10);
    }
  }
}

/** Finds the number in received messages. Servers write the same kind of message alike, so it is looked for where the last one had it. */
export class NumberReader {
  sender = 0;
  number = 0;
  readonly #marker: Uint8Array;
  #hint = 0;

  constructor(marker: string) {
    this.#marker = utf8.encode(marker);
  }

  /** Sets {@link sender} and {@link number}; gives where the number ends, or -1 where there is none. */
  read(buffer: Uint8Array, start: number, end: number): number {
    if (!this.#isAt(buffer, start + this.#hint, end)) {
      let at = start;
      while (at < end && !this.#isAt(buffer, at, end)) at++;
      if (at >= end) return -1;
      this.#hint = at - start;
    }
    const digits = start + this.#hint + this.#marker.length;
    this.sender = integer(buffer, digits, digits + SENDER_DIGITS);
    this.number = integer(buffer, digits + SENDER_DIGITS, digits + SENDER_DIGITS + NUMBER_DIGITS);
    return digits + SENDER_DIGITS + NUMBER_DIGITS;
  }

  #isAt(buffer: Uint8Array, at: number, end: number): boolean {
    const marker = this.#marker;
    if (at + marker.length + SENDER_DIGITS + NUMBER_DIGITS > end) return false;
    for (let n = 0; n < marker.length; n++) if (buffer[at + n] !== marker[n]) return false;
    return true;
  }
}

function integer(buffer: Uint8Array, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) value = value * 10 + (buffer[at] ?? 0) - ZERO;
  return value;
}

const OFFSET = utf8.encode('"offset":');

/** The entry's place in its conversation, or -1. */
export function offsetIn(buffer: Uint8Array, start: number, end: number): number {
  for (let at = end - OFFSET.length; at >= start; at--) {
    let n = 0;
    while (n < OFFSET.length && buffer[at + n] === OFFSET[n]) n++;
    if (n < OFFSET.length) continue;
    let stop = at + n;
    while ((buffer[stop] ?? 0) >= ZERO && (buffer[stop] ?? 0) <= ZERO + 9) stop++;
    return integer(buffer, at + n, stop);
  }
  return -1;
}
