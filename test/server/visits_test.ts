import assert from 'node:assert/strict';
import { SUBPROTOCOL } from '../../core/protocol/limits.ts';
import { converse } from '../support/conversation.ts';
import { DEVICE, newClient, PAGE, RawClient, visitorHello } from '../support/frames.ts';
import { ManualTimers } from '../support/manual-timers.ts';
import { startServer } from '../support/server.ts';
import { servicesWith } from '../support/services.ts';

const SECOND = 1000;
const contact = 'c1';

const pageAt = (path: string) => ({ url: `https://shop.example/${path}`, title: path, referrer: PAGE.url });

Deno.test('C11 C12 the agent sees the visitor go to another page without a load', async () => {
  await using server = await startServer();
  const { visitor, agent } = await converse(server);
  visitor.client.send({ type: 'page.set', page: pageAt('cart') });
  const view = await agent.client.state((state) => state.visitor.page.title === 'cart');
  assert.deepEqual(view.visitor.page, pageAt('cart'));
  visitor.client.send({ type: 'contact.open', contact: 'c2', service: 'sales', kind: 'chat' });
  const second = await visitor.client.state(({ id }) => id === 'c2');
  assert.deepEqual(second.visitor.page, pageAt('cart'), 'a contact opened there comes from there');
});

Deno.test('C11 a page that is left shows until the visitor has arrived at the next', async () => {
  const time = new ManualTimers();
  await using server = await startServer({ clock: time.clock, timers: time });
  const { visitor, agent, token } = await converse(server);
  visitor.client.send({ type: 'page.leave' });
  const left = await agent.client.state(({ moving }) => moving !== null);
  assert.equal(left.moving, time.clock());
  await visitor.client.close();
  await agent.client.state(({ away }) => away.visitor !== null);
  const next = await server.visitor({ token, page: pageAt('cart') });
  const arrived = await agent.client.state(({ visitor }) => visitor.page.title === 'cart');
  assert.equal(arrived.moving, null);

  // The same page again, and its socket is there before the old one's is gone.
  next.client.send({ type: 'page.leave' });
  const { rev } = await agent.client.state(({ moving }) => moving !== null);
  await server.visitor({ token, page: pageAt('cart') });
  await agent.client.state((state) => state.rev > rev && state.moving === null);
});

Deno.test('C11 leaving one of two pages is no leaving', async () => {
  await using server = await startServer();
  const { visitor, agent, token } = await converse(server);
  await server.visitor({ token });
  visitor.client.send({ type: 'page.leave' });
  await visitor.client.settled();
  await agent.client.settled();
  assert.deepEqual(
    agent.client.take('contact.state').filter((frame) => frame.contact.moving !== null),
    [],
  );
});

Deno.test('C11 a visitor is idle since they last did something, on every page they have open', async () => {
  const time = new ManualTimers();
  const services = await servicesWith('sales', { idleSeconds: 90 });
  await using server = await startServer({ clock: time.clock, timers: time, config: { services } });
  const { visitor, agent, token } = await converse(server);
  time.advance(100 * SECOND);
  visitor.client.send({ type: 'idle.set', on: true });
  const idle = await agent.client.state((state) => state.idle !== null);
  assert.equal(idle.idle, time.clock() - 90 * SECOND);
  visitor.client.send({ type: 'idle.set', on: false });
  await agent.client.state((state) => state.idle === null);

  const other = await server.visitor({ token });
  visitor.client.send({ type: 'idle.set', on: true });
  await visitor.client.settled();
  await agent.client.settled();
  assert.ok(agent.client.take('contact.state').every((frame) => frame.contact.idle === null));
  other.client.send({ type: 'idle.set', on: true });
  await agent.client.state((state) => state.idle !== null);
  visitor.client.send({ type: 'idle.set', on: false });
  await agent.client.state((state) => state.idle === null);
});

Deno.test('C11 an idle page that reconnects is as idle as before; a new one is not', async () => {
  const time = new ManualTimers();
  await using server = await startServer({ clock: time.clock, timers: time });
  const { visitor, agent, token } = await converse(server);
  // Right after a start nobody knows which page loads are new.
  time.advance(60 * SECOND);
  await agent.client.settled();
  visitor.client.send({ type: 'idle.set', on: true });
  await agent.client.state((state) => state.idle !== null);
  const again = await server.visitor({ token, client: visitor.page });
  assert.notEqual(again.welcome.contacts[0]?.idle, null);
  const fresh = await server.visitor({ token, client: newClient() });
  assert.equal(fresh.welcome.contacts[0]?.idle, null);
});

Deno.test('C12 the card tells the way of the visitor through the site, and again when it goes on', async () => {
  const time = new ManualTimers();
  await using server = await startServer({ clock: time.clock, timers: time });
  const trail = [
    { url: 'https://shop.example/', title: 'Home', at: 1_000 },
    { url: PAGE.url, title: PAGE.title, at: 2_000 },
  ];
  const { client, welcome } = await server.visitor({ trail });
  const agent = await server.agent('anna');
  client.send({ type: 'contact.open', contact, service: 'sales', kind: 'chat' });
  await agent.client.next('waiting.put');
  agent.client.send({ type: 'contact.take', contact });
  agent.client.send({ type: 'card.read', contact });
  const card = await agent.client.next('visitor.card');
  assert.equal(card.firstSeen, time.clock());
  assert.deepEqual(card.earlier, []);
  assert.deepEqual(card.trail, trail);

  time.advance(SECOND);
  const cart = { url: pageAt('cart').url, title: 'cart', at: time.clock() };
  client.send({ type: 'page.set', page: pageAt('cart') });
  assert.deepEqual((await agent.client.next('visitor.card')).trail, [...trail, cart]);

  // The next page load names the whole way again, by its own clock.
  const { you } = welcome;
  const more = [
    ...trail,
    { ...cart, at: 9_000 },
    { url: 'https://shop.example/pay', title: 'Pay', at: 9_500 },
  ];
  const token = you.side === 'visitor' ? you.token : '';
  await server.visitor({ token, page: pageAt('pay'), trail: more });
  const later = await agent.client.next('visitor.card');
  assert.deepEqual(
    later.trail.map(({ url }) => url.split('/').at(-1)),
    ['', 'bikes', 'cart', 'pay'],
  );
});

Deno.test('C12 of a long way the last 20 pages are kept, a page that follows itself once', async () => {
  await using server = await startServer();
  const { visitor, agent } = await converse(server);
  for (let i = 0; i < 25; i++) {
    for (let twice = 0; twice < 2; twice++) visitor.client.send({ type: 'page.set', page: pageAt(`p${i}`) });
  }
  await visitor.client.settled();
  agent.client.take('visitor.card');
  agent.client.send({ type: 'card.read', contact });
  const { trail } = await agent.client.next('visitor.card', ({ trail }) => trail.at(-1)?.title === 'p24');
  assert.deepEqual(
    trail.map(({ title }) => title),
    Array.from({ length: 20 }, (_, i) => `p${i + 5}`),
  );
});

Deno.test('C12 the card tells earlier contacts, newest first, to the agent alone', async () => {
  await using server = await startServer();
  const { visitor, agent, token } = await converse(server);
  visitor.client.send({ type: 'contact.end', contact });
  await visitor.client.state(({ phase }) => phase === 'ended');
  visitor.client.send({ type: 'contact.rate', contact, score: 4, comment: '' });
  await visitor.client.state(({ rating }) => rating !== null);
  for (const next of ['c2', 'c3']) {
    visitor.client.send({ type: 'contact.open', contact: next, service: 'sales', kind: 'chat' });
    await visitor.client.state(({ id }) => id === next);
  }
  agent.client.send({ type: 'contact.take', contact: 'c3' });
  const view = await agent.client.state(({ id, phase }) => id === 'c3' && phase === 'assigned');
  assert.equal(view.visitor.isNew, false);
  agent.client.send({ type: 'card.read', contact: 'c3' });
  const { earlier } = await agent.client.next('visitor.card');
  assert.deepEqual(
    earlier.map((one) => [one.contact, one.agent, one.score, one.endedAt === null]),
    [
      ['c2', null, null, true],
      ['c1', 'Anna', 4, false],
    ],
  );
  const ben = await server.agent('ben');
  ben.client.send({ type: 'card.read', contact: 'c3' });
  assert.equal((await ben.client.next('error')).code, 'contact.taken');
  const again = await server.visitor({ token });
  again.client.send({ type: 'card.read', contact: 'c3' });
  assert.equal((await again.client.next('error')).code, 'frame.out-of-state');
});

Deno.test('C12 nothing is kept of a visitor who only looks around', async () => {
  await using server = await startServer();
  const { client, welcome } = await server.visitor();
  client.send({ type: 'page.set', page: pageAt('cart') });
  await client.settled();
  assert.equal(await server.store.get(`visitor/${welcome.you.id}`), null);
});

Deno.test('C4 the country comes from the configured header, or else from the time zone', async () => {
  await using server = await startServer({ config: { countryHeader: 'cf-ipcountry' } });
  const countryOf = async (said: string | undefined, zone: string) => {
    const headers = said === undefined ? {} : { 'cf-ipcountry': said };
    // Deno sends headers of one's own with the upgrade, which browsers cannot.
    const client = new RawClient(server.wsUrl, { protocols: [SUBPROTOCOL], headers });
    await client.opened;
    client.send(visitorHello({ zone, device: DEVICE }));
    await client.next('welcome');
    client.send({ type: 'contact.open', contact: `c-${said}`, service: 'sales', kind: 'chat' });
    return (await client.state(() => true)).visitor.country;
  };
  assert.equal(await countryOf('FR', 'Europe/Berlin'), 'FR');
  assert.equal(await countryOf('XX', 'Europe/Berlin'), 'DE');
  assert.equal(await countryOf(undefined, 'UTC'), null);
});
