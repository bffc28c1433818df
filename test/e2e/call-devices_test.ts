/// <reference lib="dom" />
import assert from 'node:assert/strict';
import type { CDPSession, Page } from 'playwright-core';
import { control, inTouch, videoCall } from './calling.ts';
import { connectionsMade, sendingRate } from './connections.ts';
import { hearsVoice, showsPictures } from './media.ts';
import { inConversation, waitUntil } from './people.ts';
import { scene } from './product.ts';

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

/** The middle of what the button covers, or null while there is none. Asked so that it does not count as a gesture. */
async function placeOf(session: CDPSession, name: string): Promise<{ x: number; y: number } | null> {
  const find = (name: string) => {
    const all = (root: Document | ShadowRoot): Element[] =>
      [...root.querySelectorAll('*')].flatMap((one) => [one, ...(one.shadowRoot ? all(one.shadowRoot) : [])]);
    const button = all(document).find(
      (one) => one.localName === 'button' && one.textContent?.trim() === name,
    );
    const { x, y, width, height } = button?.getBoundingClientRect() ?? new DOMRect();
    return width ? { x: x + width / 2, y: y + height / 2 } : null;
  };
  const { result } = await session.send('Runtime.evaluate', {
    expression: `(${find})(${JSON.stringify(name)})`,
    userGesture: false,
    returnByValue: true,
  });
  return result.value ?? null;
}

scene(
  'V12 V17 on a page that nobody touched yet the call offers Play, and a click brings picture and sound',
  async ({ product, visitor, agent }) => {
    const desk = (await agent()).page;
    const { page: shop, context } = await visitor();
    await inConversation(shop, desk);
    await videoCall(shop, desk);
    const session = await context.newCDPSession(shop);
    await session.send('Page.navigate', { url: `${product.url}/?second` });
    let play: { x: number; y: number } | null = null;
    await waitUntil(async () => {
      play = await placeOf(session, 'Play');
      return play !== null;
    }, 'Play is offered');
    assert.ok(play);
    const { x, y } = play;
    for (const type of ['mousePressed', 'mouseReleased'] as const)
      await session.send('Input.dispatchMouseEvent', { type, x, y, button: 'left', clickCount: 1 });
    await waitUntil(async () => (await placeOf(session, 'Play')) === null, 'it plays');
    await inTouch(shop, desk);
  },
);
