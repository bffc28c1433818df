/// <reference lib="dom" />
import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import type { Locator } from 'playwright-core';
import { attach, text } from '../attaching.ts';
import { conversation, inConversation, panel, say, sees, waitUntil } from '../people.ts';
import { scene } from '../product.ts';

scene(
  'M3 M6 M8 the agent sees what is being typed, answers by a shortcut, and keeps a note to colleagues',
  async ({ visitor, agent }) => {
    const { page: shop, received } = await visitor();
    const desk = (await agent()).page;
    await inConversation(shop, desk);
    await shop.getByText('The agent sees what you write.').waitFor();
    await shop.getByRole('textbox', { name: 'Message' }).pressSequentially('My lamp');
    await panel(desk).getByText('Not sent yet:').waitFor();
    await panel(desk).getByText('My lamp').waitFor();
    assert.equal(await conversation(desk).getByText('My lamp').count(), 0, 'it was not sent');

    const name = await panel(desk).getByRole('heading', { level: 2 }).textContent();
    const field = panel(desk).getByRole('textbox', { name: 'Message' });
    await field.pressSequentially('/hello');
    await panel(desk)
      .getByRole('option', { name: /What can I do for you/ })
      .waitFor();
    await field.press('Enter');
    const hello = `Hello ${name}, this is Anna. What can I do for you?`;
    await waitUntil(async () => (await field.inputValue()) === hello, 'the response is filled in');
    await field.press('Enter');
    await sees(shop, hello);

    await panel(desk).getByRole('button', { name: 'Note', exact: true }).click();
    await panel(desk).getByRole('textbox', { name: 'Note' }).fill('Rather impatient');
    await panel(desk).getByRole('button', { name: 'Send note' }).click();
    await sees(panel(desk), 'Rather impatient');
    await panel(desk).getByRole('button', { name: 'Note', exact: true }).click();
    await say(panel(desk), 'Which lamp is it?');
    await sees(shop, 'Which lamp is it?');
    await shop.reload();
    await sees(shop, 'Which lamp is it?');
    assert.ok(received.some((frame) => frame.includes('Which lamp is it?')));
    assert.deepEqual(
      received.filter((frame) => frame.includes('impatient')),
      [],
    );
  },
  { services: { sales: { typingPreview: true } } },
);

const MOST = 500_000;
const isDrawn = (picture: Locator) =>
  waitUntil(
    () => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth > 0),
    'the picture is drawn',
  );

scene(
  'M4 both send files: previews, the list of files, refusals that say why, all there after a reload',
  async ({ visitor, agent }) => {
    const [desk, shop] = [(await agent()).page, (await visitor()).page];
    await inConversation(shop, desk);
    const png = await shop.screenshot({ clip: { x: 0, y: 0, width: 200, height: 120 } });
    await attach(
      shop,
      shop,
      { name: 'room.png', mimeType: 'image/png', buffer: png },
      text('measures.txt', 700),
    );
    const picture = conversation(desk).getByRole('img', { name: 'Picture room.png' });
    await isDrawn(picture);
    await isDrawn(conversation(shop).getByRole('img', { name: 'Picture room.png' }));
    await conversation(desk)
      .getByRole('link', { name: /^Open measures\.txt/ })
      .waitFor();
    await panel(desk).getByRole('tab', { name: 'Files (2)' }).click();
    const files = panel(desk).getByRole('list', { name: 'Files' });
    await isDrawn(files.getByRole('img', { name: 'Picture room.png' }));
    await files.getByRole('link', { name: /^Open measures\.txt/ }).waitFor();
    await panel(desk).getByRole('tab', { name: 'Conversation' }).click();

    const pdf = Buffer.from('%PDF-1.4\n% prices\n%%EOF\n');
    await attach(desk, panel(desk), { name: 'prices.pdf', mimeType: 'application/pdf', buffer: pdf });
    const prices = conversation(shop).getByRole('link', { name: /^Open prices\.pdf/ });
    await prices.waitFor();

    await attach(shop, shop, text('diary.txt', MOST + 100_000), {
      name: 'tool.exe',
      mimeType: 'application/x-msdownload',
      buffer: Buffer.from('MZ'),
    });
    const refused = shop.getByRole('list', { name: 'Files being sent' });
    await refused
      .getByRole('listitem')
      .filter({ hasText: 'diary.txt' })
      .getByText(/^Not sent: it has .*, at most .* are possible\.$/)
      .waitFor();
    await refused
      .getByRole('listitem')
      .filter({ hasText: 'tool.exe' })
      .getByText(/^Not sent: files of this type are not taken\. Possible are PNG, PDF, PLAIN\.$/)
      .waitFor();
    for (const name of ['diary.txt', 'tool.exe'])
      await refused.getByRole('button', { name: `Dismiss ${name}` }).click();
    await refused.waitFor({ state: 'detached' });

    await attach(desk, panel(desk), text('manual.txt', MOST + 100_000));
    const refusedHere = panel(desk).getByRole('list', { name: 'Files being sent' });
    await refusedHere.getByText(/manual\.txt/).waitFor();
    await refusedHere.getByText(/larger than 500 kB/).waitFor();

    await Promise.all([shop.reload(), desk.reload()]);
    await prices.waitFor();
    await isDrawn(picture);
    await panel(desk).getByRole('tab', { name: 'Files (3)' }).waitFor();
    await say(panel(desk), 'Thank you for the picture');
    await sees(shop, 'Thank you for the picture');
  },
  {
    services: {
      sales: { files: { maxBytes: MOST, types: ['image/png', 'application/pdf', 'text/plain'] } },
    },
  },
);

scene(
  'M5 the agent shows a page: the visitor opens it, allows the next, and is taken along from then on',
  async ({ product, visitor, agent }) => {
    const [desk, shop] = [(await agent()).page, (await visitor()).page];
    await inConversation(shop, desk, 'Where are the floor lamps?');
    const page = (name: string) => `${product.url}/?service=sales&page=${name}`;
    const show = async (name: string) => {
      await panel(desk).getByRole('button', { name: 'Show a page' }).click();
      const dialog = desk.getByRole('dialog', { name: 'Show a page' });
      await dialog.getByRole('textbox', { name: 'Address of the page' }).fill(page(name));
      await dialog.getByRole('button', { name: 'Show' }).click();
    };
    const card = shop.getByRole('region', { name: 'Anna suggests a page' });
    const isHere = async (name: string) => {
      await shop.waitForURL(page(name));
      await sees(shop, 'Where are the floor lamps?');
    };
    await panel(desk).getByRole('button', { name: 'Show a page' }).click();
    const dialog = desk.getByRole('dialog', { name: 'Show a page' });
    await dialog.getByRole('textbox', { name: 'Address of the page' }).fill('javascript:alert(1)');
    await dialog.getByRole('button', { name: 'Show' }).click();
    await dialog.getByText('Only pages with http:// or https:// can be shown.').waitFor();
    await desk.keyboard.press('Escape');

    await show('floor');
    await card.getByRole('link', { name: 'Open here' }).click();
    await isHere('floor');
    await show('desk');
    await card.getByRole('button', { name: 'Let Anna take me to pages' }).click();
    await isHere('desk');
    await sees(panel(desk), /allowed pages to be opened/);
    await shop.getByText('Anna may take you to pages.').waitFor();
    await show('wall');
    await isHere('wall');
    assert.equal(await card.count(), 0, 'nobody was asked again');
    await say(shop, 'That one, please');
    await sees(panel(desk), 'That one, please');
  },
);
