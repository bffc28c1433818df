/// <reference lib="dom" />
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { control, videoCall } from '../calling.ts';
import { connectionsMade, sendingRate } from '../connections.ts';
import { hearsVoice, showsPictures } from '../media.ts';
import { inConversation, waitUntil } from '../people.ts';
import { scene } from '../product.ts';

/** What the own picture comes from, and its size. */
const ownPicture = (page: Page): Promise<{ label: string; size: string }> =>
  page.locator('video[data-role="self"]').evaluate((video) => {
    const { srcObject, videoWidth, videoHeight } = video as HTMLVideoElement;
    const [track] = (srcObject as MediaStream).getVideoTracks();
    return { label: track?.label ?? '', size: `${videoWidth}x${videoHeight}` };
  });

scene(
  'V10 V11 another camera, microphone and resolution in a running call, which stays the same and under its ceiling',
  async ({ visitor, agent }) => {
    const [desk, shop] = [(await agent()).page, (await visitor()).page];
    await inConversation(shop, desk);
    await videoCall(shop, desk);
    const made = await Promise.all([shop, desk].map(connectionsMade));
    const first = await ownPicture(shop);
    await control(shop, 'Settings').click();
    const settings = shop.getByRole('dialog', { name: 'Settings' });
    for (const device of ['Camera', 'Microphone']) {
      const choice = settings.getByRole('combobox', { name: device });
      await waitUntil(async () => (await choice.getByRole('option').count()) === 4, 'three are there');
      await choice.selectOption({ index: 3 });
    }
    await waitUntil(async () => (await ownPicture(shop)).label !== first.label, 'the other camera is seen');
    await Promise.all([showsPictures(desk, 'remote'), hearsVoice(desk)]);
    const resolution = settings.getByRole('combobox', { name: 'Resolution' });
    for (const [name, size] of [
      ['High (720p)', '1280x720'],
      ['Low (360p)', '640x360'],
      ['As the camera gives it', first.size],
    ] as const) {
      await resolution.selectOption(name);
      await waitUntil(async () => (await ownPicture(shop)).size === size, `it is ${size}`);
    }
    await showsPictures(desk, 'remote');
    const rate = await sendingRate(shop, 4);
    assert.ok(rate > 60 && rate <= 500, `${rate} kb/s under a ceiling of 500`);
    assert.deepEqual(
      await Promise.all([shop, desk].map(connectionsMade)),
      made,
      'it is still the first call',
    );
  },
  {
    connections: 'watched',
    services: { sales: { bitrate: 'high' } },
    flags: { visitor: ['--use-fake-device-for-media-stream=device-count=3,fps=30'], agent: [] },
  },
);
