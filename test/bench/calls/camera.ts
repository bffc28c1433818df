/// <reference lib="dom" />
/**
 * Time from the visitor's click on *Turn camera on* in a running voice call to the first picture at the agent: through the
 * product, and through `replaceTrack` of a bare RTCPeerConnection in the same two browsers, in turn.
 *
 *     npm run bench -- call-camera [--rounds 15]
 */
import type { Page } from 'playwright-core';
import { control, request } from '../../e2e/calling.ts';
import { hasPicture } from '../../e2e/media.ts';
import { channel, channelIs, panel, waitUntil } from '../../e2e/people.ts';
import { median, table } from '../figures.ts';
import { type BarePage, bareDo, firstFrame } from './bare-call.ts';
import { openCallRig } from './rig.ts';

export async function cameraInCall(rounds: number): Promise<boolean> {
  const { shop, desk, bare, close } = await openCallRig();
  try {
    await channel(panel(desk), 'Voice').click();
    await request(shop, 'Voice').getByRole('button', { name: 'Accept' }).click();
    await channelIs(panel(desk), 'Voice', 'active');
    await beginBare(...bare);
    const pairs: (readonly [ours: number, theirs: number])[] = [];
    for (let round = 0; round <= rounds; round++) {
      const pair = [await productRound(shop, desk), await bareRound(...bare)] as const;
      if (round > 0) pairs.push(pair);
    }
    table(
      `Camera on in a call, click → first picture at the other side (${rounds} paired rounds, medians)`,
      ['Vicino ms', 'bare WebRTC ms', 'ratio'],
      [
        [
          median(pairs.map(([ours]) => ours)).toFixed(0),
          median(pairs.map(([, theirs]) => theirs)).toFixed(0),
          median(pairs.map(([ours, theirs]) => ours / theirs)).toFixed(2),
        ],
      ],
    );
    return true;
  } finally {
    await close();
  }
}

async function productRound(shop: Page, desk: Page): Promise<number> {
  const seen = firstFrame(desk, 'video[data-role="remote"]');
  const clicked = await control(shop, 'Turn camera on').evaluate((button) => {
    (button as HTMLButtonElement).click();
    return performance.timeOrigin + performance.now();
  });
  const at = await seen;
  await control(shop, 'Turn camera off').click();
  await waitUntil(async () => !(await hasPicture(desk, 'remote')), 'the picture is gone');
  return at - clicked;
}

async function beginBare(visitor: Page, agent: Page): Promise<void> {
  const room = crypto.randomUUID();
  await agent.evaluate((room) => (globalThis as unknown as BarePage).prepareCaller(room, false), room);
  await visitor.evaluate((room) => (globalThis as unknown as BarePage).prepareAnswerer(room, false), room);
  await bareDo(visitor, (bare) => bare.accept());
}

async function bareRound(visitor: Page, agent: Page): Promise<number> {
  const seen = firstFrame(agent, '#remote');
  const clicked = await visitor.evaluate(() => {
    void (globalThis as unknown as BarePage).turnCamera(true);
    return performance.timeOrigin + performance.now();
  });
  const at = await seen;
  await bareDo(visitor, (bare) => bare.turnCamera(false));
  return at - clicked;
}
