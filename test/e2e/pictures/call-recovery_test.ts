/// <reference lib="dom" />
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { Weather } from '../../support/udp-proxy.ts';
import { channelsAre, control, inTouch, noCall, videoCall } from '../calling.ts';
import { connectionsMade, countFrozen, sendingRate } from '../connections.ts';
import { showsPictures } from '../media.ts';
import { inConversation, panel, say, sees, waitUntil } from '../people.ts';
import { scene } from '../product.ts';

scene(
  'V16 the server is killed and started again during a call: no second is frozen, and the call is the same',
  async ({ product, visitor, agent }) => {
    const [desk, shop] = [(await agent()).page, (await visitor()).page];
    await inConversation(shop, desk);
    await videoCall(shop, desk);
    const made = await Promise.all([shop, desk].map(connectionsMade));
    const frozen = await Promise.all([shop, desk].map(countFrozen));
    await product.stop('SIGKILL');
    await desk.getByText('The connection is lost. Trying again…').waitFor();
    await control(shop, 'Mute microphone').click();
    await product.start();
    await say(shop, 'Are you still there?');
    await sees(panel(desk), 'Are you still there?');
    // Said while there was no server.
    await desk.getByRole('img', { name: 'Microphone off' }).waitFor();
    await inTouch(shop);
    await showsPictures(desk, 'remote');
    assert.deepEqual(await Promise.all(frozen.map((count) => count())), [0, 0], 'seconds without a picture');
    assert.deepEqual(
      await Promise.all([shop, desk].map(connectionsMade)),
      made,
      'it is still the first call',
    );
    await control(shop, 'Hang up').click();
    await noCall(shop, desk);
    await channelsAre(desk, 'available');
  },
  { connections: 'watched' },
);

const health = (page: Page, level: string | RegExp) =>
  page.getByRole('button', { name: level }).filter({ visible: true });

/** What the open indicator gives as the cause. */
async function cause(page: Page, level: RegExp): Promise<string> {
  await health(page, level).click();
  const dialog = page.getByRole('dialog', { name: /^Connection: / });
  const text = (await dialog.locator('.cause').textContent()) ?? '';
  await page.keyboard.press('Escape');
  return text;
}

scene(
  'V11 V18 over a relay that loses and delays: both sides are told how it is and why, and that it is over',
  async ({ relay, visitor, agent }) => {
    assert.ok(relay);
    const [desk, shop] = [(await agent()).page, (await visitor()).page];
    await inConversation(shop, desk);
    await videoCall(shop, desk);
    const pages = [shop, desk];
    await Promise.all(pages.map((page) => health(page, 'Connection: good').waitFor()));
    const rate = await sendingRate(shop, 4);
    assert.ok(rate > 60 && rate <= 300, `${rate} kb/s under a ceiling of 300`);

    const through = (weather: Weather) => {
      for (const router of Object.values(relay.routers)) router.weather = weather;
    };
    through({ loss: 0.08, delay: 50 });
    const bad = /^Connection: (fair|poor)$/;
    for (const page of pages) {
      await health(page, bad).waitFor();
      assert.match(await cause(page, bad), /The network is slow or loses data/);
    }
    through({ loss: 0, delay: 400 });
    for (const page of pages)
      await waitUntil(async () => /detour through a relay/.test(await cause(page, bad)), 'it is the relay');
    through({ loss: 0, delay: 0 });
    await Promise.all(pages.map((page) => health(page, 'Connection: good').waitFor()));
    await inTouch(...pages);
  },
  { connections: 'relayed', services: { sales: { bitrate: 'low' } } },
);
