import assert from 'node:assert/strict';
import {
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

scene(
  'E1 C4 C7 C8 the script tag brings the widget; a message makes a contact that waits with its facts',
  async ({ visitor, agent }) => {
    const desk = await agent();
    const shop = await visitor();
    const scripts = await shop.page.locator('script[src*="vc.js"]').count();
    assert.equal(scripts, 1, 'the page has the script tag alone');
    await openChat(shop.page);
    await say(shop.page, 'Do you ship to Lisbon?');
    await someoneWaits(desk.page);
    const waiting = desk.page.getByRole('region', { name: 'Waiting' });
    for (const fact of [/^Visitor [0-9A-F]{4}$/, /Chat/, /Sales/, /English/, /Lumen Studio/, 'New visitor'])
      await waiting.getByText(fact).first().waitFor();
    await waiting.locator('vc-wait-ring').first().waitFor();
    await takeNext(desk.page);
    await sees(panel(desk.page), 'Do you ship to Lisbon?');
    await waiting.getByRole('button', { name: /^Take Visitor/ }).waitFor({ state: 'detached' });
  },
);

scene('E1 a press opens the chat also when the widget arrives before it is released', async ({ visitor }) => {
  const shop = (await visitor()).page;
  let pressed = () => {};
  const press = new Promise<void>((resolve) => {
    pressed = resolve;
  });
  await shop.route('**/assets/*.js', async (route) => {
    await press;
    await route.continue();
  });
  await shop.getByRole('button', { name: 'Open chat' }).hover();
  await shop.mouse.down();
  pressed();
  await shop.locator('vc-widget [data-loader]').waitFor({ state: 'detached' });
  await shop.mouse.up();
  await shop.getByRole('button', { name: 'Chat', exact: true }).waitFor();
});

scene(
  'M1 M3 C10 C11 both chat, see typing, and the ticks rise from sent to read',
  async ({ visitor, agent }) => {
    const desk = await agent();
    const shop = await visitor();
    await inConversation(shop.page, desk.page);
    await shop.page.getByRole('textbox', { name: 'Message' }).pressSequentially('I am look');
    await panel(desk.page)
      .getByText(/is writing/)
      .first()
      .waitFor();
    await desk.page.getByRole('textbox', { name: 'Message' }).pressSequentially('Let me');
    await shop.page
      .getByText(/is writing/)
      .first()
      .waitFor();
    await say(desk.page, 'Good morning, see https://example.com/offers');
    await sees(shop.page, 'Good morning');
    const link = conversation(shop.page).getByRole('link', { name: 'https://example.com/offers' });
    assert.equal(await link.getAttribute('rel'), 'noopener noreferrer');
    await conversation(desk.page).getByLabel('Read').first().waitFor();
    await say(shop.page, 'One\nTwo');
    await sees(panel(desk.page), /One\s+Two/);
  },
);

scene(
  'C17 closing asks first, ends the contact for both, and the visitor can start anew',
  async ({ visitor, agent }) => {
    const desk = await agent();
    const shop = await visitor();
    await inConversation(shop.page, desk.page);
    const close = () => panel(desk.page).getByRole('button', { name: 'Close contact' }).first().click();
    await close();
    const dialog = desk.page.getByRole('dialog', { name: 'Close contact?' });
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await close();
    await dialog.getByRole('button', { name: 'Close contact' }).click();
    const anew = shop.page.getByRole('button', { name: 'Start a new conversation' });
    await anew.click();
    await say(shop.page, 'One more thing');
    await someoneWaits(desk.page);
  },
);

scene('C8 two agents click at once: one wins, the other is told who took it', async ({ visitor, agent }) => {
  const [anna, ben, shop] = [await agent('anna'), await agent('ben'), await visitor()];
  await openChat(shop.page);
  await say(shop.page, 'Who is first?');
  await Promise.all([someoneWaits(anna.page), someoneWaits(ben.page)]);
  // At once, even where the other was faster: their box says so, and a patient click would wait for the next contact.
  const force = { force: true };
  await Promise.all([takeNext(anna.page, force), takeNext(ben.page, force)]);
  await waitUntil(async () => {
    const [annas, bens] = await Promise.all([panel(anna.page).count(), panel(ben.page).count()]);
    return annas + bens === 1;
  }, 'exactly one has it');
  const [winner, loser] = (await panel(anna.page).count()) ? ['Anna', ben.page] : ['Ben', anna.page];
  await loser
    .getByText(new RegExp(`${winner}.*took|nobody waits`, 'i'))
    .first()
    .waitFor();
});

scene(
  'C16 a contact whose agent left goes back to the queue, first in line',
  async ({ visitor, agent }) => {
    const [anna, ben, first] = [await agent('anna'), await agent('ben'), await visitor()];
    await inConversation(first.page, anna.page, 'I was first');
    const second = await visitor();
    await openChat(second.page);
    await say(second.page, 'I was second');
    await someoneWaits(ben.page);
    await anna.context.close();
    const entries = ben.page
      .getByRole('region', { name: 'Waiting' })
      .getByRole('button', { name: /^Take Visitor/ });
    await waitUntil(async () => (await entries.count()) === 2, 'both wait');
    await takeNext(ben.page);
    await sees(panel(ben.page), 'I was first');
  },
  { graceSeconds: 1 },
);

scene(
  'C7 nobody answers in time: the visitor is told, keeps what was typed, and may wait on',
  async ({ visitor, agent }) => {
    const [desk, shop] = [(await agent()).page, (await visitor()).page];
    await openChat(shop);
    await say(shop, 'Is anybody there?');
    await someoneWaits(desk);
    const box = shop.getByRole('textbox', { name: 'Message' });
    await box.fill('I was about to add');
    const again = shop.getByRole('button', { name: 'Keep waiting' });
    await again.waitFor();
    await desk
      .getByRole('region', { name: 'Waiting' })
      .getByRole('button', { name: /^Take Visitor/ })
      .waitFor({ state: 'detached' });
    assert.equal(await box.inputValue(), 'I was about to add');
    await again.click();
    await someoneWaits(desk);
    await takeNext(desk);
    await sees(panel(desk), 'Is anybody there?');
  },
  { maxWaitSeconds: 5 },
);

scene(
  'C10 C11 of several contacts exactly one is expanded; another shows its newest message and what is unread',
  async ({ visitor, agent }) => {
    const [desk, first, second] = [(await agent()).page, (await visitor()).page, (await visitor()).page];
    await inConversation(first, desk, 'About the floor lamp');
    await openChat(second);
    await say(second, 'About the desk lamp');
    await someoneWaits(desk);
    await takeNext(desk);
    await waitUntil(async () => (await panel(desk).count()) === 2, 'both are on the desk');
    await sees(desk, 'About the desk lamp');
    assert.equal(await conversation(desk).count(), 1, 'one conversation is open');
    await say(first, 'One more question');
    await panel(desk).getByText('One more question').first().waitFor();
    await panel(desk)
      .getByLabel(/1 unread/)
      .first()
      .waitFor();
  },
);
