import { Buffer } from 'node:buffer';
import { isWhatItSays, SIGNATURE_BYTES } from './media-type.ts';

/** The bytes that come are not what may be sent. */
export class BytesError extends Error {
  readonly code: 'file.too-large' | 'file.damaged';
  constructor(code: BytesError['code'], reason: string) {
    super(reason);
    this.name = 'BytesError';
    this.code = code;
  }
}

/**
 * Passes on the bytes of a file as long as they are no more than `maxBytes` and begin as its media type does.
 * @throws {BytesError} at the first byte too many, at a beginning that does not fit, and at an end without any
 */
export async function* checkedBytes(
  bytes: AsyncIterable<Uint8Array>,
  mime: string,
  maxBytes: number,
): AsyncGenerator<Uint8Array> {
  let size = 0;
  let start: Buffer | null = Buffer.alloc(0);
  const open = (beginning: Uint8Array): Uint8Array => {
    start = null;
    if (isWhatItSays(mime, beginning)) return beginning;
    throw new BytesError('file.damaged', `its content is not ${mime}`);
  };
  for await (const piece of bytes) {
    size += piece.length;
    if (size > maxBytes) throw new BytesError('file.too-large', tooLarge(maxBytes));
    if (start === null) {
      yield piece;
      continue;
    }
    const beginning: Buffer = Buffer.concat([start, piece]);
    if (beginning.length < SIGNATURE_BYTES) start = beginning;
    else yield open(beginning);
  }
  if (size === 0) throw new BytesError('file.damaged', 'it is empty');
  if (start !== null) yield open(start);
}

/** A sentence's end for whoever wants to send more than that. */
export function tooLarge(maxBytes: number): string {
  const [unit, name] = maxBytes >= 1e6 ? [1e6, 'MB'] : maxBytes >= 1e3 ? [1e3, 'kB'] : [1, 'bytes'];
  return `it is larger than ${Math.floor((maxBytes / unit) * 10) / 10} ${name}`;
}
