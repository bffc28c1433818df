/** What can be found out by asking the server itself. */

const PATIENCE = 10_000;
const SMALLEST = 64 * 1024;
const LARGEST = 4 * 1024 * 1024;
/** Milliseconds after which a measurement says enough. */
const ENOUGH = 1_000;

const patient = (signal: AbortSignal): AbortSignal =>
  AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]);

/**
 * The list for `RTCPeerConnection`, with credentials for a check alone.
 * @throws {Error} with a sentence for the reader
 */
export async function readIce(server: string, signal: AbortSignal): Promise<readonly RTCIceServer[]> {
  const response = await fetch(new URL('/api/ice', server), { signal: patient(signal) });
  const body = await response.json();
  if (!response.ok) throw new Error(body.message);
  return body.ice;
}

/** Milliseconds until a socket to the server is open; null: it does not open. */
export function socketDelay(server: string, signal: AbortSignal): Promise<number | null> {
  const begun = performance.now();
  const socket = new WebSocket(new URL('/ws', server.replace(/^http/, 'ws')), 'vc.v1');
  return new Promise<number | null>((resolve) => {
    socket.onopen = () => resolve(performance.now() - begun);
    socket.onclose = () => resolve(null);
    patient(signal).addEventListener('abort', () => resolve(null));
  }).finally(() => socket.close());
}

/** Bits a second from the server; null: it could not be measured. */
export const downloadRate = (server: string, signal: AbortSignal): Promise<number | null> =>
  rateOf(async (size) => {
    const response = await fetch(bytesAt(server, size), { cache: 'no-store', signal });
    return response.ok && (await response.arrayBuffer()).byteLength === size;
  });

/** Bits a second to the server; null: it could not be measured. */
export const uploadRate = (server: string, signal: AbortSignal): Promise<number | null> =>
  rateOf(async (size) => {
    const response = await fetch(bytesAt(server), { method: 'POST', body: noise(size), signal });
    return response.ok && (await response.json()).size === size;
  });

/** Where so many bytes come from, or any number goes to. */
export function bytesAt(server: string, size?: number): URL {
  const url = new URL('/api/check/bytes', server);
  if (size !== undefined) url.searchParams.set('size', String(size));
  return url;
}

/** Random, so that nothing in between makes it smaller. */
export function noise(size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at += SMALLEST) crypto.getRandomValues(bytes.subarray(at, at + SMALLEST));
  return bytes;
}

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
