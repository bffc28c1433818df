import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { keysOnDisk } from '../browser-disk.ts';
import { createProfile } from '../mortal-browser.ts';
import { conversation, inConversation, panel, say, sees, waitUntil } from '../people.ts';
import { scene, VIEWPORT } from '../product.ts';

const texts = async (page: Page) =>
  (await conversation(page).locator('.message').allInnerTexts()).flatMap(
    (said) => /((?:message|note) \d)/.exec(said)?.[1] ?? [],
  );

async function jot(desk: Page, text: string): Promise<void> {
  await panel(desk).getByRole('button', { name: 'Note', exact: true }).click();
  await panel(desk).getByRole('textbox', { name: 'Note' }).fill(text);
  await panel(desk).getByRole('button', { name: 'Send note' }).click();
  await panel(desk).getByRole('button', { name: 'Note', exact: true }).click();
}

const pending = (page: Page) => conversation(page).getByLabel('Waiting to be sent');

scene(
  "M2 S6 M8 what an agent wrote while the server was killed outlives a kill of the agent's browser, and arrives once and in order",
  async ({ product, visitor }) => {
    await using profile = await createProfile();
    const openDesk = async () => {
      const { context, kill } = await profile.startChromium();
      const page = await context.newPage();
      await page.setViewportSize(VIEWPORT);
      await page.goto(`${product.url}/agent?as=anna`);
      return { page, kill };
    };
    const before = await openDesk();
    const { page: shop, received } = await visitor();
    await inConversation(shop, before.page, 'message 1');
    await say(panel(before.page), 'message 2');
    await sees(shop, 'message 2');

    await product.stop('SIGKILL');
    await say(panel(before.page), 'message 3');
    await jot(before.page, 'note 4');
    await say(panel(before.page), 'message 5');
    await waitUntil(async () => (await pending(before.page).count()) === 3, 'all three are pending');
    await waitUntil(async () => (await keysOnDisk(before.page, /\/out\//)) === 3, 'all three are kept');
    await before.kill();

    await product.start();
    const after = await openDesk();
    await sees(shop, 'message 5');
    await pending(after.page).first().waitFor({ state: 'detached' });
    const said = ['message 1', 'message 2', 'message 3', 'note 4', 'message 5'];
    assert.deepEqual(await texts(after.page), said);
    assert.deepEqual(
      await texts(shop),
      said.filter((text) => text !== 'note 4'),
    );
    await after.page.reload();
    await sees(panel(after.page), 'message 5');
    await waitUntil(
      async () => (await keysOnDisk(after.page, /\/out\//)) === 0,
      'nothing is kept to be sent',
    );
    assert.deepEqual(await texts(after.page), said);
    assert.ok(!received.some((frame) => frame.includes('note 4')));
  },
);

scene(
  'M2 S6 an agent who reloads while messages are on their way loses none and sends none twice',
  async ({ product, visitor, agent }) => {
    const [desk, shop] = [(await agent()).page, (await visitor()).page];
    await inConversation(shop, desk, 'message 1');
    await product.stop('SIGKILL');
    await say(panel(desk), 'message 2');
    await jot(desk, 'note 3');
    await waitUntil(async () => (await keysOnDisk(desk, /\/out\//)) === 2, 'both are kept');
    await product.start();
    // Before, while or after the console is back by itself: all are right.
    await desk.reload();
    await sees(shop, 'message 2');
    await sees(panel(desk), 'note 3');
    await pending(desk).first().waitFor({ state: 'detached' });
    assert.deepEqual(await texts(desk), ['message 1', 'message 2', 'note 3']);
    assert.deepEqual(await texts(shop), ['message 1', 'message 2']);
  },
);
