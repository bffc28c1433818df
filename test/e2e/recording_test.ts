import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { keysOnDisk } from './browser-disk.ts';
import { probe } from './ffprobe.ts';
import { channel, channelIs, inConversation, panel, waitUntil } from './people.ts';
import { scene } from './product.ts';

const bar = (page: Page) => page.getByRole('toolbar', { name: 'Call controls' });

async function inVideoCall(shop: Page, desk: Page): Promise<void> {
  await inConversation(shop, desk);
  await channel(panel(desk), 'Video').click();
  await shop
    .getByRole('dialog', { name: 'Video call request' })
    .getByRole('button', { name: 'Accept with video' })
    .click();
  await channelIs(panel(desk), 'Video', 'active');
}

/** Seconds of recording that are on disk in the agent's browser. */
const chunksOnDisk = (page: Page) => keysOnDisk(page, /^recording\/.+\/\d+$/);

scene(
  "R1 R2 R3 R4 with the visitor's consent one file with both voices and pictures, right duration and cues",
  async ({ visitor, agent }) => {
    const [desk, shop] = [(await agent()).page, (await visitor()).page];
    await inVideoCall(shop, desk);
    await bar(desk).getByRole('button', { name: 'Record', exact: true }).click();
    const consent = shop.getByRole('dialog', { name: 'Recording request' });
    await consent.waitFor();
    assert.equal(await chunksOnDisk(desk), 0, 'nothing is kept before consent');
    const allowed = Date.now();
    await consent.getByRole('button', { name: 'Allow recording' }).click();
    await Promise.all([shop, desk].map((page) => page.getByText('This call is being recorded.').waitFor()));
    await waitUntil(async () => (await chunksOnDisk(desk)) >= 5, 'five seconds are on disk');
    await bar(desk).getByRole('button', { name: 'Stop recording' }).click();
    const save = desk.getByRole('link', { name: /Save recording/ });
    await save.waitFor();
    const atMost = (Date.now() - allowed) / 1000;
    const [download] = await Promise.all([desk.waitForEvent('download'), save.click()]);
    const path = await download.path();
    const film = await probe(path);
    assert.ok(film.duration > 4 && film.duration < atMost, `${film.duration} s, at most ${atMost} s`);
    assert.deepEqual(film.kinds.toSorted(), ['audio', 'video']);
    assert.ok(film.seeks, 'a seek lands where it was asked to');
  },
);

scene('R1 the visitor declines: nothing is recorded', async ({ visitor, agent }) => {
  const [desk, shop] = [(await agent()).page, (await visitor()).page];
  await inVideoCall(shop, desk);
  await bar(desk).getByRole('button', { name: 'Record', exact: true }).click();
  await shop
    .getByRole('dialog', { name: 'Recording request' })
    .getByRole('button', { name: 'Decline' })
    .click();
  await panel(desk)
    .getByText(/declined.*record/i)
    .first()
    .waitFor();
  assert.equal(await chunksOnDisk(desk), 0);
});
