import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import type { Page } from 'playwright-core';
import { backUpSqlite, restoreSqlite } from '../../../server/store/sqlite/backup.ts';
import { valuesOnDisk } from '../browser-disk.ts';
import {
  closeContact,
  conversation,
  inConversation,
  openChat,
  panel,
  say,
  sees,
  someoneWaits,
  takeNext,
  waitUntil,
} from '../people.ts';
import { scene } from '../product.ts';

/** The messages of the conversation, as shown, in order. */
const messages = (page: Page) => conversation(page).locator('.message').allInnerTexts();
const numbers = async (page: Page) =>
  (await messages(page)).flatMap((text) => /message (\d+)/.exec(text)?.[1] ?? []).map(Number);

scene(
  'M2 S1 S6 typed while the server is killed: pending, then exactly once and in order, also after a reload',
  async ({ product, visitor, agent }) => {
    const desk = (await agent()).page;
    const shop = (await visitor()).page;
    await inConversation(shop, desk, 'message 1');
    await say(desk, 'message 2');
    await sees(shop, 'message 2');
    await product.stop('SIGKILL');
    await shop
      .getByText(/offline|no connection/i)
      .first()
      .waitFor();
    await say(shop, 'message 3');
    await say(shop, 'message 4');
    await waitUntil(
      async () => (await conversation(shop).getByLabel('Waiting to be sent').count()) === 2,
      'two are pending',
    );
    await say(desk, 'message 5');
    await product.start();
    await sees(panel(desk), 'message 4');
    await sees(shop, 'message 5');
    await waitUntil(
      async () => (await conversation(shop).getByLabel('Waiting to be sent').count()) === 0,
      'none is pending',
    );
    for (const page of [shop, desk]) {
      const shown = await numbers(page);
      assert.deepEqual(shown.toSorted(), [1, 2, 3, 4, 5]);
      assert.ok(shown.indexOf(3) < shown.indexOf(4), 'the order of writing is kept');
    }
    await Promise.all([shop.reload(), desk.reload()]);
    await sees(shop, 'message 5');
    await sees(panel(desk), 'message 5');
    assert.deepEqual((await numbers(shop)).toSorted(), [1, 2, 3, 4, 5]);
    assert.deepEqual(await numbers(shop), await numbers(desk));
  },
);

scene(
  'M2 a first message typed with no server, kept over a page load from the cache, makes exactly one contact',
  async ({ product, visitor, agent }) => {
    const { page: shop, context } = await visitor();
    await openChat(shop);
    await shop.getByRole('textbox', { name: 'Message' }).waitFor();
    await shop.waitForLoadState('networkidle');
    // The page itself must come from somewhere while the server is away.
    const cache = new Map<string, { body: Buffer; type: string }>();
    for (const url of await shop.evaluate(() => [
      location.href,
      ...performance.getEntriesByType('resource').map(({ name }) => name),
    ])) {
      const response = await fetch(url);
      cache.set(url, {
        body: Buffer.from(await response.arrayBuffer()),
        type: response.headers.get('content-type') ?? '',
      });
    }
    await product.stop('SIGKILL');
    // A page that came from no network counts as foreign to this machine.
    await context.grantPermissions(['local-network-access']);
    await context.route(
      (url) => cache.has(url.href),
      async (route) => {
        const kept = cache.get(route.request().url());
        if (kept) await route.fulfill({ body: kept.body, contentType: kept.type });
      },
    );
    await say(shop, 'typed with no server');
    await conversation(shop).getByLabel('Waiting to be sent').waitFor();
    await shop.reload();
    await conversation(shop).getByText('typed with no server').waitFor();
    await conversation(shop).getByLabel('Waiting to be sent').waitFor();
    await product.start();
    const desk = (await agent()).page;
    await someoneWaits(desk);
    await takeNext(desk);
    await sees(panel(desk), 'typed with no server');
    await conversation(shop).getByLabel('Waiting to be sent').waitFor({ state: 'detached' });
    assert.equal((await messages(desk)).length, 1);
  },
);

scene(
  'S10 S6 a backup is restored amid a conversation: both windows show what is there now, and go on',
  async ({ product, visitor, agent }) => {
    const [desk, shop] = [(await agent()).page, (await visitor()).page];
    await inConversation(shop, desk, 'message 1');
    const backup = `${product.file}.backup`;
    await backUpSqlite(product.file, backup);
    // With every message read the contact gets newer, until all that follows the backup is older by its revision.
    for (let n = 2; n < 12; n++) {
      await say(n % 2 ? desk : shop, `message ${n}`);
      await sees(n % 2 ? shop : panel(desk), `message ${n}`);
    }
    // What its author does not know to be kept is sent again, and is rightly there.
    await conversation(desk).locator('.message', { hasText: 'message 11' }).getByLabel('Read').waitFor();
    await product.stop();
    await restoreSqlite(backup, product.file, new Date());
    await product.start();
    for (const page of [shop, desk])
      await waitUntil(async () => (await numbers(page)).join() === '1', 'what came later is gone');
    await say(desk, 'message 20');
    await sees(shop, 'message 20');
    await say(shop, 'message 21');
    await sees(panel(desk), 'message 21');
    await closeContact(desk);
    await shop.getByRole('heading', { name: 'This conversation has ended' }).waitFor();
    await panel(desk)
      .getByText(/^Ended at/)
      .waitFor();
  },
);

scene('M2 a draft survives a reload', async ({ visitor, agent }) => {
  const [desk, shop] = [(await agent()).page, (await visitor()).page];
  await inConversation(shop, desk);
  const box = () => shop.getByRole('textbox', { name: 'Message' });
  await box().pressSequentially('half a thought');
  await desk
    .getByText(/is writing/)
    .first()
    .waitFor();
  await waitUntil(
    async () => (await valuesOnDisk(shop, /\/draft$/)).includes('half a thought'),
    'the draft is kept',
  );
  await shop.reload();
  await waitUntil(async () => (await box().inputValue()) === 'half a thought', 'the draft is back');
});
