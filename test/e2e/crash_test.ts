/// <reference lib="dom" />
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { keysOnDisk } from './browser-disk.ts';
import { startMortalBrowser } from './mortal-browser.ts';
import { channel, channelIs, inConversation, panel, waitUntil } from './people.ts';
import { scene } from './product.ts';

scene(
  "R4 the agent's browser is killed while recording: what was on disk is offered and makes a file",
  async ({ product, visitor }) => {
    const profile = await Deno.makeTempDir({ prefix: 'vicino-profile-' });
    const openDesk = async () => {
      const mortal = await startMortalBrowser(profile);
      const page: Page = await (
        mortal.browser.contexts()[0] ?? (await mortal.browser.newContext())
      ).newPage();
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.goto(`${product.url}/agent?as=anna`);
      return { ...mortal, page };
    };
    const before = await openDesk();
    const shop = (await visitor()).page;
    await inConversation(shop, before.page);
    await channel(panel(before.page), 'Video').click();
    await shop.getByRole('button', { name: 'Accept with video' }).click();
    await channelIs(panel(before.page), 'Video', 'active');
    await before.page.getByRole('button', { name: 'Record', exact: true }).click();
    await shop.getByRole('button', { name: 'Allow recording' }).click();
    await waitUntil(
      async () => (await keysOnDisk(before.page, /^recording\/.+\/\d+$/)) >= 5,
      'five chunks are kept',
    );
    await before.kill();

    const after = await openDesk();
    const recordings = after.page.getByRole('region', { name: 'Recordings' });
    await recordings.getByText('A recording was interrupted').waitFor();
    const kept = await keysOnDisk(after.page, /^recording\/.+\/\d+$/);
    await recordings.getByRole('button', { name: /^Recover recording with Visitor/ }).click();
    const save = recordings.getByRole('link', { name: /^Save recording with Visitor/ });
    await save.waitFor();
    const film = await save.evaluate(
      (link) =>
        new Promise<{ duration: number; width: number }>((resolve, reject) => {
          const video = document.createElement('video');
          video.onloadedmetadata = () => resolve({ duration: video.duration, width: video.videoWidth });
          video.onerror = () => reject(new Error(video.error?.message));
          video.src = (link as HTMLAnchorElement).href;
        }),
    );
    assert.equal(film.width, 1280);
    assert.ok(kept >= 5 && film.duration > kept - 3, `${film.duration} s of ${kept} chunks`);
    await after.kill();
    await Deno.remove(profile, { recursive: true });
  },
);
