import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { startScreen } from '../../support/screen.ts';
import { channelsAre, control, inTouch, noCall, request, safetyWords, videoCall } from '../calling.ts';
import { connectionsMade } from '../connections.ts';
import { hasPicture, hearsVoice, shapeOf, showsPictures } from '../media.ts';
import { channel, channelIs, inConversation, panel, say, sees, waitUntil } from '../people.ts';
import { scene } from '../product.ts';

const screen = await startScreen();
Deno.test.afterAll(async () => screen[Symbol.asyncDispose]());

/** What is said of the other side beside their name. */
const marked = (page: Page, what: string) => page.getByRole('img', { name: what, exact: true });

for (const [visitorIn, agentIn] of [
  ['firefox', 'chromium'],
  ['chromium', 'firefox'],
] as const) {
  scene(
    `V1 V5 V14 V15 A2 a visitor in ${visitorIn} and an agent in ${agentIn} change everything in one call`,
    async ({ visitor, agent }) => {
      const [desk, shop] = [(await agent()).page, (await visitor()).page];
      await inConversation(shop, desk);
      await videoCall(shop, desk);
      assert.equal(await safetyWords(shop), await safetyWords(desk));
      const made = await Promise.all([shop, desk].map(connectionsMade));

      for (const [one, other] of [
        [shop, desk],
        [desk, shop],
      ] as const) {
        await control(one, 'Mute microphone').click();
        await marked(other, 'Microphone off').waitFor();
        await control(one, 'Unmute microphone').click();
        await marked(other, 'Microphone off').waitFor({ state: 'detached' });
        await control(one, 'Mute sound').click();
        await marked(other, 'Cannot hear you: sound off').waitFor();
        await control(one, 'Unmute sound').click();
        await control(one, 'Turn camera off').click();
        await waitUntil(async () => !(await hasPicture(other, 'remote')), 'there is no picture');
        await control(one, 'Turn camera on').click();
        await inTouch(other);
      }
      for (const [one, other] of [
        [shop, desk],
        [desk, shop],
      ] as const) {
        const face = await shapeOf(other, 'remote');
        await control(one, 'Share screen').click();
        await waitUntil(async () => (await shapeOf(other, 'remote')) !== face, 'the screen is shown');
        await control(one, 'Stop sharing').click();
        await waitUntil(async () => (await shapeOf(other, 'remote')) === face, 'the camera is back');
        await showsPictures(other, 'remote');
      }
      assert.deepEqual(
        await Promise.all([shop, desk].map(connectionsMade)),
        made,
        'it is still the first call',
      );

      await control(shop, 'Hang up').click();
      await noCall(shop, desk);
      await channelsAre(desk, 'available');
      await say(shop, 'Thank you for the call');
      await sees(panel(desk), 'Thank you for the call');
    },
    { visitor: visitorIn, agent: agentIn, screen, connections: 'watched' },
  );
}

scene(
  'V2 V5 two Firefoxes: the visitor calls by voice, both turn their cameras on in the same call',
  async ({ visitor, agent }) => {
    const [desk, shop] = [(await agent()).page, (await visitor()).page];
    await inConversation(shop, desk);
    await shop.getByRole('button', { name: 'Start voice call' }).click();
    await request(desk, 'Voice').getByRole('button', { name: 'Accept' }).click();
    await channelIs(panel(desk), 'Voice', 'active');
    await Promise.all([hearsVoice(shop), hearsVoice(desk)]);
    const made = await Promise.all([shop, desk].map(connectionsMade));
    await channel(panel(desk), 'Video').click();
    await request(shop).getByRole('button', { name: 'Accept with video' }).click();
    await channelIs(panel(desk), 'Video', 'active');
    await inTouch(shop, desk);
    assert.deepEqual(await Promise.all([shop, desk].map(connectionsMade)), made);
    assert.equal(await safetyWords(shop), await safetyWords(desk));
  },
  { visitor: 'firefox', agent: 'firefox', screen, connections: 'watched' },
);
