/// <reference lib="dom" />
/**
 * How soon a call notices and mends: from SIGKILL of the visitor's browser until the agent is told, and until a bare page
 * is told by its connection; from the return of a killed TURN server, over which alone both reach each other, until both
 * show pictures that were taken since.
 *
 *     npm run bench -- call-recovery [--rounds 5]
 */
import type { Browser, Page } from 'playwright-core';
import { bar, videoCall } from '../../e2e/calling.ts';
import { watchConnections } from '../../e2e/connections.ts';
import { createProfile } from '../../e2e/mortal-browser.ts';
import { channelIs, inConversation, panel } from '../../e2e/people.ts';
import { startProduct } from '../../e2e/product.ts';
import { startRelay } from '../../e2e/relay.ts';
import { launchChromium } from '../../support/chromium.ts';
import { launchFirefox } from '../../support/firefox.ts';
import { median, table } from '../figures.ts';
import { type BarePage, bareDo, bareRelay, firstFrame } from './bare-call.ts';

/** Milliseconds. */
const LIMITS = { crash: 5_000, relay: 2_000 };
/** Milliseconds that a call runs before its relay is killed: until then it still finds out how much it may send. */
const SETTLED = 5_000;
/** Milliseconds, by turns, that the relay stays away after both were told: ICE gives up what it had after some. */
const AWAY = [0, 3_000, 8_000];

const wait = (milliseconds = 0) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const lost = (page: Page) => page.getByText('Connection lost, trying again').first();

export async function callRecovery(rounds: number): Promise<boolean> {
  const crashes: (readonly [ours: number, theirs: number])[] = [];
  for (let round = 0; round < rounds; round++) crashes.push([await crash(), await bareCrash()]);
  const returns = await relayReturns(rounds, launchChromium);
  const mixed = await relayReturns(rounds, launchFirefox);
  const ours = crashes.map(([ours]) => ours);
  table(
    `A call is broken (${rounds} times, medians)`,
    ['what', 'Vicino ms', 'worst', 'bare WebRTC ms', 'limit ms'],
    [
      [
        'browser killed → the other side is told',
        median(ours).toFixed(0),
        Math.max(...ours).toFixed(0),
        median(crashes.map(([, theirs]) => theirs)).toFixed(0),
        String(LIMITS.crash),
      ],
      [
        'relay back → new pictures at both',
        median(returns).toFixed(0),
        Math.max(...returns).toFixed(0),
        'never',
        String(LIMITS.relay),
      ],
      [
        'the same, the visitor in Firefox',
        median(mixed).toFixed(0),
        Math.max(...mixed).toFixed(0),
        'never',
        String(LIMITS.relay),
      ],
    ],
  );
  return median(ours) <= LIMITS.crash && Math.max(median(returns), median(mixed)) <= LIMITS.relay;
}

async function crash(): Promise<number> {
  const product = await startProduct();
  await using profile = await createProfile();
  const [mortal, browser] = [await profile.startChromium(), await launchChromium()];
  try {
    const shop = await mortal.context.newPage();
    const desk = await browser.newPage();
    await Promise.all([shop.goto(product.url), desk.goto(`${product.url}/agent?as=anna`)]);
    await inConversation(shop, desk);
    await videoCall(shop, desk);
    const told = lost(desk).waitFor();
    const killed = performance.now();
    await Promise.all([mortal.kill(), told]);
    return performance.now() - killed;
  } finally {
    await browser.close();
    await product.dispose();
  }
}

async function bareCrash(): Promise<number> {
  const relay = bareRelay();
  await using profile = await createProfile();
  const [mortal, browser] = [await profile.startChromium(), await launchChromium()];
  try {
    const visitor = await mortal.context.newPage();
    const agent = await browser.newPage();
    await watchConnections(agent.context());
    await Promise.all([visitor, agent].map((page) => page.goto(relay.url)));
    await agent.evaluate((room) => (globalThis as unknown as BarePage).prepareCaller(room), 'room');
    await visitor.evaluate((room) => (globalThis as unknown as BarePage).prepareAnswerer(room), 'room');
    const seen = firstFrame(agent, '#remote');
    await bareDo(visitor, (bare) => bare.accept());
    await seen;
    const told = agent.evaluate(() => {
      const { connections } = globalThis as unknown as { connections: RTCPeerConnection[] };
      return new Promise<void>((resolve) => {
        for (const connection of connections)
          connection.addEventListener('connectionstatechange', () => {
            if (connection.connectionState === 'disconnected') resolve();
          });
      });
    });
    const killed = performance.now();
    await Promise.all([mortal.kill(), told]);
    return performance.now() - killed;
  } finally {
    await browser.close();
    await relay.close();
  }
}

/** @param launch the browser of the visitor */
async function relayReturns(rounds: number, launch: () => Promise<Browser>): Promise<number[]> {
  const relay = await startRelay();
  const product = await startProduct({ ice: relay.ice });
  const browsers = await Promise.all([launch(), launchChromium()]);
  try {
    const [shop, desk] = await Promise.all(
      browsers.map(async (browser, side) => {
        const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
        await watchConnections(context, [relay.routers[side === 0 ? 'visitor' : 'agent'].port]);
        return await context.newPage();
      }),
    );
    if (!shop || !desk) throw new Error('Cannot measure: a browser gave no page');
    await Promise.all([shop.goto(product.url), desk.goto(`${product.url}/agent?as=anna`)]);
    await inConversation(shop, desk);
    await videoCall(shop, desk);
    const times: number[] = [];
    for (let round = 0; round < rounds; round++) {
      await wait(SETTLED);
      await relay.coturn.kill();
      await Promise.all([shop, desk].map((page) => lost(page).waitFor()));
      await wait(AWAY[round % AWAY.length]);
      await relay.coturn.start();
      const back = Date.now();
      const pictures = [shop, desk].map((page) => firstFrame(page, 'video[data-role="remote"]', back));
      times.push(Math.max(...(await Promise.all(pictures))) - back);
      await Promise.all([shop, desk].map((page) => lost(page).waitFor({ state: 'detached' })));
    }
    await bar(shop).getByRole('button', { name: 'Hang up' }).click();
    await channelIs(panel(desk), 'Video', 'available');
    return times;
  } finally {
    await Promise.all(browsers.map((browser) => browser.close()));
    await product.dispose();
    await relay.close();
  }
}
