/// <reference lib="dom" />
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import {
  closeContact,
  conversation,
  converse,
  openChat,
  panel,
  say,
  sees,
  someoneWaits,
  visitorFacts,
  waiting,
  waitUntil,
} from '../people.ts';
import { scene } from '../product.ts';

const open = (desk: Page, name: string) =>
  panel(desk)
    .getByRole('button', { name: `Open conversation with ${name}` })
    .click();

scene(
  'C10 C11 C12 C13 C15 two contacts: flash and unread bubble, globe and trail, idle, colours, and no third one',
  async ({ visitor, agent }) => {
    const desk = (await agent()).page;
    const first = (await visitor('/?service=sales')).page;
    const second = (await visitor()).page;
    const vera = await converse(first, desk, 'About the floor lamp');
    const walt = await converse(second, desk, 'About the desk lamp');

    await say(first, 'One more question');
    await panel(desk, vera).getByText('One more question').waitFor();
    await panel(desk, vera).locator('.flash').waitFor({ state: 'attached' });
    await panel(desk, vera).getByRole('img', { name: '1 unread message' }).waitFor();

    const third = (await visitor()).page;
    await openChat(third);
    await say(third, 'And me?');
    await third.getByText('You are next in the queue').waitFor();
    await desk.getByText('You have 2 of 2: nothing is offered').waitFor();
    assert.equal(await waiting(desk).count(), 0);

    // The next page is held until the agent has seen the globe.
    const globe = panel(desk, vera).getByRole('img', { name: 'Changing page' });
    await first.route('**/vc.js', async (route) => {
      await globe.waitFor();
      await route.continue();
    });
    await first.getByRole('link', { name: 'Lumen Studio' }).click();
    await sees(first, 'One more question');
    await globe.waitFor({ state: 'detached' });
    await open(desk, vera);
    const facts = await visitorFacts(panel(desk, vera));
    const trail = facts.getByRole('region', { name: 'Pages of this visit' }).getByRole('listitem');
    await trail.nth(1).waitFor();
    await first.evaluate(() => history.pushState(null, '', '/?service=sales&cart=1'));
    await trail.nth(2).waitFor();
    const newest = trail.first().getByRole('link');
    assert.match((await newest.getAttribute('href')) ?? '', /\?service=sales&cart=1$/);

    const idle = panel(desk, vera).getByRole('img', { name: /^Idle since/ });
    await idle.waitFor();
    await first.mouse.move(300, 300);
    await idle.waitFor({ state: 'detached' });

    await panel(desk, vera).getByRole('button', { name: 'Colour: Blue' }).click();
    await desk.getByRole('radiogroup', { name: 'Colour' }).getByText('Red').click();
    await panel(desk, vera).getByRole('button', { name: 'Colour: Red' }).waitFor();
    await open(desk, walt);
    await panel(desk, vera).locator('[data-colour="red"]').waitFor();
    await desk.reload();
    await waitUntil(async () => (await panel(desk).count()) === 2, 'both are there again');
    await panel(desk, vera).locator('[data-colour="red"]').first().waitFor();

    await closeContact(desk);
    await someoneWaits(desk);
  },
  { services: { sales: { idleSeconds: 5 } }, agents: { anna: { limit: 2 } } },
);

scene(
  'C8 C10 C17 by keyboard alone: take, reply, go to the next conversation, close, and read the shortcuts',
  async ({ visitor, agent }) => {
    const [desk, first, second] = [(await agent()).page, (await visitor()).page, (await visitor()).page];
    for (const [page, text] of [
      [first, 'I was first'],
      [second, 'I was second'],
    ] as const) {
      await openChat(page);
      await say(page, text);
      await page.getByText(/in the queue$/).waitFor();
    }
    await waiting(desk).nth(1).waitFor();
    const { keyboard } = desk;
    const typesTo = async (text: string, visitor: Page) => {
      await desk.getByRole('textbox', { name: 'Message' }).and(desk.locator(':focus')).waitFor();
      await keyboard.type(text);
      await keyboard.press('Enter');
      await sees(visitor, text);
    };
    await keyboard.press('n');
    await sees(panel(desk), 'I was first');
    await typesTo('Good morning, first', first);
    await keyboard.press('Alt+n');
    await sees(desk, 'I was second');
    await keyboard.press('Alt+r');
    await typesTo('Good morning, second', second);
    await keyboard.press('Alt+j');
    await sees(desk, 'I was first');
    assert.equal(await conversation(desk).count(), 1);
    await keyboard.press('Alt+r');
    await typesTo('That was all, first', first);
    await keyboard.press('Alt+x');
    await desk.getByRole('dialog', { name: 'Close contact?' }).waitFor();
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    await first.getByRole('heading', { name: 'This conversation has ended' }).waitFor();
    await keyboard.press('Alt+?');
    const shortcuts = desk.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await shortcuts.getByText('Take next contact').waitFor();
    await keyboard.press('Escape');
    await shortcuts.waitFor({ state: 'detached' });
  },
);
