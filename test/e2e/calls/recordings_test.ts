import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { bringBack, control, detach, inTouch, inVideoCall } from '../calling.ts';
import { channel, conversation, inConversation, panel, sees, take, waiting, waitUntil } from '../people.ts';
import { scene } from '../product.ts';
import {
  chunksOnDisk,
  films,
  hashOf,
  isKept,
  keptHash,
  save,
  shelf,
  startRecording,
} from '../recorded-call.ts';

scene(
  'R1 where every call is recorded the visitor is told before, and it begins by itself, once',
  async ({ visitor, agent }) => {
    const { page: shop } = await visitor();
    const desk = (await agent()).page;
    await inConversation(shop, desk);
    await channel(panel(desk), 'Video').click();
    const request = shop.getByRole('dialog', { name: 'Video call request' });
    await request.getByText('The call will be recorded.').waitFor();
    assert.equal(await chunksOnDisk(desk), 0, 'nothing is kept before the answer');
    await request.getByRole('button', { name: 'Voice only' }).click();
    for (const page of [shop, desk]) await page.getByText('This call is being recorded.').waitFor();
    await films(desk, 2);
    await control(desk, 'Stop recording').click();
    await isKept(desk);
    await control(desk, 'Record').waitFor();

    await control(shop, 'Hang up').click();
    await shop.getByRole('button', { name: 'Start voice call' }).click();
    await shop.getByText('The call will be recorded.').waitFor();
    await desk.getByRole('dialog').getByRole('button', { name: 'Accept', exact: true }).click();
    await control(desk, 'Stop recording').waitFor();
  },
  { services: { sales: { recording: 'always' } } },
);

scene('R1 the visitor declines: nothing is recorded', async ({ visitor, agent }) => {
  const [desk, shop] = [(await agent()).page, (await visitor()).page];
  await inVideoCall(shop, desk);
  await control(desk, 'Record').click();
  await shop
    .getByRole('dialog', { name: 'Recording request' })
    .getByRole('button', { name: 'Decline' })
    .click();
  await panel(desk)
    .getByText(/declined.*record/i)
    .first()
    .waitFor();
  assert.equal(await chunksOnDisk(desk), 0);
  assert.equal(await shelf(desk).count(), 0);
});

scene(
  'R1 R5 C14 a call that is handed over is recorded no more, and the recording is with the contact',
  async ({ visitor, agent }) => {
    const [desk, ben, shop] = [(await agent()).page, (await agent('ben')).page, (await visitor()).page];
    await inVideoCall(shop, desk);
    await startRecording(shop, desk);
    await films(desk, 2);
    await panel(desk).getByRole('button', { name: 'Transfer contact' }).click();
    await desk.getByRole('radio', { name: /Ben/ }).check();
    await desk.getByRole('button', { name: 'Offer', exact: true }).click();
    await waiting(ben).first().waitFor();
    await take(ben);
    await control(ben, 'Record').waitFor();
    await shop.getByText('This call is being recorded.').waitFor({ state: 'detached' });
    await isKept(desk);
    const path = await save(desk);
    assert.equal(await keptHash(ben), hashOf(await Deno.readFile(path)));
  },
);

scene(
  'R5 an upload goes on over a reload and a server that was killed: the same bytes, not sent twice',
  async ({ product, visitor, agent }) => {
    const [{ page: desk, context }, shop] = [await agent(), (await visitor()).page];
    await inVideoCall(shop, desk);
    await startRecording(shop, desk);
    await films(desk, 6);
    const network = await context.newCDPSession(desk);
    await network.send('Network.enable');
    const slow = (uploadThroughput: number) =>
      network.send('Network.emulateNetworkConditions', {
        offline: false,
        latency: 0,
        downloadThroughput: -1,
        uploadThroughput,
      });
    await slow(60_000);
    const puts: number[] = [];
    desk.on('request', (request) => {
      if (request.method() === 'PUT') puts.push(Number(new URL(request.url()).searchParams.get('offset')));
    });
    await control(desk, 'Stop recording').click();
    const bar = shelf(desk).getByRole('progressbar');
    const sent = async () =>
      Number(await bar.evaluate((element) => (element as unknown as { value: number }).value));
    await waitUntil(async () => (await sent()) > 150_000, 'a part of it is there');
    await desk.reload();
    await waitUntil(async () => (await sent()) > 250_000, 'it goes on after the reload');
    await product.stop('SIGKILL');
    await shelf(desk).getByText('Waiting for the server').waitFor();
    await product.start();
    await slow(-1);
    await isKept(desk);
    assert.deepEqual(
      puts.toSorted((a, b) => a - b),
      puts,
      'nothing is sent again',
    );
    assert.ok(puts.length >= 3 && puts.filter((offset) => offset === 0).length === 1, `${puts}`);
    const path = await save(desk);
    assert.equal(await keptHash(desk), hashOf(await Deno.readFile(path)));
  },
);

scene(
  'R1 R5 a recording is stopped while the server is away: it ends at once, is kept when the server is back, and the call has none',
  async ({ product, visitor, agent }) => {
    const [desk, shop] = [(await agent()).page, (await visitor()).page];
    await inVideoCall(shop, desk);
    await startRecording(shop, desk);
    await films(desk, 3);
    await product.stop('SIGKILL');
    await control(desk, 'Stop recording').click();
    await shelf(desk).getByText('Waiting for the server').waitFor();
    await control(desk, 'Record').waitFor();
    await product.start();
    await isKept(desk);
    await sees(desk, /^The recording stopped after/);
    await shop.getByText('This call is being recorded.').waitFor({ state: 'detached' });
    await inTouch(shop, desk);
  },
);

scene(
  'R5 an agent may keep a recording here alone, upload it after all, or be told why it cannot be',
  async ({ visitor, agent }) => {
    const { page: desk, context } = await agent();
    const shop = (await visitor()).page;
    await inVideoCall(shop, desk);
    await context.route('**/recordings/*', () => {});
    await startRecording(shop, desk);
    await films(desk, 2);
    await control(desk, 'Stop recording').click();
    await shelf(desk)
      .getByRole('button', { name: /^Do not upload recording/ })
      .click();
    await shelf(desk).getByText('On this device only').waitFor();
    await context.unroute('**/recordings/*');
    await desk.reload();
    await shelf(desk).getByText('On this device only').waitFor();
    await shelf(desk)
      .getByRole('button', { name: /^Upload recording/ })
      .click();
    await shelf(desk).getByText('It is larger than 1 kB.').waitFor();
    await save(desk);
  },
  { services: { sales: { recordingMaxBytes: 1_000 } } },
);

scene(
  'R4 no room on the device: the agent is told, and the visitor is not asked',
  async ({ product, visitor, agent }) => {
    const { page: desk, context } = await agent();
    const shop = (await visitor()).page;
    await inVideoCall(shop, desk);
    const browser = await context.newCDPSession(desk);
    const origin = product.url;
    const { usage } = await browser.send('Storage.getUsageAndQuota', { origin });
    await browser.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage + 20_000_000 });
    await control(desk, 'Record').click();
    await desk.getByText('This device has room for less than three minutes of it.').waitFor();
    assert.equal(await shop.getByRole('dialog', { name: 'Recording request' }).count(), 0);
  },
);

scene(
  'R6 A5 V6 a snapshot of the visitor is in Files, and the visitor sees it, also one taken in a window of its own while the server is away',
  async ({ product, visitor, agent }) => {
    const [desk, shop] = [(await agent()).page, (await visitor()).page];
    const pictures = (where: Page | Locator) => where.getByRole('img', { name: /^Picture Snapshot Visitor/ });
    await inVideoCall(shop, desk);
    await product.stop('SIGKILL');
    const view = await detach(desk);
    await control(view, 'Take snapshot').click();
    await pictures(conversation(shop)).waitFor();
    await bringBack(desk);
    await product.start();
    await panel(desk).getByRole('tab', { name: 'Files (1)' }).waitFor();
    await control(desk, 'Take snapshot').click();
    await pictures(conversation(shop)).nth(1).waitFor();
    await panel(desk).getByRole('tab', { name: 'Files (2)' }).click();
    await waitUntil(
      () =>
        pictures(panel(desk)).evaluateAll((all) =>
          all.every((image) => (image as unknown as { naturalWidth: number }).naturalWidth > 0),
        ),
      'the pictures are drawn',
    );
  },
);
