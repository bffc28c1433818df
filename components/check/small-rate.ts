import { bytesAt, noise } from './server-probes.ts';

/** Bytes each way: at the least a picture needs they take a second and a half. */
const SIZE = 24 * 1024;

/**
 * Bits a second that a few bytes reach to and from the server, the slower way of both. Latency is not counted: on the way
 * here only what follows the first byte is, on the way there what they take longer than one byte does.
 * @throws {Error} when the server does not answer, or has too many to answer
 */
export async function smallRate(server: string, signal: AbortSignal): Promise<number> {
  const down = await fetch(bytesAt(server, SIZE), { cache: 'no-store', signal });
  const begun = performance.now();
  if (!down.ok || (await down.arrayBuffer()).byteLength !== SIZE)
    throw new Error('Cannot measure: the server sends no bytes');
  const there = performance.now() - begun;
  const one = await timeToSend(server, 1, signal);
  const many = await timeToSend(server, SIZE, signal);
  return (SIZE * 8_000) / Math.max(1, there, many - one);
}

async function timeToSend(server: string, size: number, signal: AbortSignal): Promise<number> {
  const body = noise(size);
  const begun = performance.now();
  const response = await fetch(bytesAt(server), { method: 'POST', body, signal });
  if (!response.ok || (await response.json()).size !== size)
    throw new Error('Cannot measure: the server takes no bytes');
  return performance.now() - begun;
}
