import { createTokens } from '../../server/auth/tokens.ts';
import { SECRET } from '../support/server.ts';
import { BLANK, type Member } from './load/plan.ts';
import type { RIVALS } from './under-load.ts';

/** Call signalling between pairs of sockets, in the words of each server. */

export type Server = 'Vicino' | keyof typeof RIVALS;

const HOUR = 3_600;

/** As long as ours are. */
const peerName = (member: number): string => `p${String(member).padStart(31, '0')}`;

/** A candidate as the client of PeerJS sends it, 240 bytes. */
const candidate = (dst: string) => ({
  type: 'CANDIDATE',
  payload: {
    candidate: {
      candidate: 'candidate:842163049 1 udp 1677729535 203.0.113.77 46154 typ srflx',
      sdpMid: '0',
      sdpMLineIndex: 0,
    },
    type: 'media',
    connectionId: 'mc_4fzyv7qk1r',
    n: BLANK,
  },
  dst,
});

/** So many members, each one's messages going to its neighbour. */
export async function signalling(server: Server, count: number): Promise<Member[]> {
  const tokens = createTokens(SECRET, Date.now);
  return await Promise.all(
    Array.from({ length: count }, async (_, member) => {
      const other = member ^ 1;
      const [id, dst] = [peerName(member), peerName(other)];
      const message = JSON.stringify(candidate(dst));
      switch (server) {
        case 'Vicino': {
          const grant = { peer: id, remote: dst, contact: `c${member >> 1}`, expiresIn: HOUR };
          const query = `key=peerjs&id=${id}&token=${await tokens.signTicket(grant)}&version=1.5.5`;
          return { path: `/peerjs/peerjs?${query}`, steps: [OPEN], template: message, other };
        }
        case 'peer':
          return {
            path: `/peerjs?key=peerjs&id=${id}&token=t${member}&version=1.5.5`,
            steps: [OPEN],
            template: message,
            other,
          };
        case 'socket.io':
          return {
            path: `/socket.io/?EIO=4&transport=websocket&id=${id}`,
            steps: [{ hear: '0{' }, { say: '40' }, { hear: '40{' }],
            template: `42["signal",${message}]`,
            other,
          };
        default:
          return { path: `/?id=${id}&to=${dst}`, steps: [], template: message, other };
      }
    }),
  );
}

const OPEN = { hear: '{"type":"OPEN"' };

/** What stands before the number of a message. */
export const MARKER = '"n":"n';
