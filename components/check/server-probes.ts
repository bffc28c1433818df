/** What can be found out by asking the server itself. */

export interface IceAnswer {
  readonly ice: readonly RTCIceServer[];
}

const PATIENCE = 10_000;
const SMALLEST = 64 * 1024;
const LARGEST = 4 * 1024 * 1024;
/** Milliseconds after which a measurement says enough. */
const ENOUGH = 1_000;

/** @throws {Error} with a sentence for the reader */
export async function readIce(): Promise<IceAnswer> {
  const response = await fetch('/api/ice', { signal: AbortSignal.timeout(PATIENCE) });
  const body = await response.json();
  if (!response.ok) throw new Error(body.message);
  return body;
}

/** Milliseconds until a socket to the server is open; null: it does not open. */
export function socketDelay(): Promise<number | null> {
  const begun = performance.now();
  const socket = new WebSocket(new URL('/ws', location.href.replace(/^http/, 'ws')), 'vc.v1');
  return new Promise<number | null>((resolve) => {
    socket.onopen = () => resolve(performance.now() - begun);
    socket.onclose = () => resolve(null);
    setTimeout(() => resolve(null), PATIENCE);
  }).finally(() => socket.close());
}

/** Bits a second from the server; null: it could not be measured. */
export const downloadRate = (): Promise<number | null> =>
  rateOf(async (size) => {
    const response = await fetch(`/api/check/bytes?size=${size}`, { cache: 'no-store' });
    return response.ok && (await response.arrayBuffer()).byteLength === size;
  });

/** Bits a second to the server; null: it could not be measured. */
export const uploadRate = (): Promise<number | null> =>
  rateOf(async (size) => {
    // Random, so that nothing in between makes it smaller.
    const body = new Uint8Array(size);
    for (let at = 0; at < size; at += SMALLEST) crypto.getRandomValues(body.subarray(at, at + SMALLEST));
    const response = await fetch('/api/check/bytes', { method: 'POST', body });
    return response.ok && (await response.json()).size === size;
  });

/** Moves more and more, until it takes long enough to tell. */
async function rateOf(move: (size: number) => Promise<boolean>): Promise<number | null> {
  let rate: number | null = null;
  for (let size = SMALLEST; size <= LARGEST; size *= 4) {
    const begun = performance.now();
    try {
      if (!(await move(size))) return rate;
    } catch {
      return rate;
    }
    const took = performance.now() - begun;
    rate = (size * 8_000) / Math.max(1, took);
    if (took > ENOUGH) return rate;
  }
  return rate;
}
