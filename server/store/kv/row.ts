import { StoreError } from '../port.ts';

/** What a value takes at most; more the database refuses. */
export const MAX_VALUE_BYTES = 65_536;
const MARK_BYTES = 16;
/** Of a key 2048 bytes are allowed; the other parts take the rest. */
const MAX_NAME_BYTES = 1_900;
/** Of a mark: what is before it tells the process, what follows the write. */
const NUMBER_AT = 8;
const mark = crypto.getRandomValues(new Uint8Array(MARK_BYTES));
const number = new DataView(mark.buffer);
let written = 0;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * JSON behind the mark of the write that put it there. Bytes, because the database would store a text with one
 * character beyond Latin-1 in twice the room. By its mark a write that is tried again knows what it has
 * written itself, when the first try went through and only the answer was lost.
 */
export class KvRow {
  #bytes: Uint8Array | null;
  readonly #text: string | null;

  private constructor(bytes: Uint8Array | null, text: string | null) {
    this.#bytes = bytes;
    this.#text = text;
  }

  /** As it is stored. */
  static read(bytes: Uint8Array): KvRow {
    return new KvRow(bytes, null);
  }

  /** To be stored, with a mark no other one bears. */
  static of(text: string): KvRow {
    return new KvRow(null, text);
  }

  get bytes(): Uint8Array {
    this.#bytes ??= marked(this.text);
    return this.#bytes;
  }

  /** Of its bytes, at most. */
  get size(): number {
    return this.#bytes?.length ?? MARK_BYTES + 3 * this.text.length;
  }

  get mark(): string {
    return this.bytes.subarray(0, MARK_BYTES).toHex();
  }

  get text(): string {
    return this.#text ?? decoder.decode(this.bytes.subarray(MARK_BYTES));
  }
}

/**
 * A row to write; `name` is what its key says about it, and `beside` it so many more bytes have to fit into the value.
 * @throws {StoreError} `store.full` when it is larger than the database allows
 */
export function newRow(name: string, text: string, beside = 0): KvRow {
  const room = MAX_VALUE_BYTES - MARK_BYTES - beside;
  if (name.length > MAX_NAME_BYTES) throw tooLarge(name.slice(0, 40), 'name', name.length, MAX_NAME_BYTES);
  const row = KvRow.of(text);
  // Most fit by far, and need not be counted.
  const bytes = row.size - MARK_BYTES > room ? row.bytes.length - MARK_BYTES : 0;
  if (bytes > room) throw tooLarge(name, 'JSON', bytes, room);
  return row;
}

/** @throws {StoreError} `store.corrupt` when it was not written as a {@link KvRow} */
export function readRow({ key, value }: Pick<Deno.KvEntry<unknown>, 'key' | 'value'>): KvRow {
  if (!(value instanceof Uint8Array) || value.length < MARK_BYTES)
    throw new StoreError('store.corrupt', `Cannot read ${key.join(' ')}: something else lies there`);
  return KvRow.read(value);
}

function marked(text: string): Uint8Array {
  const json = encoder.encode(text);
  const bytes = new Uint8Array(MARK_BYTES + json.length);
  number.setFloat64(NUMBER_AT, ++written);
  bytes.set(mark);
  bytes.set(json, MARK_BYTES);
  return bytes;
}

function tooLarge(name: string, what: string, bytes: number, room: number): StoreError {
  const reason = `its ${what} takes ${bytes} bytes, and ${room} fit`;
  return new StoreError('store.full', `Cannot write ${name} to the store: ${reason}`);
}
