import { Buffer } from 'node:buffer';
import type { CallStart } from '../core/protocol/server-frames.ts';
import type { Config } from './config/schema.ts';

type IceServers = CallStart['ice'];

/**
 * What a browser is told to find its way with. For the configured TURN server it gets credentials of its own that expire
 * (draft-uberti-behave-turn-rest-00): the user name is the time and who it is, the password the signature of that.
 *
 * @param who ends up in the log of the TURN server
 * @param now milliseconds since the epoch
 */
export async function iceServersFor(ice: Config['ice'], who: string, now: number): Promise<IceServers> {
  const servers: IceServers = ice.servers.map(({ urls, username, credential }) => ({
    urls,
    ...(username === undefined ? {} : { username }),
    ...(credential === undefined ? {} : { credential }),
  }));
  if (!ice.turn) return servers;
  const { urls, secret, lifeSeconds } = ice.turn;
  const username = `${Math.floor(now / 1000) + lifeSeconds}:${who}`;
  return [...servers, { urls, username, credential: await signatureOf(username, secret) }];
}

async function signatureOf(username: string, secret: string): Promise<string> {
  const encoder = new TextEncoder();
  const algorithm = { name: 'HMAC', hash: 'SHA-1' };
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, ['sign']);
  const signature = await crypto.subtle.sign('HMAC', key, encoder.encode(username));
  return Buffer.from(signature).toString('base64');
}
