import { median, say } from './figures.ts';
import type { Measured } from './load/plan.ts';

/** A generator that has its processor for more of the time than this may be what limits. */
const GENERATOR = 0.9;
/** A server under full load that has a processor for less than this was kept from it by others. */
const SERVER = 0.85;

const serverShare = ({ serverCpu, seconds }: Measured): number => serverCpu / seconds;
const ownShare = ({ ownCpu, seconds }: Measured): number => ownCpu / seconds;
const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;

/** How much of a processor the server and the generator used. */
export const busyOf = (measured: readonly Measured[]): string =>
  `${percent(median(measured.map(serverShare)))} / ${percent(median(measured.map(ownShare)))}`;

/** Says whether it was the servers that were measured, at full load. */
export function sayWhoWasBusy(measured: readonly Measured[]): void {
  const generator = Math.max(...measured.map(ownShare));
  const server = Math.min(...measured.map(serverShare));
  say('');
  say(
    generator < GENERATOR
      ? `The generator used at most ${percent(generator)} of its processor: it was not the limit.`
      : `The generator used ${percent(generator)} of its processor: it may have been the limit.`,
  );
  if (server < SERVER)
    say(
      `A server had only ${percent(server)} of a processor: something else was running here, so that messages a second say little.`,
    );
}
