import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { FAIR, OUT_OF_REACH, type UdpProxy } from '../../support/udp-proxy.ts';
import { inTouch, videoCall } from '../calling.ts';
import { connectionsMade, wayOf } from '../connections.ts';
import { inConversation, waitUntil } from '../people.ts';
import { scene } from '../product.ts';

const lost = (page: Page) => page.getByText('Connection lost, trying again').first();

const hasNoWay = (page: Page) =>
  page.waitForFunction(() => {
    const { connections } = globalThis as unknown as { connections: RTCPeerConnection[] };
    return connections.every(({ connectionState }) => connectionState !== 'connected');
  });

/** A router starts anew and forgets who is behind it: both find each other again. */
async function findsAnotherWay(router: UdpProxy, ...pages: Page[]): Promise<void> {
  const before = await Promise.all(pages.map(wayOf));
  router.forget();
  // Found in a moment, with a relay that is there: too soon to see the words for it.
  await waitUntil(async () => {
    const ways = await Promise.all(pages.map(wayOf));
    return ways.every((way, side) => way && way !== before[side]);
  }, 'another way');
  await Promise.all(pages.map((page) => lost(page).waitFor({ state: 'detached' })));
  await inTouch(...pages);
}

scene(
  'V16 V18 the relay is killed and replaced, the router of either side forgets it: another way is found, in the same call',
  async ({ relay, visitor, agent }) => {
    assert.ok(relay);
    const [desk, shop] = [(await agent()).page, (await visitor()).page];
    await inConversation(shop, desk);
    await videoCall(shop, desk);
    const made = await Promise.all([shop, desk].map(connectionsMade));
    await relay.coturn.kill();
    await Promise.all([shop, desk].map((page) => lost(page).waitFor()));
    await relay.coturn.start();
    await Promise.all([shop, desk].map((page) => lost(page).waitFor({ state: 'detached' })));
    await inTouch(shop, desk);
    for (const router of Object.values(relay.routers)) await findsAnotherWay(router, shop, desk);
    assert.deepEqual(
      await Promise.all([shop, desk].map(connectionsMade)),
      made,
      'it is still the first call',
    );
  },
  { connections: 'relayed' },
);

for (const [visitorIn, agentIn] of [
  ['chromium', 'firefox'],
  ['firefox', 'chromium'],
] as const)
  scene(
    `V16 a visitor in ${visitorIn} leaves one network and is in another, and comes back: the call goes on, without a click`,
    async ({ relay, visitor, agent }) => {
      assert.ok(relay);
      const [desk, shop] = [(await agent()).page, (await visitor()).page];
      await inConversation(shop, desk);
      await videoCall(shop, desk);
      const networks = [relay.routers.visitor, relay.mobile];
      for (const [from, to] of [networks, networks.toReversed()] as [UdpProxy, UdpProxy][]) {
        from.weather = OUT_OF_REACH;
        await Promise.all([shop, desk].map((page) => lost(page).waitFor()));
        // A Firefox that finds no way in all of its searches ends its connection.
        await Promise.all([shop, desk].map(hasNoWay));
        to.weather = FAIR;
        await Promise.all([shop, desk].map((page) => lost(page).waitFor({ state: 'detached' })));
        await inTouch(shop, desk);
      }
    },
    { connections: 'roaming', visitor: visitorIn, agent: agentIn },
  );
