import type { CallQuality } from '../store/call-handle.ts';
import { qualityBetween, readSample, type Sample } from './quality.ts';

export interface ConnectionWatch {
  /** Every two seconds. */
  onQuality(quality: CallQuality): void;
  /** Nothing came from the other side for a while, or something does again. */
  onSilence(silent: boolean): void;
  readonly signal: AbortSignal;
}

const STEP = 1_000;
/** The same while the other side is silent: that it is back matters at once. */
const SILENT_STEP = 100;
/** Steps without a byte until the other side counts as silent: ICE itself says so after six seconds. */
const SILENT_AFTER = 3;
/** Steps between two measures of quality. */
const MEASURE = 2;

/**
 * Looks at the counters of a connection. Each step a word goes out on `channel`, whose arrival the other browser
 * confirms even while its page sleeps: as long as there is one, bytes come back.
 */
export function watchConnection(
  connection: RTCPeerConnection,
  channel: RTCDataChannel,
  { onQuality, onSilence, signal }: ConnectionWatch,
): void {
  let last: Sample | null = null;
  let measured: Sample | null = null;
  let quiet = 0;
  let step = 0;
  let timer: ReturnType<typeof setTimeout>;
  const weigh = (report: RTCStatsReport) => {
    const now = readSample(report, performance.now());
    // A pair of candidates that is dropped takes its count of bytes along: only more is a sign.
    const heard = last === null || now.received > last.received || now.packets > last.packets;
    last = now;
    if (heard && quiet >= SILENT_AFTER) onSilence(false);
    quiet = heard ? 0 : quiet + 1;
    if (quiet === SILENT_AFTER) onSilence(true);
    if (measured && quiet < SILENT_AFTER && step++ % MEASURE === 0) {
      onQuality(qualityBetween(measured, now));
      measured = now;
    }
    measured ??= now;
  };
  const look = async () => {
    const report = await connection.getStats().catch(() => null);
    if (signal.aborted) return;
    if (report) weigh(report);
    timer = setTimeout(look, quiet < SILENT_AFTER ? STEP : SILENT_STEP);
    if (channel.readyState === 'open') channel.send('{}');
  };
  timer = setTimeout(look, STEP);
  signal.addEventListener('abort', () => clearTimeout(timer));
}
