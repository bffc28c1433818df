import { fetchCode } from '../store/fetch-code.ts';

/** How many words, of 256 each. */
const WORDS = 4;

/**
 * Words that both sides of a connection read alike, and alike only when each has the other's certificate: whoever stands
 * in between has one of their own. Null before both descriptions are there.
 */
export async function safetyWords(connection: RTCPeerConnection): Promise<readonly string[] | null> {
  const prints = [connection.localDescription, connection.remoteDescription].map(fingerprintOf);
  if (prints.includes(null)) return null;
  const [{ SAFETY_WORDS }, digest] = await Promise.all([
    fetchCode(() => import('./safety-words.ts')),
    crypto.subtle.digest('SHA-256', new TextEncoder().encode(prints.sort().join(' '))),
  ]);
  return [...new Uint8Array(digest, 0, WORDS)].map((byte) => SAFETY_WORDS[byte] as string);
}

/** @see https://www.rfc-editor.org/rfc/rfc8122#section-5 */
function fingerprintOf(description: RTCSessionDescription | null): string | null {
  const found = /^a=fingerprint:(\S+ \S+)/m.exec(description?.sdp ?? '');
  return found?.[1]?.toLowerCase() ?? null;
}
