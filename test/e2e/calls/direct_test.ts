/// <reference lib="dom" />
import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { attach, type Sample, sha256, text, withFile } from '../attaching.ts';
import { bar, control, inVideoCall, noCall } from '../calling.ts';
import { hasPicture, showsPictures } from '../media.ts';
import { channelIs, conversation, panel, say, sees, waitUntil } from '../people.ts';
import { type ProductOptions, scene } from '../product.ts';

const options: ProductOptions = {
  services: { sales: { files: { maxBytes: 60_000_000, types: ['text/plain'] } } },
};
const DIRECT = 'Delivered directly, not stored yet';

const link = (where: Page | Locator, { name }: Sample) =>
  conversation(where).getByRole('link', { name: new RegExp(`^Open ${name.replace('.', '\\.')}`) });

/** What the link of a stored file leads to. */
async function stored(where: Page | Locator, sample: Sample): Promise<string> {
  const found = link(where, sample);
  await waitUntil(
    async () => /\/api\/files\//.test((await found.getAttribute('href')) ?? ''),
    `${sample.name} is on the server`,
  );
  const address = await found.evaluate((element) => (element as HTMLAnchorElement).href);
  return sha256(new Uint8Array(await (await fetch(address)).arrayBuffer()));
}

/** What is kept in this browser alone, as the reader saves it. */
async function kept(page: Page, sample: Sample): Promise<string> {
  await link(page, sample).waitFor();
  const [saved] = await Promise.all([page.waitForEvent('download'), link(page, sample).click()]);
  assert.equal(saved.suggestedFilename(), sample.name);
  return sha256(await Deno.readFile(await saved.path()));
}

const direct = (page: Page) => conversation(page).getByLabel(DIRECT);
const listed = (desk: Page, count: number) =>
  panel(desk)
    .getByRole('tab', { name: `Files (${count})` })
    .waitFor();
/** Messages and files of the conversation, as shown, in order. */
const messages = async (page: Page) => {
  const lines = await conversation(page)
    .locator('.message')
    .evaluateAll((all) =>
      all.map((line) => `${line.textContent} ${line.querySelector('vc-file')?.shadowRoot?.textContent}`),
    );
  return lines.flatMap((line) => /message \d|\w+\.txt/.exec(line)?.[0] ?? []);
};

scene(
  'M4 a file sent during a call goes to the other browser, and is in the conversation and under Files of both after a reload',
  async ({ visitor, agent }) => {
    const [desk, shop] = [(await agent()).page, (await visitor()).page];
    await inVideoCall(shop, desk);
    const [plan, prices] = [text('plan.txt', 1_500_000), text('prices.txt', 300_000)];
    await attach(shop, shop, plan);
    assert.equal(await stored(desk, plan), sha256(plan.buffer));
    await attach(desk, panel(desk), prices);
    assert.equal(await stored(shop, prices), sha256(prices.buffer));
    await listed(desk, 2);
    await Promise.all([shop.reload(), desk.reload()]);
    for (const page of [shop, desk])
      for (const file of [plan, prices]) assert.equal(await stored(page, file), sha256(file.buffer));
    await listed(desk, 2);
    assert.deepEqual(await messages(shop), ['plan.txt', 'prices.txt']);
  },
  options,
);

scene(
  'M4 V17 the visitor goes to another page in the middle of a file: it arrives there, over the next attempt of the call',
  async ({ visitor, agent }) => {
    const [desk, shop] = [(await agent()).page, (await visitor()).page];
    await inVideoCall(shop, desk);
    const film = text('film.txt', 12_000_000);
    await withFile(film, async (attach) => {
      await attach(desk, panel(desk));
      await shop.getByRole('progressbar', { name: 'Receiving film.txt' }).waitFor();
      await panel(desk).getByRole('progressbar', { name: 'Sending film.txt' }).waitFor();
      await shop.reload();
      await link(shop, film).waitFor({ timeout: 60_000 });
      assert.equal(await stored(shop, film), sha256(film.buffer));
      assert.equal(await stored(desk, film), sha256(film.buffer));
      await showsPictures(shop, 'remote');
    });
  },
  options,
);

scene(
  'M4 either side can stop a file on its way, and the next one gets through',
  async ({ visitor, agent }) => {
    const [desk, shop] = [(await agent()).page, (await visitor()).page];
    await inVideoCall(shop, desk);
    const [film, plan] = [text('film.txt', 50_000_000), text('plan.txt', 1_000)];
    await withFile(film, async (attach) => {
      await attach(shop, shop);
      await panel(desk).getByRole('button', { name: 'Do not receive film.txt' }).click();
      await shop.getByText('Cannot send the file: the other side does not want it.').first().waitFor();
      await shop.getByRole('button', { name: 'Dismiss film.txt' }).click();
      await attach(shop, shop);
      await panel(desk).getByRole('progressbar', { name: 'Receiving film.txt' }).waitFor();
      await shop.getByRole('button', { name: 'Do not send film.txt' }).click();
      await panel(desk).getByRole('list', { name: 'Files being sent' }).waitFor({ state: 'detached' });
    });
    await attach(shop, shop, plan);
    assert.equal(await stored(desk, plan), sha256(plan.buffer));
    assert.deepEqual(await messages(desk), ['plan.txt']);
  },
  options,
);

scene(
  'A5 V16 S6 the server is killed in a call: both go on talking and sending files, and the log is complete, once and in order when it is back',
  async ({ product, visitor, agent }) => {
    const [desk, shop] = [(await agent()).page, (await visitor()).page];
    await inVideoCall(shop, desk);
    await say(panel(desk), 'message 1');
    await sees(shop, 'message 1');
    await product.stop('SIGKILL');
    await shop
      .getByText(/offline|no connection/i)
      .first()
      .waitFor();

    await say(shop, 'message 2');
    await sees(panel(desk), 'message 2');
    await say(panel(desk), 'message 3');
    await sees(shop, 'message 3');
    const [plan, prices] = [text('plan.txt', 1_500_000), text('prices.txt', 300_000)];
    await attach(shop, shop, plan);
    assert.equal(await kept(desk, plan), sha256(plan.buffer));
    await attach(desk, panel(desk), prices);
    assert.equal(await kept(shop, prices), sha256(prices.buffer));
    await say(shop, 'message 4');
    await sees(panel(desk), 'message 4');
    const said = ['message 1', 'message 2', 'message 3', 'plan.txt', 'prices.txt', 'message 4'];
    for (const page of [shop, desk]) {
      await waitUntil(async () => (await direct(page).count()) === 5, 'both know that all arrived');
      assert.deepEqual(await messages(page), said);
    }
    await Promise.all([showsPictures(shop, 'remote'), showsPictures(desk, 'remote')]);
    await shop.getByRole('button', { name: 'Turn camera off' }).click();
    const isUnseen = async () => !(await hasPicture(desk, 'remote'));
    await waitUntil(isUnseen, 'the agent has no picture of the visitor');

    await product.start();
    for (const page of [shop, desk]) await direct(page).first().waitFor({ state: 'detached' });
    for (const page of [shop, desk])
      for (const file of [plan, prices]) assert.equal(await stored(page, file), sha256(file.buffer));
    await listed(desk, 2);
    await channelIs(panel(desk), 'Video', 'active');
    await say(panel(desk), 'message 5');
    await sees(shop, 'message 5');
    assert.ok(await isUnseen(), 'the server was told of the camera, too');
    await Promise.all([shop.reload(), desk.reload()]);
    await sees(shop, 'message 5');
    await sees(panel(desk), 'message 5');
    const log = await messages(shop);
    assert.deepEqual(await messages(desk), log);
    assert.deepEqual(log.toSorted(), [...said, 'message 5'].toSorted());
    assert.ok(log.indexOf('message 2') < log.indexOf('message 4'), 'the order of writing is kept');
  },
  options,
);

scene(
  'A5 V15 who hangs up while the server is gone is not called back when it returns',
  async ({ product, visitor, agent }) => {
    const [desk, shop] = [(await agent()).page, (await visitor()).page];
    await inVideoCall(shop, desk);
    await product.stop('SIGKILL');
    await shop
      .getByText(/offline|no connection/i)
      .first()
      .waitFor();
    await control(shop, 'Hang up').click();
    await noCall(shop);
    await product.start();
    await noCall(desk);
    await channelIs(panel(desk), 'Video', 'available');
    assert.equal(await bar(shop).count(), 0);
  },
  options,
);
