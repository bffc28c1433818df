/// <reference lib="dom" />
import type { Page } from 'playwright-core';
import type { Config } from '../../../server/config/schema.ts';
import { launchChromium } from '../../support/chromium.ts';
import { startServer } from '../../support/server.ts';
import { TURN_SECRET, TurnServer } from '../../support/turn-server.ts';
import { channelIs, inConversation, panel } from '../people.ts';

const dist = new URL('../../../dist/', import.meta.url);
const readAsset = (path: string) => Deno.readFile(new URL(path, dist)).catch(() => null);
const turnAt = (port: number): Config['ice'] => ({
  servers: [],
  turn: { urls: [`turn:127.0.0.1:${port}`], secret: TURN_SECRET, lifeSeconds: 600 },
});

/** Both sides in conversation on a server with this TURN server; `look` sees what calls they are offered. */
async function conversing(
  ice: Config['ice'],
  look: (pages: Record<'shop' | 'desk', Page>) => Promise<void>,
): Promise<void> {
  await using server = await startServer({ readAsset, config: { ice } });
  const browser = await launchChromium();
  try {
    const [visitor, agent] = await Promise.all([browser.newContext(), browser.newContext()]);
    const [shop, desk] = await Promise.all([visitor.newPage(), agent.newPage()]);
    await Promise.all([shop.goto(server.url), desk.goto(`${server.url}/agent?as=anna`)]);
    await inConversation(shop, desk);
    await look({ shop, desk });
  } finally {
    await browser.close();
  }
}

Deno.test('A6 with a relay that lets both sides in, calls are there on both sides', async () => {
  await using coturn = await TurnServer.start();
  await conversing(turnAt(coturn.port), async ({ shop, desk }) => {
    await channelIs(panel(desk), 'Video', 'available');
    await shop.getByRole('button', { name: 'Start video call' }).waitFor();
    await shop.waitForFunction(() => sessionStorage.getItem('vc:way') !== null);
    await channelIs(panel(desk), 'Video', 'available');
  });
});

Deno.test('A6 where media cannot get out, calls are light grey on both sides before anyone clicks', async () => {
  // On port 9 nobody listens.
  await conversing(turnAt(9), async ({ shop, desk }) => {
    await channelIs(panel(desk), 'Video', 'unavailable');
    await channelIs(panel(desk), 'Voice', 'unavailable');
    await shop.getByRole('button', { name: 'Start video call' }).waitFor({ state: 'hidden' });
    await shop.getByRole('img', { name: 'Video: unavailable' }).waitFor();
  });
});
