import { relaysBy, stunAddresses } from './ice-addresses.ts';
import { reaches, relays } from './relay-probes.ts';
import { readIce } from './server-probes.ts';
import { smallRate } from './small-rate.ts';

/** Which calls the way between this network and the others carries. */
export interface Way {
  readonly voice: boolean;
  readonly video: boolean;
}

/** Bits a second: of a voice with what belongs to it, and of a voice with the least picture that a service may set. */
const VOICE = 40_000;
const PICTURE = 160_000;
/** A busy moment is no slow network: so many measures must agree that it is. */
const MEASURES = 3;

export interface WayOptions {
  /** Whether bytes may be spent on measuring. */
  readonly measure: boolean;
  readonly signal: AbortSignal;
}

/**
 * Finds out, without a device and with few bytes, what the way carries. Nobody is told "no" for want of an answer: only
 * where a TURN server is there, and neither it nor UDP can be reached, there is no way, and only measures that agree make
 * one too narrow.
 * @throws {Error} when the server did not answer
 */
export async function findWay(server: string, { measure, signal }: WayOptions): Promise<Way> {
  const ice = await readIce(server, signal);
  const servers = relaysBy(ice);
  const stun = stunAddresses(ice);
  if (servers.length > 0 && stun.length > 0) {
    const ways = await Promise.all([relays(servers), reaches(stun)]);
    if (!ways.includes(true)) return { voice: false, video: false };
  }
  let best = measure ? 0 : PICTURE;
  for (let at = 0; at < MEASURES && best < PICTURE; at++)
    best = Math.max(best, await smallRate(server, signal));
  return { voice: best >= VOICE, video: best >= PICTURE };
}
