import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import {
  openChat,
  panel,
  say,
  sees,
  someoneWaits,
  take,
  takeNext,
  visitorFacts,
  waiting,
  waitUntil,
} from '../people.ts';
import { scene } from '../product.ts';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const box = (page: Page, name: string) => page.getByRole('textbox', { name });
/** A number that exists on no telephone, and one that could. */
const [WRONG, RIGHT] = ['12', '+44 20 7946 0958'];

/** Open tomorrow at 18:00 UTC, in Phoenix 11:00 in every season. */
const tomorrow = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'][
  (new Date().getUTCDay() + 1) % 7
] as string;
const hours = { zone: 'UTC', week: { [tomorrow]: ['18:00-20:00'] } };

scene(
  'C1 C7 C18 nobody is there: a number, a message and the hours instead; the agent who comes later finds them',
  async ({ visitor, agent }) => {
    const vera = (await visitor('/', { timezoneId: 'Europe/London' })).page;
    await openChat(vera);
    await vera.getByText('Nobody is here right now.').waitFor();
    for (const way of ['Chat', 'Voice call', 'Video call', 'Call me back', 'Leave a message'])
      await button(vera, way).waitFor();
    await button(vera, 'Call me back').click();
    const number = box(vera, 'Phone number');
    await number.fill(WRONG);
    await box(vera, 'Your name').fill('Vera');
    await button(vera, 'Request the call').click();
    await vera.getByText(/no phone number looks like this/i).waitFor();
    assert.equal(await number.getAttribute('aria-invalid'), 'true');
    assert.equal(await number.inputValue(), WRONG, 'nothing typed is lost');
    await number.fill(RIGHT);
    await button(vera, 'Request the call').click();
    await vera.getByRole('heading', { name: 'We call you back' }).waitFor();
    await vera.getByText('+442079460958').waitFor();

    const walt = (await visitor()).page;
    await openChat(walt);
    await button(walt, 'Leave a message').click();
    await box(walt, 'Your message').fill('Do you repair lamps from 1962?');
    await box(walt, 'E-mail').fill('walt at home');
    await box(walt, 'Your name').fill('Walt');
    await button(walt, 'Send message').click();
    await walt.getByText(/not an e-mail address/).waitFor();
    await box(walt, 'E-mail').fill('walt@example.com');
    await button(walt, 'Send message').click();
    await walt.getByText('walt@example.com').waitFor();

    const late = (await visitor('/?service=support', { timezoneId: 'America/Phoenix' })).page;
    await openChat(late);
    await late.getByText(/^We are back (tomorrow|on \w+day) at 11:00\sAM, your time\.$/).waitFor();

    const desk = (await agent()).page;
    await waiting(desk, 'Callback').getByRole('button', { name: 'Take Vera' }).click();
    const callback = (await visitorFacts(panel(desk, 'Vera'))).getByRole('region', {
      name: 'Callback request',
    });
    const link = callback.getByRole('link', { name: '+442079460958' });
    assert.equal(await link.getAttribute('href'), 'tel:+442079460958');
    await callback.getByText('As soon as possible').waitFor();
    await waiting(desk, 'Message left').getByRole('button', { name: 'Take Walt' }).click();
    const lead = (await visitorFacts(panel(desk, 'Walt'))).getByRole('region', { name: 'Message left' });
    await lead.getByText('Do you repair lamps from 1962?').waitFor();
    await lead.getByRole('link', { name: 'walt@example.com' }).waitFor();
  },
  { services: { support: { hours } } },
);

scene(
  'C7 S6 given up while the server was dead: the visitor is told, what was typed stays and becomes a message',
  async ({ product, visitor, agent }) => {
    const shop = (await visitor()).page;
    await openChat(shop);
    await say(shop, 'Is anybody there?');
    await shop.getByText('You are next in the queue').waitFor();
    await product.stop('SIGKILL');
    await box(shop, 'Message').fill('I was about to add');
    await product.start();
    await shop.getByText('Nobody is free right now').waitFor();
    assert.equal(await box(shop, 'Message').inputValue(), 'I was about to add');
    await button(shop, 'Leave a message').click();
    assert.equal(await box(shop, 'Your message').inputValue(), 'I was about to add');
    await box(shop, 'E-mail').fill('vera@example.com');
    await button(shop, 'Send message').click();
    await shop.getByRole('heading', { name: 'Thank you' }).waitFor();

    const desk = (await agent()).page;
    await waiting(desk, 'Message left').waitFor();
    const name = await take(desk);
    await sees(panel(desk, name), 'Is anybody there?');
    const facts = await visitorFacts(panel(desk, name));
    await facts.getByRole('region', { name: 'Message left' }).getByText('I was about to add').waitFor();
  },
  { maxWaitSeconds: 4 },
);

scene(
  'C5 C8 C18 three visitors wait: places move up as the agent takes, a drawer lets them pick, a star says nobody else is free',
  async ({ visitor, agent }) => {
    const [first, second, third] = [(await visitor()).page, (await visitor()).page, (await visitor()).page];
    const desk = (await agent()).page;
    const places = [
      'You are next in the queue',
      'You are number 2 in the queue',
      'You are number 3 in the queue',
    ];
    for (const [at, page] of [first, second, third].entries()) {
      await openChat(page);
      await say(page, `Question ${at + 1}`);
      await page.getByText(places[at] as string).waitFor();
    }
    await waiting(desk).nth(2).getByText('nobody else is free').waitFor();
    await takeNext(desk);
    await sees(panel(desk), 'Question 1');
    await first.getByRole('heading', { name: 'Anna' }).waitFor();
    await second.getByText(places[0] as string).waitFor();
    await third.getByText(places[1] as string).waitFor();

    await desk.setViewportSize({ width: 700, height: 800 });
    await button(desk, 'Show waiting contacts').click();
    await waiting(desk)
      .nth(1)
      .getByRole('button', { name: /^Take / })
      .click();
    await button(desk, 'Show waiting contacts').waitFor();
    await sees(desk, 'Question 3');
    await second.getByText(places[0] as string).waitFor();

    await desk.setViewportSize({ width: 1280, height: 800 });
    const star = waiting(desk).getByText('nobody else is free');
    await star.waitFor();
    const ben = (await agent('ben')).page;
    await someoneWaits(ben);
    await star.waitFor({ state: 'detached' });
  },
);

scene(
  'C9 C16 the title counts who waits, the bell has its switches; away with a reason nothing is offered',
  async ({ visitor, agent }) => {
    const [desk, shop] = [(await agent()).page, (await visitor()).page];
    const title = async () => await desk.title();
    await openChat(shop);
    await say(shop, 'Hello?');
    await someoneWaits(desk);
    await waitUntil(async () => (await title()) === '(1) Desk · Vicino', 'the title counts');
    await button(desk, 'Ringing').click();
    const bell = desk.getByRole('group', { name: 'Ringing' });
    const badge = bell.getByRole('switch', { name: 'Title badge' });
    await bell.getByRole('switch', { name: 'Sound', checked: true }).waitFor();
    await bell.getByRole('switch', { name: 'Notifications' }).waitFor();
    await badge.click();
    await waitUntil(async () => (await title()) === 'Desk · Vicino', 'the title is plain');
    await desk.reload();
    await someoneWaits(desk);
    assert.equal(await title(), 'Desk · Vicino', 'the choice is kept');
    await button(desk, 'Ringing').click();
    await badge.click();
    await waitUntil(async () => (await title()) === '(1) Desk · Vicino', 'the title counts again');
    await desk.keyboard.press('Escape');

    const status = desk.getByRole('region', { name: 'My status' });
    await status.getByRole('switch', { name: 'Available' }).click();
    await waiting(desk).waitFor({ state: 'detached' });
    await desk.getByText('You are away: nothing is offered').waitFor();
    await status.getByRole('combobox', { name: 'Why not available' }).selectOption('Away · Break');
    await status.getByRole('status').getByText('Away · Break').waitFor();
    await waitUntil(async () => (await title()) === 'Desk · Vicino', 'nothing rings');
    await shop.getByText('You are next in the queue').waitFor();
    await status.getByRole('switch', { name: 'Available' }).click();
    await someoneWaits(desk);
    await takeNext(desk);
    await sees(panel(desk), 'Hello?');
  },
);
