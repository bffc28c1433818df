/// <reference lib="dom" />
/**
 * Time from the beginning of a full page load in a running video call until the visitor sees the agent again: the product
 * by itself, and a bare page that makes a new call as soon as it is loaded.
 *
 *     npm run bench -- call-page-load [--rounds 11]
 */
import type { Page } from 'playwright-core';
import { videoCall } from '../../e2e/calling.ts';
import { median, table } from '../figures.ts';
import { type BarePage, bareDo, firstFrame } from './bare-call.ts';
import { openCallRig } from './rig.ts';

/** Milliseconds until the call is back, in the middle of all loads. */
const LIMIT = 2_000;

export async function callOverPageLoad(rounds: number): Promise<boolean> {
  const { product, shop, desk, bareUrl, bare, close } = await openCallRig();
  const [visitor, agent] = bare;
  try {
    await videoCall(shop, desk);
    const pairs: (readonly [ours: number, theirs: number])[] = [];
    for (let round = 0; round <= rounds; round++) {
      const ours = await load(shop, `${product.url}/?page=${round}`, 'video[data-role="remote"]');
      const room = crypto.randomUUID();
      await agent.evaluate((room) => (globalThis as unknown as BarePage).prepareCaller(room), room);
      // Another address than before, so that the page is loaded and not only scrolled.
      const theirs = await load(visitor, `${bareUrl}/?page=${round}#${room}`, '#remote');
      await Promise.all([visitor, agent].map((page) => bareDo(page, (bare) => bare.hangUp())));
      if (round > 0) pairs.push([ours, theirs]);
    }
    const own = pairs.map(([ours]) => ours);
    table(
      `Page load in a call, navigation → picture of the agent (${rounds} paired loads)`,
      ['Vicino ms', 'worst', 'bare WebRTC ms', 'ratio', 'limit ms'],
      [
        [
          median(own).toFixed(0),
          Math.max(...own).toFixed(0),
          median(pairs.map(([, theirs]) => theirs)).toFixed(0),
          median(pairs.map(([ours, theirs]) => ours / theirs)).toFixed(2),
          String(LIMIT),
        ],
      ],
    );
    return median(own) <= LIMIT;
  } finally {
    await close();
  }
}

async function load(page: Page, url: string, video: string): Promise<number> {
  await page.goto(url, { waitUntil: 'commit' });
  const seen = await firstFrame(page, video);
  return seen - (await page.evaluate(() => performance.timeOrigin));
}
