import assert from 'node:assert/strict';
import type { ServiceView } from '../../core/protocol/server-frames.ts';
import { ManualTimers } from '../support/manual-timers.ts';
import { demoConfig, type Guest, startServer } from '../support/server.ts';

/** Where {@link ManualTimers} begins: a Tuesday. */
const TUESDAY = Date.parse('2023-11-14T00:00Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const viewOf = ({ welcome }: Guest): ServiceView => {
  assert.ok(welcome.you.side === 'visitor');
  return welcome.you.service;
};

Deno.test('C1 C18 ways to begin follow the order of the service, its hours and who is there', async () => {
  const time = new ManualTimers();
  const { services } = await demoConfig();
  const noDays = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
  const sales = {
    ...services.find(({ id }) => id === 'sales'),
    channels: { chat: true, voice: true, video: false },
    offers: [
      { kind: 'callback', when: 'always' },
      { kind: 'voice', when: 'staffed' },
      { kind: 'video', when: 'always' },
      { kind: 'chat', when: 'open' },
      { kind: 'lead', when: 'unanswered' },
    ],
    hours: {
      zone: 'UTC',
      week: { ...noDays, tue: ['09:00-12:00', '20:00-23:00'], wed: ['09:00-17:00'] },
      closed: [],
    },
  } as (typeof services)[number];
  await using server = await startServer({ clock: time.clock, timers: time, config: { services: [sales] } });
  const visitor = await server.visitor();
  const first = viewOf(visitor);
  assert.deepEqual(first.offers, ['callback', 'chat', 'lead']);
  assert.deepEqual(first.fallbacks, ['callback', 'lead']);
  assert.deepEqual(first.hours, {
    open: true,
    spans: [
      { from: TUESDAY + 20 * HOUR, to: TUESDAY + 23 * HOUR },
      { from: TUESDAY + DAY + 9 * HOUR, to: TUESDAY + DAY + 17 * HOUR },
      { from: TUESDAY + 7 * DAY + 9 * HOUR, to: TUESDAY + 7 * DAY + 12 * HOUR },
      { from: TUESDAY + 7 * DAY + 20 * HOUR, to: TUESDAY + 7 * DAY + 23 * HOUR },
    ],
  });
  const told = async () => (await visitor.client.next('service.state')).service;

  const { client: anna } = await server.agent('anna');
  const staffed = await told();
  assert.deepEqual([staffed.staffed, staffed.offers], [true, ['callback', 'voice', 'chat']]);

  time.advance(TUESDAY + 23 * HOUR - time.clock() - 1);
  await visitor.client.settled();
  assert.deepEqual(visitor.client.take('service.state'), []);
  time.advance(1);
  const closed = await told();
  assert.deepEqual([closed.hours?.open, closed.offers], [false, ['callback', 'lead']]);
  assert.equal(closed.hours?.spans[0]?.from, TUESDAY + DAY + 9 * HOUR);

  time.advance(10 * HOUR);
  const opened = await told();
  assert.deepEqual([opened.hours?.open, opened.offers], [true, ['callback', 'voice', 'chat']]);
  anna.send({ type: 'agent.set', state: 'away', reason: 'Break', voice: true, video: true });
  assert.deepEqual((await told()).offers, ['callback', 'chat', 'lead']);
  await server.stop();
  assert.equal(time.pending, 0, 'no timer is left');
});

Deno.test('C18 a service that says nothing of hours and offers is open with its channels, calls while staffed', async () => {
  const { services } = await demoConfig();
  const config = {
    services: services.map(({ offers: _, ...service }) => ({ ...service, typingPreview: true })),
  };
  await using server = await startServer({ config });
  const view = viewOf(await server.visitor());
  assert.deepEqual([view.offers, view.fallbacks, view.hours], [['chat'], [], null]);
  assert.deepEqual([view.typingPreview, view.files.maxBytes, view.idleSeconds], [true, 10_000_000, 120]);
  await server.agent('anna');
  assert.deepEqual(viewOf(await server.visitor()).offers, ['chat', 'voice', 'video']);
});
