/// <reference lib="dom" />
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { channelsAre, inTouch, request } from '../calling.ts';
import { showsPictures } from '../media.ts';
import { channel, inConversation, panel, waitUntil } from '../people.ts';
import { scene } from '../product.ts';

/** Lets a page be looked at without touching it: all else that drives it counts as a gesture of its user. */
async function onlooker(page: Page): Promise<(expression: string) => Promise<boolean>> {
  const session = await page.context().newCDPSession(page);
  return async (expression) => {
    const { result } = await session.send('Runtime.evaluate', { expression, userGesture: false });
    return result.value === true;
  };
}

/** Runs in the page: voice and picture of the other side are there, and the button that plays them. */
const asksToPlay = (): boolean => {
  const within = (root: ParentNode): Element[] =>
    [...root.querySelectorAll('*')].flatMap((element) => [
      element,
      ...(element.shadowRoot ? within(element.shadowRoot) : []),
    ]);
  const elements = within(document);
  const remote = elements.find((element) => element.matches('video[data-role="remote"]'));
  const stream = (remote as HTMLVideoElement | undefined)?.srcObject as MediaStream | null | undefined;
  return (
    stream?.getTracks().length === 2 &&
    elements.some(({ localName, textContent }) => localName === 'button' && textContent?.trim() === 'Play')
  );
};

scene(
  'V12 the visitor answers long after the click that asked: the agent is shown Play, and nothing black',
  async ({ visitor, agent }) => {
    const [desk, shop] = [(await agent()).page, (await visitor()).page];
    await inConversation(shop, desk);
    await channel(panel(desk), 'Video').click();
    await request(shop).waitFor();
    const holds = await onlooker(desk);
    await waitUntil(() => holds('!navigator.userActivation.isActive'), 'the click has worn off');
    await request(shop).getByRole('button', { name: 'Accept with video' }).click();
    await showsPictures(shop, 'remote');
    await waitUntil(() => holds(`(${asksToPlay})()`), 'Play is there');
    await channelsAre(desk, 'active');
    const play = desk.getByRole('button', { name: 'Play', exact: true });
    const remote = desk.locator('video[data-role="remote"]');
    assert.equal(await remote.evaluate((video) => (video as HTMLVideoElement).paused), true);
    await play.click();
    await inTouch(desk);
    await play.waitFor({ state: 'detached' });
  },
  // What other browsers do by themselves, Chromium does not on a page that captures.
  { flags: { visitor: [], agent: ['--autoplay-policy=user-gesture-required'] } },
);
