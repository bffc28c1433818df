import type { Outcome } from './run.ts';

/** How many violations are shown, for one defect often shows in many, and how many lines of what went before. */
const SHOWN = 20;
const TRACED = 200;

/** What a run comes to, for a person. */
export function report(outcome: Outcome): string {
  const { plan, violations, timeline, contacts, written, acknowledged, entries, answers } = outcome;
  const { seed, store, instances, seconds } = plan;
  const lines = [
    `seed ${seed}, ${store}, ${instances === 1 ? 'one instance' : `${instances} instances`}, ${(seconds / 60).toFixed(1)} minutes`,
    `  contacts ${contacts}, messages written ${written}, acknowledged ${acknowledged}, log entries ${entries}`,
    `  faults ${countsOf(timeline.map(({ kind }) => kind)) || 'none'}`,
    `  answers ${[...answers].map(([code, count]) => `${code} ${count}`).join(', ') || 'none but good ones'}`,
    `  drained at the latest after ${(outcome.drain / 1000).toFixed(1)} s, peak of an instance ${Math.round(outcome.peak / 1024 / 1024)} MB`,
    ...outcome.missing.map((what) => `  not tried here: ${what}`),
    `  violations ${violations.length}`,
  ];
  if (violations.length === 0) return lines.join('\n');
  for (const { rule, contact, detail } of violations.slice(0, SHOWN))
    lines.push(`    ${rule}${contact === null ? '' : ` in ${contact}`}: ${detail}`);
  lines.push('  timeline (seconds)');
  for (const { from, to, kind, detail } of timeline)
    lines.push(`    ${from.toFixed(1)}–${to.toFixed(1)} ${kind} ${detail}`);
  lines.push(
    '  what clients said (→) and heard (←) of the first contact',
    ...outcome.trace.slice(-TRACED).map((line) => `    ${line}`),
  );
  lines.push(
    `  again: npm run chaos -- --seed ${seed} --minutes ${seconds / 60} --store ${store} --instances ${instances}`,
  );
  return lines.join('\n');
}

function countsOf(kinds: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => `${kind} ${count}`).join(', ');
}
