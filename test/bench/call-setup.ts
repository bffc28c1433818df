/// <reference lib="dom" />
/**
 * Time from the visitor's accept to the first picture of the other side, at each side: through the product, and through a
 * bare RTCPeerConnection over a bare WebSocket in the same two browsers, in turn. Prints medians and the ratio.
 *
 *     npm run bench -- call-setup [--rounds 15]
 */
import type { Page } from 'playwright-core';
import { showsPictures } from '../e2e/media.ts';
import { channel, inConversation, panel } from '../e2e/people.ts';
import { startProduct } from '../e2e/product.ts';
import { launchChromium } from '../support/chromium.ts';
import { median, table } from './figures.ts';

const LIMIT = 1.25;

interface Round {
  readonly visitor: number;
  readonly agent: number;
}

export async function callSetup(rounds: number): Promise<boolean> {
  const product = await startProduct();
  const relay = bareRelay();
  const browsers = await Promise.all([launchChromium(), launchChromium()]);
  const [visitorBrowser, agentBrowser] = browsers;
  try {
    const shop = await visitorBrowser.newPage();
    const desk = await agentBrowser.newPage();
    await Promise.all([shop.goto(product.url), desk.goto(`${product.url}/agent?as=anna`)]);
    await inConversation(shop, desk);
    const bare = [await visitorBrowser.newPage(), await agentBrowser.newPage()] as const;
    await Promise.all(bare.map((page) => page.goto(`${relay.url}/`)));

    const pairs: (readonly [ours: Round, theirs: Round])[] = [];
    // The first round of each warms caches and code alike.
    for (let round = 0; round <= rounds; round++) {
      const pair = [await productRound(shop, desk), await bareRound(...bare)] as const;
      if (round > 0) pairs.push(pair);
    }
    const rows = (['visitor', 'agent'] as const).map((side) => {
      const own = median(pairs.map(([ours]) => ours[side]));
      const other = median(pairs.map(([, theirs]) => theirs[side]));
      const ratio = median(pairs.map(([ours, theirs]) => ours[side] / theirs[side]));
      return { side, own, other, ratio };
    });
    table(
      `Call set-up, accept → first picture (${rounds} paired rounds, medians)`,
      ['at the', 'Vicino ms', 'bare WebRTC ms', 'ratio', 'limit'],
      rows.map(({ side, own, other, ratio }) => [
        side,
        own.toFixed(0),
        other.toFixed(0),
        ratio.toFixed(2),
        String(LIMIT),
      ]),
    );
    return rows.every(({ ratio }) => ratio <= LIMIT);
  } finally {
    await Promise.all(browsers.map((browser) => browser.close()));
    await relay.close();
    await product.dispose();
  }
}

/** Milliseconds since the epoch of the first frame of the remote video that is on this page next. */
const firstFrame = (page: Page, selector: string): Promise<number> =>
  page.evaluate(
    (selector) =>
      new Promise<number>((resolve) => {
        const find = (root: Document | ShadowRoot): HTMLVideoElement | null => {
          const here = root.querySelector<HTMLVideoElement>(selector);
          if (here) return here;
          for (const element of root.querySelectorAll('*')) {
            const inside = element.shadowRoot && find(element.shadowRoot);
            if (inside) return inside;
          }
          return null;
        };
        const look = () => {
          const video = find(document);
          if (!video) return void requestAnimationFrame(look);
          const frame = () => {
            if (video.videoWidth > 16) resolve(performance.timeOrigin + performance.now());
            else video.requestVideoFrameCallback(frame);
          };
          video.requestVideoFrameCallback(frame);
        };
        look();
      }),
    selector,
  );

async function productRound(shop: Page, desk: Page): Promise<Round> {
  const remote = 'video[data-role="remote"]';
  await channel(panel(desk), 'Video').click();
  const accept = shop.getByRole('button', { name: 'Accept with video' });
  await accept.waitFor();
  // As in the bare call, the one who asked has the camera open by then.
  await showsPictures(desk, 'self');
  const frames = Promise.all([firstFrame(shop, remote), firstFrame(desk, remote)]);
  const clicked = await accept.evaluate((button) => {
    (button as HTMLButtonElement).click();
    return performance.timeOrigin + performance.now();
  });
  const [visitor, agent] = await frames;
  await shop.getByRole('button', { name: 'Hang up' }).click();
  await Promise.all([shop, desk].map((page) => page.locator(remote).waitFor({ state: 'detached' })));
  return { visitor: visitor - clicked, agent: agent - clicked };
}

/** The agent has its camera open and waits; the visitor accepts, opens the camera and answers. */
async function bareRound(visitor: Page, agent: Page): Promise<Round> {
  const room = crypto.randomUUID();
  await agent.evaluate((room) => (globalThis as unknown as BarePage).prepareCaller(room), room);
  await visitor.evaluate((room) => (globalThis as unknown as BarePage).prepareAnswerer(room), room);
  const frames = Promise.all([firstFrame(visitor, '#remote'), firstFrame(agent, '#remote')]);
  const clicked = await visitor.evaluate(() => {
    (globalThis as unknown as BarePage).accept();
    return performance.timeOrigin + performance.now();
  });
  const [atVisitor, atAgent] = await frames;
  await Promise.all(
    [visitor, agent].map((page) => page.evaluate(() => (globalThis as unknown as BarePage).hangUp())),
  );
  return { visitor: atVisitor - clicked, agent: atAgent - clicked };
}

interface BarePage {
  prepareCaller(room: string): Promise<void>;
  prepareAnswerer(room: string): Promise<void>;
  accept(): void;
  hangUp(): void;
}

const barePage = await Deno.readTextFile(new URL('./bare-call.html', import.meta.url));

/** A page and a WebSocket that passes text to the other one in the room, and nothing else. */
function bareRelay(): { url: string; close(): Promise<void> } {
  const rooms = new Map<string, Set<WebSocket>>();
  const server = Deno.serve({ port: 0, onListen: () => {} }, (request) => {
    if (request.headers.get('upgrade') !== 'websocket')
      return new Response(barePage, { headers: { 'content-type': 'text/html' } });
    const room = new URL(request.url).searchParams.get('room') ?? '';
    const { socket, response } = Deno.upgradeWebSocket(request);
    const members = rooms.get(room) ?? new Set();
    rooms.set(room, members.add(socket));
    socket.onmessage = ({ data }) => {
      for (const member of members) if (member !== socket) member.send(data);
    };
    socket.onclose = () => members.delete(socket);
    return response;
  });
  return { url: `http://localhost:${server.addr.port}`, close: () => server.shutdown() };
}
