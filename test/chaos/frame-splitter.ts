/** Bytes that belong together on a connection that becomes a WebSocket. */
export interface Piece {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** A whole text frame, which may come twice without harm to the framing. */
  readonly text: boolean;
}

const TEXT = 1;
const FINAL = 0x80;
const MASKED = 0x80;

/** Cuts one direction of a connection into the head of its upgrade and then the frames of RFC 6455. */
export class FrameSplitter {
  #rest: Uint8Array<ArrayBuffer> = new Uint8Array();
  #upgraded = false;

  /** What became whole with these bytes. */
  *split(bytes: Uint8Array): Generator<Piece> {
    const joined = new Uint8Array(this.#rest.length + bytes.length);
    joined.set(this.#rest);
    joined.set(bytes, this.#rest.length);
    this.#rest = joined;
    while (true) {
      const length = this.#upgraded ? frameLength(this.#rest) : headLength(this.#rest);
      if (length === null || length > this.#rest.length) return;
      const piece = this.#rest.slice(0, length);
      this.#rest = this.#rest.slice(length);
      yield { bytes: piece, text: this.#upgraded && piece[0] === (FINAL | TEXT) };
      this.#upgraded = true;
    }
  }
}

/** Length of an HTTP head, its empty line included; null: it has not ended. */
function headLength(bytes: Uint8Array): number | null {
  for (let i = 3; i < bytes.length; i++)
    if (bytes[i - 3] === 13 && bytes[i - 2] === 10 && bytes[i - 1] === 13 && bytes[i] === 10) return i + 1;
  return null;
}

/** Length of the frame that begins here, header included; null: too little is there to tell. */
function frameLength(bytes: Uint8Array): number | null {
  const second = bytes[1];
  if (second === undefined) return null;
  const short = second & 0x7f;
  const extended = short === 126 ? 2 : short === 127 ? 8 : 0;
  const header = 2 + extended + (second & MASKED ? 4 : 0);
  if (bytes.length < header) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  if (extended === 2) return header + view.getUint16(2);
  if (extended === 8) return header + Number(view.getBigUint64(2));
  return header + short;
}
