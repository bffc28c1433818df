/**
 * What a video call of 720 lines costs: processor time of both browsers, all their processes, while it runs, in percent of
 * one core; with and without recording at the agent, and as a bare call of the same browsers.
 *
 *     npm run bench -- call-processor [--rounds 3]
 */
import type { Browser } from 'playwright-core';
import { control, videoCall } from '../../e2e/calling.ts';
import { median, table } from '../figures.ts';
import { type BarePage, bareDo, firstFrame } from './bare-call.ts';
import { openCallRig } from './rig.ts';

/** Milliseconds of each measurement, and before it, for the encoders to settle. */
const SPAN = 10_000;
const SETTLE = 5_000;

export async function callProcessor(rounds: number): Promise<boolean> {
  const { browsers, shop, desk, bare, close } = await openCallRig({ devices: { resolution: 'high' } });
  const [visitor, agent] = bare;
  try {
    const measures = { bare: [] as number[], call: [] as number[], recorded: [] as number[] };
    for (let round = 0; round < rounds; round++) {
      const room = crypto.randomUUID();
      await agent.evaluate((room) => (globalThis as unknown as BarePage).prepareCaller(room), room);
      await visitor.evaluate((room) => (globalThis as unknown as BarePage).prepareAnswerer(room), room);
      await Promise.all(bare.map((page) => page.bringToFront()));
      const seen = Promise.all(bare.map((page) => firstFrame(page, '#remote')));
      await bareDo(visitor, (bare) => bare.accept());
      await seen;
      measures.bare.push(await percentOf(browsers));
      await Promise.all(bare.map((page) => bareDo(page, (bare) => bare.hangUp())));

      await Promise.all([shop, desk].map((page) => page.bringToFront()));
      await videoCall(shop, desk);
      measures.call.push(await percentOf(browsers));
      await control(desk, 'Record').click();
      await shop.getByRole('button', { name: 'Allow recording' }).click();
      await control(desk, 'Stop recording').waitFor();
      measures.recorded.push(await percentOf(browsers));
      await control(desk, 'Stop recording').click();
      await control(desk, 'Record').waitFor();
      await control(shop, 'Hang up').click();
      await control(desk, 'Hang up').waitFor({ state: 'detached' });
    }
    const base = median(measures.bare);
    table(
      `Processor, both ends of a 720p call (${rounds} spans of ${SPAN / 1000} s, medians)`,
      ['call', '% of a core', 'of bare'],
      (
        [
          ['bare WebRTC', measures.bare],
          ['Vicino', measures.call],
          ['Vicino, recording', measures.recorded],
        ] as const
      ).map(([name, values]) => [name, median(values).toFixed(0), (median(values) / base).toFixed(2)]),
    );
    return true;
  } finally {
    await close();
  }
}

async function percentOf(browsers: readonly Browser[]): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, SETTLE));
  const [before, began] = [await processorSeconds(browsers), performance.now()];
  await new Promise((resolve) => setTimeout(resolve, SPAN));
  const [after, ended] = [await processorSeconds(browsers), performance.now()];
  return ((after - before) / (ended - began)) * 100_000;
}

async function processorSeconds(browsers: readonly Browser[]): Promise<number> {
  let seconds = 0;
  for (const browser of browsers) {
    const session = await browser.newBrowserCDPSession();
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    seconds += processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
    await session.detach();
  }
  return seconds;
}
