import { type RelayWay, relaysBy, stunAddresses } from './ice-addresses.ts';
import { openRelay, type RelayedPair, reaches } from './relay-probes.ts';
import { downloadRate, readIce, socketDelay, uploadRate } from './server-probes.ts';

/** What a check finds out, one after the other. */
export interface Measures {
  /** Whether this browser has WebRTC. */
  readonly browser: boolean;
  /** Whether the page may use devices. */
  readonly https: boolean;
  /** Milliseconds until a WebSocket was open; null: blocked. */
  readonly socket: number | null;
  /** Bits a second from and to the server; null: not measured. */
  readonly download: number | null;
  readonly upload: number | null;
  /** Whether UDP gets out; null: no server is configured that would tell. */
  readonly stun: boolean | null;
  /** Bits a second through the TURN server; null: no way through, undefined: none is configured. */
  readonly turnUdp: number | null | undefined;
  readonly turnTcp: number | null | undefined;
  readonly turnTls: number | null | undefined;
}
export type Probe = keyof Measures;

type Note = <P extends Probe>(probe: P, measure: Measures[P]) => void;

const WAYS: readonly RelayWay[] = ['turnUdp', 'turnTcp', 'turnTls'];

/**
 * Checks by real connections whether calls work from here through the server at `server` (an origin); takes some ten seconds,
 * and up to half a minute where little answers. `note` hears of each measure as it comes, and of nothing after `signal` aborted.
 * @throws {DOMException} when `signal` aborts
 */
export async function checkConnection(server: string, note: Note, signal: AbortSignal): Promise<Measures> {
  const found: Partial<Record<Probe, unknown>> = {};
  const keep: Note = (probe, measure) => {
    signal.throwIfAborted();
    found[probe] = measure;
    note(probe, measure);
  };
  const isAble = typeof RTCPeerConnection !== 'undefined';
  keep('browser', isAble);
  keep('https', isSecureContext);
  keep('socket', await socketDelay(server, signal));
  keep('download', await downloadRate(server, signal));
  keep('upload', await uploadRate(server, signal));
  const ice = await readIce(server, signal).catch(() => []);
  // Where there is no way that takes its time to show: all are tried at once, and measured one after the other.
  const stun = isAble ? stunAddresses(ice) : [];
  const reached = stun.length > 0 ? reaches(stun) : null;
  const ways = WAYS.map((way) =>
    (isAble ? relaysBy(ice, [way]) : []).map((server) => openRelay(server).catch(() => null)),
  );
  try {
    keep('stun', await reached);
    for (const [n, way] of WAYS.entries()) keep(way, await bestRate(ways[n] ?? []));
  } finally {
    for (const pair of ways.flat()) pair.then((open) => open?.close());
  }
  return found as unknown as Measures;
}

/** Undefined: there is no such server. */
async function bestRate(pairs: readonly Promise<RelayedPair | null>[]): Promise<number | null | undefined> {
  let best: number | null | undefined;
  for (const pair of pairs) {
    const rate = (await (await pair)?.rate()) ?? null;
    best = rate === null ? (best ?? null) : Math.max(rate, best ?? 0);
  }
  return best;
}
