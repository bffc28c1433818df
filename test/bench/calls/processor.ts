/// <reference lib="dom" />
/**
 * What a video call of 720 lines costs: processor time of both browsers, all their processes, while it runs, in percent of
 * one core; with and without recording at the agent, and as a bare call of the same browsers. Who has too little processor
 * sends less, so what the agent sees stands beside it: it has to be the same in all three. The cameras take ten pictures a
 * second, because two encoders without hardware do not hold more with two cores between them.
 *
 *     npm run bench -- call-processor [--rounds 3]
 */
import type { Browser, Locator } from 'playwright-core';
import { control, videoCall } from '../../e2e/calling.ts';
import { median, table } from '../figures.ts';
import { type BarePage, bareDo, firstFrame } from './bare-call.ts';
import { openCallRig } from './rig.ts';

/** Milliseconds of each measurement, and at most before it, until the encoders send the whole picture. */
const SPAN = 8_000;
const SETTLE = 60_000;
const WHOLE = '1280×720';
/** A second. */
const PICTURES = 10;
/** Of them, how many have to be seen, or what was measured is not a call of 720 lines. */
const HELD = 0.9;

export async function callProcessor(rounds: number): Promise<boolean> {
  const { browsers, shop, desk, bare, close } = await openCallRig({
    devices: { resolution: 'high' },
    pictures: PICTURES,
  });
  const [visitor, agent] = bare;
  try {
    const measures = { bare: [] as Load[], call: [] as Load[], recorded: [] as Load[] };
    const [seenBare, seen] = [agent.locator('#remote'), desk.locator('video[data-role="remote"]')];
    for (let round = 0; round < rounds; round++) {
      const room = crypto.randomUUID();
      await agent.evaluate((room) => (globalThis as unknown as BarePage).prepareCaller(room), room);
      await visitor.evaluate((room) => (globalThis as unknown as BarePage).prepareAnswerer(room), room);
      await Promise.all(bare.map((page) => page.bringToFront()));
      const begun = Promise.all(bare.map((page) => firstFrame(page, '#remote')));
      await bareDo(visitor, (bare) => bare.accept());
      await begun;
      measures.bare.push(await loadOf(browsers, seenBare));
      await Promise.all(bare.map((page) => bareDo(page, (bare) => bare.hangUp())));

      await Promise.all([shop, desk].map((page) => page.bringToFront()));
      await videoCall(shop, desk);
      measures.call.push(await loadOf(browsers, seen));
      await control(desk, 'Record').click();
      await shop.getByRole('button', { name: 'Allow recording' }).click();
      await control(desk, 'Stop recording').waitFor();
      measures.recorded.push(await loadOf(browsers, seen));
      await control(desk, 'Stop recording').click();
      await control(desk, 'Record').waitFor();
      await control(shop, 'Hang up').click();
      await control(desk, 'Hang up').waitFor({ state: 'detached' });
    }
    const percent = (loads: Load[]) => median(loads.map(({ percent }) => percent));
    const base = percent(measures.bare);
    table(
      `Processor, both ends of a 720p call (${rounds} spans of ${SPAN / 1000} s, medians)`,
      ['call', '% of a core', 'of bare', 'picture', 'a second'],
      (
        [
          ['bare WebRTC', measures.bare],
          ['Vicino', measures.call],
          ['Vicino, recording', measures.recorded],
        ] as const
      ).map(([name, loads]) => [
        name,
        percent(loads).toFixed(0),
        (percent(loads) / base).toFixed(2),
        loads.at(-1)?.size ?? '',
        median(loads.map(({ rate }) => rate)).toFixed(0),
      ]),
    );
    return Object.values(measures)
      .flat()
      .every(({ size, rate }) => size === WHOLE && rate > HELD * PICTURES);
  } finally {
    await close();
  }
}

interface Load {
  readonly percent: number;
  /** Of the pictures the agent sees, and how many a second. */
  readonly size: string;
  readonly rate: number;
}

async function loadOf(browsers: readonly Browser[], video: Locator): Promise<Load> {
  const latest = performance.now() + SETTLE;
  while ((await sightOf(video)).size !== WHOLE && performance.now() < latest)
    await new Promise((resolve) => setTimeout(resolve, 250));
  const [before, first, began] = [await processorSeconds(browsers), await sightOf(video), performance.now()];
  await new Promise((resolve) => setTimeout(resolve, SPAN));
  const [after, last, ended] = [await processorSeconds(browsers), await sightOf(video), performance.now()];
  const seconds = (ended - began) / 1000;
  return {
    percent: ((after - before) / seconds) * 100,
    size: last.size,
    rate: (last.frames - first.frames) / seconds,
  };
}

const sightOf = (video: Locator): Promise<{ size: string; frames: number }> =>
  video.evaluate((element) => {
    const video = element as HTMLVideoElement;
    const frames = video.getVideoPlaybackQuality().totalVideoFrames;
    return { size: `${video.videoWidth}×${video.videoHeight}`, frames };
  });

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
