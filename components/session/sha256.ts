/** SHA-256 (FIPS 180-4) of bytes that come one piece after the other: `crypto.subtle` wants all of them in memory at once. */
export interface Sha256 {
  update(bytes: Uint8Array): void;
  /** In hexadecimal. Nothing may be added after it. */
  digest(): string;
}

const BLOCK = 64;

/** The first 32 bits behind the point of a root of each of the first `count` primes. */
function fractions(count: number, root: (prime: number) => number): Int32Array<ArrayBuffer> {
  const primes: number[] = [];
  for (let n = 2; primes.length < count; n++) if (primes.every((prime) => n % prime > 0)) primes.push(n);
  return Int32Array.from(primes, (prime) => (root(prime) % 1) * 2 ** 32);
}

const ROUNDS = fractions(64, Math.cbrt);
const START = fractions(8, Math.sqrt);

export function createSha256(): Sha256 {
  const state = START.slice();
  const words = new Int32Array(64);
  const rest = new Uint8Array(BLOCK);
  const restView = new DataView(rest.buffer);
  let filled = 0;
  let length = 0;

  const update = (bytes: Uint8Array) => {
    length += bytes.length;
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    for (let from = 0; from < bytes.length; ) {
      if (filled === 0 && bytes.length - from >= BLOCK) {
        mix(state, words, view, from);
        from += BLOCK;
        continue;
      }
      const part = bytes.subarray(from, from + BLOCK - filled);
      rest.set(part, filled);
      from += part.length;
      filled += part.length;
      if (filled < BLOCK) continue;
      mix(state, words, restView, 0);
      filled = 0;
    }
  };

  return {
    update,
    digest() {
      const bits = length * 8;
      const padded = BLOCK * Math.ceil((filled + 9) / BLOCK) - filled;
      const end = new Uint8Array(padded);
      end[0] = 0x80;
      const view = new DataView(end.buffer);
      view.setUint32(padded - 8, bits / 2 ** 32);
      view.setUint32(padded - 4, bits);
      update(end);
      return [...state].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
    },
  };
}

/** Takes one block of 64 bytes, at `from`, into the state. */
function mix(state: Int32Array, words: Int32Array, bytes: DataView, from: number): void {
  for (let i = 0; i < 16; i++) words[i] = bytes.getInt32(from + 4 * i);
  for (let i = 16; i < 64; i++) {
    const x = words[i - 15] ?? 0;
    const y = words[i - 2] ?? 0;
    const low = turned(x, 7) ^ turned(x, 18) ^ (x >>> 3);
    const high = turned(y, 17) ^ turned(y, 19) ^ (y >>> 10);
    words[i] = (words[i - 16] ?? 0) + low + (words[i - 7] ?? 0) + high;
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let i = 0; i < 64; i++) {
    const sum = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const choice = (e & f) ^ (~e & g);
    const one = (h + sum + choice + (ROUNDS[i] ?? 0) + (words[i] ?? 0)) | 0;
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const two = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + majority) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + two) | 0;
  }
  for (const [i, value] of [a, b, c, d, e, f, g, h].entries()) state[i] = (state[i] ?? 0) + value;
}

const turned = (word: number, by: number): number => (word >>> by) | (word << (32 - by));
