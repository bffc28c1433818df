/// <reference lib="dom" />
/**
 * Time from the visitor's accept to the first picture of the other side, at each side: through the product, and through a
 * bare RTCPeerConnection over a bare WebSocket in the same two browsers, in turn. Prints medians and the ratio.
 *
 *     npm run bench -- call-setup [--rounds 15]
 */
import type { Page } from 'playwright-core';
import { showsPictures } from '../../e2e/media.ts';
import { channel, panel } from '../../e2e/people.ts';
import { median, table } from '../figures.ts';
import { type BarePage, bareDo, firstFrame } from './bare-call.ts';
import { openCallRig } from './rig.ts';

const LIMIT = 1.25;

interface Round {
  readonly visitor: number;
  readonly agent: number;
}

export async function callSetup(rounds: number): Promise<boolean> {
  const { shop, desk, bare, close } = await openCallRig();
  try {
    const pairs: (readonly [ours: Round, theirs: Round])[] = [];
    // The first round of each warms caches and code alike.
    for (let round = 0; round <= rounds; round++) {
      const pair = [await productRound(shop, desk), await bareRound(...bare)] as const;
      if (round > 0) pairs.push(pair);
    }
    const rows = (['visitor', 'agent'] as const).map((side) => {
      const own = median(pairs.map(([ours]) => ours[side]));
      const other = median(pairs.map(([, theirs]) => theirs[side]));
      const ratio = median(pairs.map(([ours, theirs]) => ours[side] / theirs[side]));
      return { side, own, other, ratio };
    });
    table(
      `Call set-up, accept → first picture (${rounds} paired rounds, medians)`,
      ['at the', 'Vicino ms', 'bare WebRTC ms', 'ratio', 'limit'],
      rows.map(({ side, own, other, ratio }) => [
        side,
        own.toFixed(0),
        other.toFixed(0),
        ratio.toFixed(2),
        String(LIMIT),
      ]),
    );
    return rows.every(({ ratio }) => ratio <= LIMIT);
  } finally {
    await close();
  }
}

async function productRound(shop: Page, desk: Page): Promise<Round> {
  const remote = 'video[data-role="remote"]';
  await channel(panel(desk), 'Video').click();
  const accept = shop.getByRole('button', { name: 'Accept with video' });
  await accept.waitFor();
  // As in the bare call, the one who asked has the camera open by then.
  await showsPictures(desk, 'self');
  const frames = Promise.all([firstFrame(shop, remote), firstFrame(desk, remote)]);
  const clicked = await accept.evaluate((button) => {
    (button as HTMLButtonElement).click();
    return performance.timeOrigin + performance.now();
  });
  const [visitor, agent] = await frames;
  await shop.getByRole('button', { name: 'Hang up' }).click();
  await Promise.all([shop, desk].map((page) => page.locator(remote).waitFor({ state: 'detached' })));
  return { visitor: visitor - clicked, agent: agent - clicked };
}

/** The agent has its camera open and waits; the visitor accepts, opens the camera and answers. */
async function bareRound(visitor: Page, agent: Page): Promise<Round> {
  const room = crypto.randomUUID();
  await agent.evaluate((room) => (globalThis as unknown as BarePage).prepareCaller(room), room);
  await visitor.evaluate((room) => (globalThis as unknown as BarePage).prepareAnswerer(room), room);
  const frames = Promise.all([firstFrame(visitor, '#remote'), firstFrame(agent, '#remote')]);
  const clicked = await visitor.evaluate(() => {
    (globalThis as unknown as BarePage).accept();
    return performance.timeOrigin + performance.now();
  });
  const [atVisitor, atAgent] = await frames;
  await Promise.all([visitor, agent].map((page) => bareDo(page, (bare) => bare.hangUp())));
  return { visitor: atVisitor - clicked, agent: atAgent - clicked };
}
