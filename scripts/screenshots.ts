/// <reference lib="dom" />
import type { Browser, Locator, Page } from 'playwright-core';
import { showsPictures } from '../test/e2e/media.ts';
import { channel, channelIs, openChat, panel, say, sees, someoneWaits } from '../test/e2e/people.ts';
import { startProduct } from '../test/e2e/product.ts';
import { launchChromium } from '../test/support/chromium.ts';
import { hero, picture, SIZES } from './screenshots/pictures.ts';
import { agent, film, visitor } from './screenshots/portraits.ts';

/**
 * Pictures of the real product: a visitor and an agent talk about lamps. Writes the chosen ones and the hero to
 * docs/screenshots; `--all FOLDER` writes every state, width and scheme to FOLDER.
 */

/** Chromium maps it to the server, so that no port is in the pictures; calls work, as it is the machine itself. */
const SHOP = 'http://lumen.localhost';

interface Visit {
  readonly locale: string;
  readonly userAgent: string;
  readonly referer: string;
}
const WINDOWS: Visit = {
  locale: 'en-GB',
  userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36',
  referer: '',
};
const ANDROID: Visit = {
  locale: 'en-GB',
  userAgent: 'Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36',
  referer: '',
};
const FOUND: Visit = {
  locale: 'fr-FR',
  userAgent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 Version/18.5 Safari/605.1.15',
  referer: 'https://search.example/',
};

const folder = await Deno.makeTempDir({ prefix: 'vicino-screenshots-' });
const cameras = { agent: `${folder}/agent.mjpeg`, visitor: `${folder}/visitor.mjpeg` };
const studio = await launchChromium();
await film(studio, agent, cameras.agent);
await film(studio, visitor, cameras.visitor);
const product = await startProduct();
const [visitors, agents] = await Promise.all([filmedBy(cameras.visitor), filmedBy(cameras.agent)]);
try {
  await play();
} finally {
  await Promise.all([studio, visitors, agents].map((browser) => browser.close()));
  await product.dispose();
  await Deno.remove(folder, { recursive: true });
}

async function play(): Promise<void> {
  const desk = await open(agents, '/agent?as=anna');
  await desk.getByText('Online').first().waitFor();
  await picture(desk, 'console-empty');

  const shop = await open(visitors, '/');
  await openChat(shop);
  await shop.getByRole('button', { name: 'Video call', exact: true }).waitFor();
  await picture(shop, 'widget-home');

  const hum = await arrive('/?service=support', 'My Halo hums since I changed the bulb.', ANDROID);
  const children = await arrive('/#lamps', 'Is the Reach stable? We have two small children.', FOUND);
  const caller = await open(visitors, '/', { ...WINDOWS, locale: 'de-AT' });
  await openChat(caller);
  await caller.getByRole('button', { name: 'Video call', exact: true }).click();
  await caller
    .getByText(/in the queue/)
    .first()
    .waitFor();
  await picture(desk, 'console-waiting');
  await caller.getByRole('button', { name: 'End conversation' }).click();
  const lisbon = await arrive('/#questions', 'Do you ship to Lisbon?', { ...WINDOWS, locale: 'pt-PT' });
  for (const _ of [hum, children, lisbon]) await takeNext(desk);

  await say(shop, 'Good morning! I am looking for a lamp above a round dining table, 120 cm across.');
  await someoneWaits(desk);
  await takeNext(desk);
  const main = await expandPanel(desk, 'round dining table');
  await say(main, 'Good morning, and welcome! For 120 cm the Halo in brass is the one most people choose.');
  await say(main, 'Here it is with its measures: https://lumen.example/halo');
  await sees(shop, 'with its measures');
  await say(shop, 'It looks lovely. How low should it hang? We have 2.60 m ceilings.');
  await sees(main, '2.60 m ceilings');
  await say(
    main,
    '65 to 70 cm above the table, so nobody is dazzled. The cable is 2 m, we cut it to length.',
  );
  await say(shop, 'And could I see the brass in daylight before I order?');
  await sees(main, 'daylight');
  await say(hum, 'It got louder, I have switched it off now.');
  await say(lisbon, 'The postcode is 1100-148.');
  await typing(main, 'Of course! Shall I');
  await picture(shop, 'widget-chat', { before: () => typing(main, '.') });
  await main.getByRole('textbox', { name: 'Message' }).fill('Of course! Shall I show it');
  await picture(desk, 'console-desk', {
    before: () => Promise.all([typing(shop, 'It '), typing(children, 'The '), inView(main)]),
  });

  await shop.getByRole('textbox', { name: 'Message' }).fill('');
  await say(main, 'Of course! Shall I show it to you on video? I am standing right beside it.');
  await channel(main, 'Video').click();
  const request = shop.getByRole('dialog', { name: 'Video call request' });
  await request.waitFor();
  await picture(shop, 'widget-prompt');
  await request.getByRole('button', { name: 'Check my devices first' }).click();
  await shop.getByRole('combobox', { name: 'Camera' }).waitFor();
  await shop.getByRole('button', { name: 'Turn camera off' }).waitFor();
  await picture(shop, 'widget-ready');
  await shop.getByRole('button', { name: 'Back', exact: true }).click();
  await request.getByRole('button', { name: 'Accept with video' }).click();
  await channelIs(main, 'Video', 'active');
  await Promise.all([showsPictures(shop, 'remote'), showsPictures(desk, 'remote')]);
  await main.getByRole('button', { name: 'Record', exact: true }).click();
  await shop.getByRole('button', { name: 'Allow recording' }).click();
  await main.getByRole('button', { name: 'Stop recording' }).waitFor();
  await say(shop, 'Oh, that is warmer than I thought. I will take it!');
  await sees(main, 'I will take it');
  await picture(shop, 'widget-call');
  await picture(desk, 'console-call', { before: () => inView(main) });
  await hero(studio, shop, desk);
  await uploading(desk, main);
}

/** The recording on its way to the server, which takes its time. */
async function uploading(desk: Page, main: Locator): Promise<void> {
  await desk.route(/\/recordings\//, async (route) => {
    if (route.request().method() !== 'PUT') await route.continue();
  });
  await main.getByRole('button', { name: 'Stop recording' }).click();
  await desk.getByRole('progressbar').waitFor();
  await picture(desk, 'console-upload');
}

function filmedBy(camera: string): Promise<Browser> {
  const { port } = new URL(product.url);
  return launchChromium({
    args: [
      `--use-file-for-fake-video-capture=${camera}`,
      `--host-resolver-rules=MAP ${new URL(SHOP).host}:80 127.0.0.1:${port}`,
    ],
  });
}

async function open(browser: Browser, path: string, visit: Visit = WINDOWS): Promise<Page> {
  const { locale, userAgent, referer } = visit;
  const context = await browser.newContext({
    viewport: SIZES[2],
    locale,
    userAgent,
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(20_000);
  await context.addInitScript(nameDevices);
  const page = await context.newPage();
  await page.goto(SHOP + path, { referer });
  return page;
}

/** In the page: devices as people have them, in place of the file that plays them. */
function nameDevices(): void {
  const { get } = Object.getOwnPropertyDescriptor(MediaDeviceInfo.prototype, 'label') ?? {};
  Object.defineProperty(MediaDeviceInfo.prototype, 'label', {
    get(this: MediaDeviceInfo) {
      const label = get?.call(this);
      if (!label) return '';
      return this.kind === 'videoinput' ? 'Integrated camera' : 'Headset';
    },
  });
}

/** A visitor who writes and waits. */
async function arrive(path: string, text: string, visit: Visit): Promise<Page> {
  const shop = await open(visitors, path, visit);
  await openChat(shop);
  await say(shop, text);
  await shop
    .getByText(/in the queue/)
    .first()
    .waitFor();
  return shop;
}

/** Takes the contact whose turn it is, and waits until its panel is there. */
async function takeNext(desk: Page): Promise<void> {
  const before = await panel(desk).count();
  await desk.getByRole('button', { name: 'Take next contact' }).click();
  await panel(desk).nth(before).waitFor();
}

/** Expands the panel that shows this text, and gives it. */
async function expandPanel(desk: Page, text: string): Promise<Locator> {
  const found = panel(desk).filter({ hasText: text });
  const row = found.getByRole('button', { name: /^Open conversation/ });
  if (await row.count()) await row.click();
  await sees(found, text);
  const name = await found.getAttribute('aria-label');
  return panel(desk, name ?? undefined);
}

/** A panel that was expanded on a wider desk. */
function inView(panel: Locator): Promise<void> {
  return panel.getByRole('textbox', { name: 'Message' }).scrollIntoViewIfNeeded();
}

function typing(where: Page | Locator, text: string): Promise<void> {
  return where.getByRole('textbox', { name: 'Message' }).pressSequentially(text);
}
