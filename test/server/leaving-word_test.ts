import assert from 'node:assert/strict';
import { converse } from '../support/conversation.ts';
import type { RawClient } from '../support/frames.ts';
import { ManualTimers } from '../support/manual-timers.ts';
import { startServer } from '../support/server.ts';
import { servicesWith } from '../support/services.ts';

const SECOND = 1000;
const HOUR = 3600 * SECOND;

const callback = (more: object = {}) => ({
  kind: 'callback',
  name: 'Ada',
  number: '030 1234567',
  wishedAt: null,
  zone: 'Europe/Berlin',
  text: 'About my order',
  ...more,
});
const lead = (more: object = {}) => ({
  kind: 'lead',
  name: '',
  email: 'ada@example.com',
  number: '',
  text: 'Do you repair lamps?',
  ...more,
});

const open = (client: RawClient, contact: string, kind: string, more: object = {}): void =>
  client.send({ type: 'contact.open', contact, service: 'sales', kind, ...more });

Deno.test('C1 a callback waits under the name that was given, with its number in E.164 and its wished time', async () => {
  const time = new ManualTimers();
  await using server = await startServer({ clock: time.clock, timers: time });
  const agent = await server.agent('anna');
  const { client } = await server.visitor({ zone: 'Europe/Berlin' });
  const wishedAt = time.clock() + HOUR;
  open(client, 'c1', 'callback', { form: callback({ wishedAt }) });
  const view = await client.state(({ id }) => id === 'c1');
  assert.equal(view.visitor.name, 'Ada');
  assert.equal(view.visitor.country, 'DE');
  assert.deepEqual(view.form, callback({ wishedAt, number: '+49301234567' }));
  assert.equal(view.dissuadeAt, null);
  const { entry } = await agent.client.next('waiting.put');
  assert.equal(entry.name, 'Ada');
  assert.equal(entry.kind, 'callback');
  assert.equal(entry.waitingSince, wishedAt);
  agent.client.send({ type: 'contact.take' });
  assert.equal((await agent.client.next('error')).code, 'contact.none-waiting', 'not due yet');
  time.advance(HOUR);
  agent.client.send({ type: 'contact.take' });
  assert.equal((await agent.client.state(({ agent }) => agent?.id === 'anna')).id, 'c1');
});

Deno.test('C1 a lead is left when nobody is there, and is there for who comes', async () => {
  await using server = await startServer();
  const { client } = await server.visitor();
  open(client, 'c1', 'lead', { form: lead({ name: 'Ada' }) });
  const [opened] = await client.entries(1);
  assert.deepEqual(opened?.kind === 'event' && [opened.event, opened.name, opened.text], [
    'contact.opened',
    'Ada',
    'lead',
  ]);
  const { you } = (await server.agent('anna')).welcome;
  assert.deepEqual(you.side === 'agent' && you.waiting.map(({ kind, dissuadeAt }) => [kind, dissuadeAt]), [
    ['lead', null],
  ]);
});

Deno.test('C1 a form that is refused names the field, opens nothing, and may be sent again', async () => {
  await using server = await startServer();
  const { client } = await server.visitor();
  const cases: [string, object, string][] = [
    ['callback', callback(), 'number'],
    ['callback', callback({ number: '+49 30 1234567', wishedAt: 0 }), 'wishedAt'],
    ['lead', lead({ email: 'ada' }), 'email'],
    ['lead', lead({ email: '' }), 'email'],
    ['lead', lead({ text: ' ' }), 'text'],
  ];
  for (const [kind, form, field] of cases) {
    open(client, 'c1', kind, { form, ref: field });
    const { code, field: blamed, ref, message } = await client.next('error');
    assert.deepEqual([code, blamed, ref], ['form.invalid', field, field], message);
  }
  for (const form of [undefined, lead()]) {
    open(client, 'c1', 'callback', form ? { form } : {});
    assert.equal((await client.next('error')).code, 'frame.malformed');
  }
  open(client, 'c1', 'callback', { form: callback({ number: '+49 30 1234567' }) });
  await client.state(({ id }) => id === 'c1');
});

Deno.test('C1 a contact begins only in a way its service offers', async () => {
  const channels = { chat: true, voice: true, video: false };
  const offers = [
    { kind: 'voice', when: 'always' },
    { kind: 'video', when: 'always' },
    { kind: 'lead', when: 'always' },
  ] as const;
  const services = await servicesWith('sales', { channels, offers: [...offers] });
  await using server = await startServer({ config: { services } });
  const { client } = await server.visitor();
  for (const [kind, form] of [
    ['chat', undefined],
    ['video', undefined],
    ['callback', callback({ number: '+49 30 1234567' })],
  ] as const) {
    open(client, 'c1', kind, form ? { form } : {});
    assert.equal((await client.next('error')).code, 'channel.unavailable', kind);
  }
  open(client, 'c1', 'voice');
  open(client, 'c2', 'lead', { form: lead() });
  await client.state(({ id }) => id === 'c2');
});

Deno.test('C1 where nothing is said of it, a contact begins by its channels', async () => {
  const channels = { chat: true, voice: true, video: false };
  const services = (await servicesWith('sales', { channels })).map(({ offers: _, ...service }) => service);
  await using server = await startServer({ config: { services } });
  const { client } = await server.visitor();
  for (const [kind, code] of [
    ['video', 'channel.unavailable'],
    ['lead', 'channel.unavailable'],
  ] as const) {
    open(client, 'c1', kind, { form: lead() });
    assert.equal((await client.next('error')).code, code, kind);
  }
  open(client, 'c1', 'voice');
  await client.state(({ id }) => id === 'c1');
});

Deno.test('C19 an accepted invitation may begin what the service does not offer by itself', async () => {
  const services = await servicesWith('sales', {
    offers: [{ kind: 'chat', when: 'always' }],
    invitations: [{ id: 'lamps', text: 'Show us', kind: 'video', exitIntent: false }],
  });
  await using server = await startServer({ config: { services } });
  const { client } = await server.visitor();
  for (const [kind, invitation] of [
    ['video', undefined],
    ['video', 'other'],
    ['voice', 'lamps'],
  ] as const) {
    open(client, 'c1', kind, invitation ? { invitation } : {});
    assert.equal((await client.next('error')).code, 'channel.unavailable');
  }
  open(client, 'c1', 'video', { invitation: 'lamps' });
  assert.equal((await client.state(({ id }) => id === 'c1')).kind, 'video');
});

Deno.test('C7 whoever waits, or was dissuaded, leaves word instead; what was written stays', async () => {
  const time = new ManualTimers();
  await using server = await startServer({ clock: time.clock, timers: time });
  const agent = await server.agent('anna');
  const { client } = await server.visitor();
  const form = callback({ number: '+49 30 1234567' });
  for (const [contact, wait] of [
    ['c1', 0],
    ['c2', 180 * SECOND],
  ] as const) {
    open(client, contact, 'chat');
    await agent.client.next('waiting.put', ({ entry }) => entry.contact === contact);
    client.send({ type: 'message.send', contact, id: 'm1', text: 'Is anyone there?' });
    await client.next('log.appended', ({ entry }) => entry.kind === 'message');
    time.advance(wait);
    if (wait > 0) await client.state(({ id, phase }) => id === contact && phase === 'dissuaded');
    client.send({ type: 'contact.convert', contact, form });
    const view = await client.state(({ id, kind }) => id === contact && kind === 'callback');
    assert.equal(view.phase, 'waiting');
    assert.equal(view.visitor.name, 'Ada');
    assert.equal(view.dissuadeAt, null);
    const { entry } = await agent.client.next('waiting.put', ({ entry }) => entry.kind === 'callback');
    assert.equal(entry.contact, contact);
    client.send({ type: 'log.read', contact, after: 0 });
    const { entries } = await client.next('log.page');
    assert.ok(entries.some((line) => line.kind === 'message' && line.text === 'Is anyone there?'));
  }
});

Deno.test('C7 leaving word is refused where it is not offered, wrong, answered or over', async () => {
  const services = await servicesWith('sales', {
    offers: [
      { kind: 'chat', when: 'always' },
      { kind: 'callback', when: 'unanswered' },
    ],
  });
  await using server = await startServer({ config: { services } });
  const { visitor, agent } = await converse(server);
  const good = callback({ number: '+49 30 1234567' });
  const cases: [object, string][] = [
    [lead(), 'channel.unavailable'],
    [callback({ number: '12' }), 'form.invalid'],
    [good, 'contact.taken'],
  ];
  for (const [form, code] of cases) {
    visitor.client.send({ type: 'contact.convert', contact: 'c1', form });
    assert.equal((await visitor.client.next('error')).code, code);
  }
  agent.client.send({ type: 'contact.end', contact: 'c1' });
  await visitor.client.state(({ phase }) => phase === 'ended');
  visitor.client.send({ type: 'contact.convert', contact: 'c1', form: good });
  assert.equal((await visitor.client.next('error')).code, 'contact.ended');
});

Deno.test('C6 a page may address one agent, who gets the star, also where they could not answer otherwise', async () => {
  const services = await servicesWith('support', { preferLastAgent: false });
  await using server = await startServer({ config: { services } });
  const [anna, carla] = [await server.agent('anna'), await server.agent('carla')];
  const { client } = await server.visitor({ service: 'support' });
  const opening = { type: 'contact.open', service: 'support', kind: 'chat' };
  client.send({ ...opening, contact: 'c1', agent: 'carla' });
  assert.equal((await carla.client.next('waiting.put')).entry.star, true);
  assert.equal((await anna.client.next('waiting.put')).entry.star, false);
  client.send({ ...opening, contact: 'c2', agent: 'nobody' });
  await anna.client.next('waiting.put', ({ entry }) => entry.contact === 'c2');
  await carla.client.settled();
  assert.deepEqual(carla.client.take('waiting.put'), []);
});

Deno.test('C6 a service may prefer the agent a returning visitor had last', async () => {
  for (const preferLastAgent of [true, false]) {
    const services = await servicesWith('sales', { preferLastAgent });
    await using server = await startServer({ config: { services } });
    const { visitor, agent } = await converse(server, { agent: 'ben' });
    agent.client.send({ type: 'contact.end', contact: 'c1' });
    await visitor.client.state(({ phase }) => phase === 'ended');
    const anna = await server.agent('anna');
    visitor.client.send({ type: 'contact.open', contact: 'c2', service: 'sales', kind: 'chat' });
    const stars = [agent, anna].map(async ({ client }) => {
      const { entry } = await client.next('waiting.put', (put) => put.entry.contact === 'c2');
      return entry.star;
    });
    assert.deepEqual(await Promise.all(stars), [preferLastAgent, false]);
  }
});
