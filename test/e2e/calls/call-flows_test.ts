/// <reference lib="dom" />
import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { bar, channelsAre, control, inTouch, noCall, request, videoCall } from '../calling.ts';
import { connectionsMade, connectionsUp } from '../connections.ts';
import { hasPicture, hearsVoice, showsPictures } from '../media.ts';
import {
  channel,
  channelIs,
  conversation,
  converse,
  inConversation,
  openChat,
  panel,
  say,
  sees,
  someoneWaits,
  takeNext,
} from '../people.ts';
import { type SceneOptions, scene } from '../product.ts';

/** Visitors have devices, and their browser asks before it hands one out. */
const ASKED_FOR_DEVICES: SceneOptions = {
  fakeMedia: false,
  flags: {
    visitor: ['--use-fake-device-for-media-stream', '--auto-accept-this-tab-capture'],
    agent: [],
  },
};

const answer = (page: Page, name: string, kind: 'Video' | 'Voice' = 'Video') =>
  request(page, kind).getByRole('button', { name, exact: true }).click();

/** Clicks both in the same moment: neither side can have heard of the other. */
async function clickTogether(...buttons: Locator[]): Promise<void> {
  const at = Date.now() + 500;
  await Promise.all(
    buttons.map((button) =>
      button.evaluate(
        (element, at) =>
          new Promise<void>((resolve) =>
            setTimeout(() => {
              (element as HTMLButtonElement).click();
              resolve();
            }, at - Date.now()),
          ),
        at,
      ),
    ),
  );
}

/** How often the conversation says so. */
const said = (where: Page | Locator, text: RegExp) => conversation(where).getByText(text).count();

scene(
  'V1 V5 cancelled, not answered, a picture declined and taken back: each leaves what was there before',
  async ({ visitor, agent }) => {
    const [desk, shop] = [(await agent()).page, (await visitor()).page];
    await inConversation(shop, desk);
    await channel(panel(desk), 'Video').click();
    await request(shop).waitFor();
    await control(desk, 'Hang up').click();
    await request(shop).waitFor({ state: 'detached' });
    await noCall(desk);
    await channelsAre(desk, 'available');
    assert.equal(await bar(shop).count(), 0);

    await channel(panel(desk), 'Voice').click();
    await request(shop, 'Voice').waitFor();
    await request(shop, 'Voice').waitFor({ state: 'detached' });
    await noCall(desk);
    await channelsAre(desk, 'available');
    await sees(panel(desk), /not answered|missed/i);

    await channel(panel(desk), 'Voice').click();
    await answer(shop, 'Accept', 'Voice');
    await Promise.all([hearsVoice(shop), hearsVoice(desk)]);
    await channel(panel(desk), 'Video').click();
    await answer(shop, 'Decline');
    await channelIs(panel(desk), 'Video', 'available');
    await channel(panel(desk), 'Video').click();
    await request(shop).waitFor();
    await request(shop).waitFor({ state: 'detached' });
    await channelIs(panel(desk), 'Video', 'available');
    await channelIs(panel(desk), 'Voice', 'active');
    await Promise.all([hearsVoice(shop), hearsVoice(desk)]);
    await channel(panel(desk), 'Voice').click();
    await noCall(shop, desk);
    await say(desk, 'Let us write, then');
    await sees(shop, 'Let us write, then');
  },
  { services: { sales: { ringSeconds: 3 } } },
);

scene(
  'V1 V2 both ask in the same moment: one call results, and nobody is asked',
  async ({ visitor, agent }) => {
    const [desk, shop] = [(await agent()).page, (await visitor()).page];
    await inConversation(shop, desk);
    const start = shop.getByRole('button', { name: 'Start video call' });
    await start.waitFor();
    await clickTogether(channel(panel(desk), 'Video'), start);
    await channelsAre(desk, 'active');
    await inTouch(shop, desk);
    assert.deepEqual(
      [
        await request(shop).count(),
        await request(desk).count(),
        await said(panel(desk), /asked for a video call/),
      ],
      [0, 0, 1],
    );
    assert.deepEqual(await Promise.all([shop, desk].map(connectionsUp)), [1, 1]);
    await control(desk, 'Hang up').click();
    await noCall(shop, desk);
    await channelsAre(desk, 'available');
  },
  { connections: 'watched' },
);

scene(
  'V1 C2 the visitor has two pages open: both ring, the one that answers has the call, the other may end it',
  async ({ product, visitor, agent }) => {
    const desk = (await agent()).page;
    const { page: first, context } = await visitor();
    await inConversation(first, desk);
    const second = await context.newPage();
    await second.goto(product.url);
    await openChat(second);
    await sees(second, 'Hello, is anybody there?');
    await channel(panel(desk), 'Video').click();
    await Promise.all([first, second].map((page) => request(page).waitFor()));
    await answer(second, 'Accept with video');
    await request(first).waitFor({ state: 'detached' });
    await channelsAre(desk, 'active');
    await inTouch(second, desk);
    assert.equal(await bar(first).count(), 0, 'answered elsewhere');
    await first.getByRole('group', { name: 'Channels' }).getByRole('button', { name: 'Video' }).click();
    await noCall(second, desk);
    await channelsAre(desk, 'available');
  },
);

scene(
  'V3 V4 V7 voice comes first, also for who has video switched off and who asks for video; cameras join the same call',
  async ({ visitor, agent }) => {
    const [desk, shop] = [(await agent()).page, (await visitor()).page];
    await inConversation(shop, desk);
    await desk.getByRole('switch', { name: 'Video', exact: true }).click();
    await shop.getByRole('button', { name: 'Start video call' }).waitFor({ state: 'hidden' });
    await channel(panel(desk), 'Video').click();
    await answer(shop, 'Accept', 'Voice');
    await channelIs(panel(desk), 'Voice', 'active');
    await channelIs(panel(desk), 'Video', 'available');
    await Promise.all([hearsVoice(shop), hearsVoice(desk)]);
    assert.deepEqual([await hasPicture(shop, 'remote'), await hasPicture(desk, 'remote')], [false, false]);
    const made = await Promise.all([shop, desk].map(connectionsMade));
    await control(shop, 'Turn camera on').click();
    await showsPictures(desk, 'remote');
    await channelIs(panel(desk), 'Video', 'active');
    assert.equal(await hasPicture(shop, 'remote'), false, 'one camera on does not turn on the other');
    await control(desk, 'Turn camera on').click();
    await showsPictures(shop, 'remote');
    assert.deepEqual(
      await Promise.all([shop, desk].map(connectionsMade)),
      made,
      'it is still the first call',
    );
  },
  { connections: 'watched', services: { sales: { audioFirst: true } } },
);

scene(
  'C15 V1 where a video call wants the agent for itself, it is offered with one contact and not with two',
  async ({ visitor, agent }) => {
    const [desk, shop, other] = [(await agent()).page, (await visitor()).page, (await visitor()).page];
    const name = await converse(shop, desk, 'I am the first');
    await channelIs(panel(desk, name), 'Video', 'available');
    await openChat(other);
    await say(other, 'I am the second');
    await someoneWaits(desk);
    await takeNext(desk);
    await sees(desk.getByRole('region', { name: 'Assigned' }), 'I am the second');
    await shop.getByRole('button', { name: 'Start video call' }).waitFor({ state: 'hidden' });
    await shop.getByRole('button', { name: 'Start voice call' }).waitFor();
    await other.getByRole('button', { name: 'End conversation' }).click();
    await shop.getByRole('button', { name: 'Start video call' }).click();
    await answer(desk, 'Accept');
    await inTouch(shop, desk);
  },
  { services: { sales: { videoAlone: true } } },
);

scene(
  'V8 a blocked camera makes it a voice call, and allowed meanwhile a video call by itself: the agent sees both',
  async ({ visitor, agent }) => {
    const desk = (await agent()).page;
    const { page: shop, context } = await visitor('/', { permissions: ['microphone'] });
    await inConversation(shop, desk);
    await channel(panel(desk), 'Video').click();
    await request(shop).getByRole('button', { name: 'Accept with video' }).click();
    const blocked = desk.getByText('The visitor’s camera is blocked: they are heard.');
    await blocked.waitFor();
    await hearsVoice(desk);
    await shop.getByText('Your camera is blocked.').waitFor();
    await shop.getByText('How to allow it').click();
    await shop.getByText('Does it stay blocked?').waitFor();
    await context.grantPermissions(['microphone', 'camera']);
    await showsPictures(desk, 'remote');
    await blocked.waitFor({ state: 'detached' });
    await shop.getByText('Your camera is blocked.').waitFor({ state: 'detached' });
  },
  ASKED_FOR_DEVICES,
);

scene(
  'V1 V16 the code of a call does not come at first, and Firefox remembers that: a moment later the visitor can answer',
  async ({ visitor, agent }) => {
    const [{ page: desk, received }, { page: shop, context }] = [await agent(), await visitor()];
    await inConversation(shop, desk);
    const inVain: string[] = [];
    await context.route(/\/assets\/call-/, (route) => {
      const { pathname } = new URL(route.request().url());
      if (inVain.filter((before) => before === pathname).length === 2) return route.continue();
      inVain.push(pathname);
      return route.abort();
    });
    await channel(panel(desk), 'Video').click();
    await request(shop).getByRole('button', { name: 'Accept with video' }).click();
    await inTouch(shop, desk);
    assert.equal(new Set(inVain).size, 3);
    assert.equal(received.filter((frame) => frame.includes('"call.start"')).length, 1, 'the first attempt');
  },
  { visitor: 'firefox' },
);

scene(
  'V8 a camera that Firefox blocks makes it a voice call, and the visitor reads how to allow it there',
  async ({ visitor, agent }) => {
    const [desk, shop] = [(await agent()).page, (await visitor()).page];
    await inConversation(shop, desk);
    await channel(panel(desk), 'Video').click();
    await request(shop).getByRole('button', { name: 'Accept with video' }).click();
    await desk.getByText('The visitor’s camera is blocked: they are heard.').waitFor();
    await hearsVoice(desk);
    await shop.getByText('How to allow it').click();
    await shop.getByText('Click “Try again” here, and “Allow” when Firefox asks.').waitFor();
  },
  {
    visitor: 'firefox',
    prefs: {
      'media.navigator.permission.disabled': false,
      'permissions.default.camera': 2,
      'permissions.default.microphone': 1,
    },
  },
);

scene(
  'V14 the visitor shares this page alone: whatever stands in front of it, the widget too, is not in the picture',
  async ({ visitor, agent }) => {
    const desk = (await agent()).page;
    const { page: shop } = await visitor('/', { permissions: ['camera', 'microphone'] });
    await inConversation(shop, desk);
    await videoCall(shop, desk);
    // The whole page is green, and the widget stands in front of it.
    await shop.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('body::after { content: ""; position: fixed; inset: 0; background: rgb(0 160 0); }');
      document.adoptedStyleSheets.push(sheet);
    });
    await control(shop, 'Settings').click();
    await shop.getByRole('button', { name: 'Share only this page' }).click();
    await control(shop, 'Stop sharing').waitFor();
    await desk.locator('video[data-role="remote"]').evaluate(
      (video) =>
        new Promise<void>((resolve) => {
          const element = video as HTMLVideoElement;
          const canvas = document.createElement('canvas');
          const context = canvas.getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D;
          const look = () => {
            canvas.width = element.videoWidth;
            canvas.height = element.videoHeight;
            context.drawImage(element, 0, 0);
            const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
            let other = 0;
            for (let at = 0; at < data.length; at += 4) {
              const [red = 0, green = 0, blue = 0] = data.subarray(at, at + 3);
              if (green < 110 || red > 60 || blue > 60) other += 4;
            }
            // The edge may be of a line of the canvas, and what was there before stays for a moment.
            if (other < data.length / 100) resolve();
            else element.requestVideoFrameCallback(look);
          };
          element.requestVideoFrameCallback(look);
        }),
    );
    await control(shop, 'Stop sharing').click();
    await showsPictures(desk, 'remote');
  },
  ASKED_FOR_DEVICES,
);
