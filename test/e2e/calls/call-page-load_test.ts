/// <reference lib="dom" />
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { bar, channelsAre, control, inTouch, videoCall } from '../calling.ts';
import { hasPicture, hearsVoice, showsPictures } from '../media.ts';
import { conversation, inConversation, panel, waitUntil } from '../people.ts';
import { scene } from '../product.ts';

const said = (page: Page, text: RegExp) => conversation(panel(page)).getByText(text).count();

for (const browser of ['chromium', 'firefox'] as const)
  scene(
    `V17 ${browser}: the visitor goes to another page, the agent loads theirs again: the call comes back by itself`,
    async ({ product, visitor, agent }) => {
      const [desk, shop] = [(await agent()).page, (await visitor()).page];
      await inConversation(shop, desk);
      await videoCall(shop, desk);
      const arrives = Promise.withResolvers<void>();
      // Between two pages: the old one has gone, and the script tag of the new one is still to come.
      await shop.route('**/vc.js', async (route) => {
        await arrives.promise;
        await route.continue();
      });
      await shop.goto(`${product.url}/?second`, { waitUntil: 'commit' });
      await panel(desk).getByRole('img', { name: 'Changing page' }).waitFor();
      assert.equal(await bar(desk).count(), 1, 'it was not hung up');
      arrives.resolve();
      // The chat is as open as it was, and the call in it.
      await inTouch(shop, desk);
      await panel(desk).getByRole('img', { name: 'Changing page' }).waitFor({ state: 'detached' });

      await control(shop, 'Turn camera off').click();
      await waitUntil(async () => !(await hasPicture(desk, 'remote')), 'there is no picture');
      await control(desk, 'Mute microphone').click();
      await shop.getByRole('img', { name: 'Microphone off' }).waitFor();
      await desk.reload();
      await channelsAre(desk, 'active');
      await showsPictures(shop, 'remote');
      await hearsVoice(desk);
      assert.equal(await hasPicture(desk, 'remote'), false, 'a camera that was off stays off');
      await shop.getByRole('img', { name: 'Microphone off' }).waitFor();
      await control(desk, 'Unmute microphone').click();
      await inTouch(shop);
      assert.equal(await said(desk, /ended/), 0);
    },
    { visitor: browser, agent: browser },
  );
