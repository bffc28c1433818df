import type { ServerFrame } from './server-frames.ts';

/**
 * Reads a frame on the client's side, or gives null for what is none. Only the envelope is looked at: the server that
 * sends the frame has sent this code as well, and types newer than this code must pass to be ignored. Whoever does not
 * trust the server uses `decodeServerFrame`.
 */
export function readServerFrame(data: unknown): ServerFrame | null {
  if (typeof data !== 'string') return null;
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === 'object' && value !== null && 'type' in value ? (value as ServerFrame) : null;
  } catch {
    return null;
  }
}
