/// <reference lib="dom" />
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { channelsAre, control, inVideoCall, noCall, request } from '../calling.ts';
import { hasPicture, hearsVoice, showsPictures } from '../media.ts';
import { channel, channelIs, inConversation, panel, say, sees, waitUntil } from '../people.ts';
import { scene } from '../product.ts';

scene(
  'V1 V5 V15 the agent starts video, the visitor accepts with video: both see and hear each other',
  async ({ visitor, agent }) => {
    const [desk, shop] = [(await agent()).page, (await visitor()).page];
    await inConversation(shop, desk);
    await channel(panel(desk), 'Video').click();
    await channelsAre(desk, 'connecting');
    await desk
      .getByText(/Waiting for Visitor/)
      .first()
      .waitFor();
    await showsPictures(desk, 'self');
    await request(shop).getByRole('button', { name: 'Accept with video' }).click();
    await channelsAre(desk, 'active');
    await Promise.all([
      showsPictures(shop, 'remote'),
      showsPictures(desk, 'remote'),
      hearsVoice(shop),
      hearsVoice(desk),
    ]);

    await control(desk, 'Mute microphone').click();
    await control(desk, 'Unmute microphone').waitFor();
    await control(desk, 'Mute sound').click();
    await control(desk, 'Unmute sound').click();
    await control(shop, 'Turn camera off').click();
    await control(shop, 'Turn camera on').waitFor();
    await waitUntil(
      async () => !(await hasPicture(desk, 'remote')),
      'the agent has no picture of the visitor',
    );
    await control(shop, 'Turn camera on').click();
    await showsPictures(desk, 'remote');
    await control(shop, 'Expand').click();
    await shop.getByRole('button', { name: 'Full screen' }).click();
    await shop.getByRole('button', { name: 'Leave full screen' }).click();
    await control(shop, 'Collapse').click();

    await control(shop, 'Hang up').click();
    await noCall(shop, desk);
    await channelsAre(desk, 'available');
    await say(shop, 'Thank you for the call');
    await sees(panel(desk), 'Thank you for the call');
  },
);

scene(
  'V1 voice only: the visitor sees the agent without being seen, and may turn the camera on later',
  async ({ visitor, agent }) => {
    const [desk, shop] = [(await agent()).page, (await visitor()).page];
    await inConversation(shop, desk);
    await channel(panel(desk), 'Video').click();
    await request(shop).getByRole('button', { name: 'Voice only' }).click();
    await channelsAre(desk, 'active');
    await Promise.all([showsPictures(shop, 'remote'), hearsVoice(shop), hearsVoice(desk)]);
    assert.equal(await hasPicture(desk, 'remote'), false);
    await control(shop, 'Turn camera on').click();
    await showsPictures(desk, 'remote');
  },
);

scene('V1 decline: the channels are available again and the chat goes on', async ({ visitor, agent }) => {
  const [desk, shop] = [(await agent()).page, (await visitor()).page];
  await inConversation(shop, desk);
  await channel(panel(desk), 'Video').click();
  await request(shop).getByRole('button', { name: 'Decline' }).click();
  await channelsAre(desk, 'available');
  await noCall(desk);
  await say(shop, 'Not now, please');
  await sees(panel(desk), 'Not now, please');
});

scene(
  'V2 V3 the visitor asks first; the button hides while the agent has video off, who may still start',
  async ({ visitor, agent }) => {
    const [desk, shop] = [(await agent()).page, (await visitor()).page];
    await inConversation(shop, desk);
    const start = shop.getByRole('button', { name: 'Start video call' });
    await desk.getByRole('switch', { name: 'Video', exact: true }).click();
    await start.waitFor({ state: 'hidden' });
    await shop.getByRole('button', { name: 'Start voice call' }).waitFor();
    await channelIs(panel(desk), 'Video', 'available');
    await desk.getByRole('switch', { name: 'Video', exact: true }).click();
    await start.click();
    await request(desk).getByRole('button', { name: 'Decline' }).click();
    await start.click();
    await request(desk).getByRole('button', { name: 'Accept' }).click();
    await channelsAre(desk, 'active');
    await Promise.all([showsPictures(shop, 'remote'), showsPictures(desk, 'remote')]);
    await channel(panel(desk), 'Video').click();
    await noCall(shop, desk);
  },
);

scene('V5 C2 a voice call becomes video on request without a new call', async ({ visitor, agent }) => {
  const [desk, shop] = [(await agent()).page, (await visitor()).page];
  await inConversation(shop, desk);
  await channel(panel(desk), 'Voice').click();
  await request(shop, 'Voice').getByRole('button', { name: 'Accept' }).click();
  await channelIs(panel(desk), 'Voice', 'active');
  await channelIs(panel(desk), 'Video', 'available');
  await Promise.all([hearsVoice(shop), hearsVoice(desk)]);
  await channel(panel(desk), 'Video').click();
  await request(shop).getByRole('button', { name: 'Accept with video' }).click();
  await channelIs(panel(desk), 'Video', 'active');
  await Promise.all([showsPictures(shop, 'remote'), showsPictures(desk, 'remote')]);
});

scene(
  'C1 V7 a contact entered as video call is a call as soon as it is taken',
  async ({ visitor, agent }) => {
    const [desk, shop] = [(await agent()).page, (await visitor()).page];
    await shop.getByRole('button', { name: 'Open chat' }).click();
    await shop.getByRole('button', { name: 'Video call', exact: true }).click();
    await desk
      .getByRole('region', { name: 'Waiting' })
      .getByRole('button', { name: /^Take Visitor/ })
      .click();
    await channelsAre(desk, 'active');
    await Promise.all([showsPictures(shop, 'remote'), hearsVoice(shop), hearsVoice(desk)]);
    assert.equal(await hasPicture(desk, 'remote'), false);
  },
);

/** Keeps what the page asks the browser for, so that the screen stays on. */
const watchLocks = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const locks: WakeLockSentinel[] = [];
    Object.assign(globalThis, { locks });
    const { request } = WakeLock.prototype;
    WakeLock.prototype.request = async function (type) {
      const lock = await request.call(this, type);
      locks.push(lock);
      return lock;
    };
  });

const staysAwake = (page: Page): Promise<boolean> =>
  page.evaluate(() =>
    (globalThis as unknown as { locks: WakeLockSentinel[] }).locks.some((lock) => !lock.released),
  );

scene('V16 the screens of both stay on for as long as the call lasts', async ({ visitor, agent }) => {
  const [desk, shop] = [(await agent()).page, (await visitor()).page];
  await Promise.all([shop, desk].map(watchLocks));
  await inVideoCall(shop, desk);
  for (const page of [shop, desk]) await waitUntil(() => staysAwake(page), 'the screen stays on');
  await control(shop, 'Hang up').click();
  await noCall(shop, desk);
  for (const page of [shop, desk])
    await waitUntil(async () => !(await staysAwake(page)), 'the screen may go off');
});
