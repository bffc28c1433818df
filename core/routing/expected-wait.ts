/** Answers older than this say nothing about now, milliseconds. */
export const PACE_SPAN = 30 * 60_000;
/** Fewer answers than this are chance. */
const LEAST = 3;

/**
 * How long a visitor will still wait, in seconds, from how fast contacts of the service were answered lately: at the same
 * pace, everyone in front and then the visitor. Null when too little is known.
 *
 * @param answers when contacts were answered, milliseconds, in any order
 * @param position place in the queue, from 1
 */
export function expectedWait(answers: readonly number[], position: number, now: number): number | null {
  const recent = answers.filter((at) => at > now - PACE_SPAN && at <= now);
  if (recent.length < LEAST) return null;
  const span = now - Math.min(...recent);
  return Math.round((span / recent.length / 1000) * position);
}
