import type { CallQuality } from '../store/call-handle.ts';

/** Counters of a connection at one time. Bytes and packets since its beginning, times in milliseconds. */
export interface Sample {
  readonly at: number;
  readonly sent: number;
  readonly received: number;
  readonly packets: number;
  readonly lost: number;
  /** Share of what was sent that the other side misses, as it says. */
  readonly lostThere: number;
  readonly rtt: number | null;
  readonly picture: CallQuality['picture'];
  /** The encoder does less than it could, for want of processor. */
  readonly cpuLimited: boolean;
  readonly relayed: boolean;
}

/** From here on a measure is `fair`, or `poor`: a voice begins to break at 3 %, talk to overlap at 300 ms. */
const LIMITS = {
  loss: { fair: 0.03, poor: 0.1 },
  rtt: { fair: 300, poor: 600 },
} as const;

type Level = CallQuality['level'];
const LEVELS: readonly Level[] = ['good', 'fair', 'poor'];

/** How the call went between two samples. */
export function qualityBetween(before: Sample, now: Sample): CallQuality {
  const seconds = Math.max(0.001, (now.at - before.at) / 1000);
  const rate = (name: 'sent' | 'received') =>
    Math.max(0, Math.round(((now[name] - before[name]) * 8) / 1000 / seconds));
  const lost = Math.max(0, now.lost - before.lost);
  const arrived = Math.max(0, now.packets - before.packets);
  const loss = Math.max(now.lostThere, lost > 0 ? lost / (lost + arrived) : 0);
  const { rtt, picture, relayed } = now;
  const byLoss = levelOf('loss', loss);
  const byDelay = levelOf('rtt', rtt ?? 0);
  const byNetwork = worse(byLoss, byDelay);
  const level = worse(byNetwork, now.cpuLimited ? 'fair' : 'good');
  return {
    level,
    cause: causeOf(level, { byLoss, byNetwork, relayed }),
    rtt,
    loss,
    sending: rate('sent'),
    receiving: rate('received'),
    picture,
    relayed,
  };
}

/** A relay adds delay but loses nothing: it is named only where delay alone is the trouble. */
function causeOf(
  level: Level,
  { byLoss, byNetwork, relayed }: { byLoss: Level; byNetwork: Level; relayed: boolean },
): CallQuality['cause'] {
  if (level === 'good') return null;
  if (byNetwork === 'good') return 'cpu';
  return relayed && byLoss === 'good' ? 'relay' : 'network';
}

const levelOf = (measure: keyof typeof LIMITS, value: number): Level => {
  const { fair, poor } = LIMITS[measure];
  if (value >= poor) return 'poor';
  return value >= fair ? 'fair' : 'good';
};

const worse = (one: Level, other: Level): Level =>
  LEVELS.indexOf(one) > LEVELS.indexOf(other) ? one : other;

/** @see https://www.w3.org/TR/webrtc-stats/ */
export function readSample(report: RTCStatsReport, at: number): Sample {
  const stats = [...report.values()];
  const all = (type: string) => stats.filter((one) => one.type === type);
  const sum = (type: string, name: string) => all(type).reduce((total, one) => total + (one[name] ?? 0), 0);
  const most = (type: string, name: string) =>
    all(type).reduce((highest, one) => Math.max(highest, one[name] ?? 0), 0);
  const chosen = all('transport').find((one) => one.selectedCandidatePairId)?.selectedCandidatePairId;
  // Firefox has no transport, and marks the pair itself.
  const pair = chosen
    ? report.get(chosen)
    : all('candidate-pair').find((one) => one.selected || (one.nominated && one.state === 'succeeded'));
  const rtt = pair?.currentRoundTripTime ?? (most('remote-inbound-rtp', 'roundTripTime') || null);
  const film = all('inbound-rtp').find(({ kind, frameWidth }) => kind === 'video' && frameWidth);
  const types = [pair?.localCandidateId, pair?.remoteCandidateId].map((id) => report.get(id)?.candidateType);
  return {
    at,
    sent: sum('candidate-pair', 'bytesSent'),
    received: sum('candidate-pair', 'bytesReceived'),
    packets: sum('inbound-rtp', 'packetsReceived'),
    lost: sum('inbound-rtp', 'packetsLost'),
    lostThere: most('remote-inbound-rtp', 'fractionLost'),
    rtt: rtt === null ? null : Math.round(rtt * 1000),
    picture: film
      ? { width: film.frameWidth, height: film.frameHeight, fps: Math.round(film.framesPerSecond ?? 0) }
      : null,
    cpuLimited: all('outbound-rtp').some((one) => one.qualityLimitationReason === 'cpu'),
    relayed: types.includes('relay'),
  };
}
