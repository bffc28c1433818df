import assert from 'node:assert/strict';
import { CloseCode } from '../../core/protocol/codes.ts';
import { newClient, type RawClient, wordsOf } from '../support/frames.ts';
import { Freezer, onShared } from '../support/instances.ts';
import { ManualTimers } from '../support/manual-timers.ts';
import { passing } from '../support/passing-time.ts';
import { demoConfig } from '../support/server.ts';

const contact = 'c1';
const { services } = await demoConfig();
const hasty = services.map((service) => ({ ...service, maxWaitSeconds: 20 }));

/** Instances whose time the test moves; the first can be stopped. */
function stoppable(body: (scene: Scene) => Promise<void>): {
  run: Parameters<typeof onShared>[1];
  options: Parameters<typeof onShared>[2];
} {
  const kit: { time: ManualTimers; freezer: Freezer } = { time: new ManualTimers(), freezer: new Freezer() };
  return {
    run: (instances) => body({ ...instances, ...kit }).finally(() => kit.freezer.thaw()),
    options: () => {
      kit.time = new ManualTimers();
      kit.freezer = new Freezer();
      const { clock } = kit.time;
      return { clock, timers: kit.time, faults: kit.freezer, config: { services: hasty, graceSeconds: 10 } };
    },
  };
}

type Scene = Parameters<Parameters<typeof onShared>[1]>[0] & {
  readonly time: ManualTimers;
  readonly freezer: Freezer;
};

const until = <T>({ time, two }: Scene, witness: RawClient, happening: Promise<T>): Promise<T> =>
  passing(time, two.store, witness, happening);

function test(title: string, body: (scene: Scene) => Promise<void>): void {
  const { run, options } = stoppable(body);
  onShared(title, run, options);
}

test('S5 C7 a contact is dissuaded once while two instances watch over it', async (scene) => {
  const { one, two, time } = scene;
  const anna = (await one.agent('anna')).client;
  const ben = (await two.agent('ben')).client;
  const visitors = [];
  const contacts = Array.from({ length: 8 }, (_, n) => `c${n}`);
  for (const [n, id] of contacts.entries()) {
    const { client } = await (n % 2 ? one : two).visitor();
    client.send({ type: 'contact.open', contact: id, service: 'sales', kind: 'chat' });
    for (const agent of [anna, ben]) await agent.next('waiting.put', ({ entry }) => entry.contact === id);
    visitors.push(client);
  }
  const dissuaded = Promise.all(visitors.map((client) => client.state(({ phase }) => phase === 'dissuaded')));
  await until(scene, anna, dissuaded);
  for (const agent of [anna, ben])
    for (const id of contacts) {
      const { reason } = await agent.next('waiting.gone', (frame) => frame.contact === id);
      assert.equal(reason, 'dissuaded');
    }
  // The instance that stands in for the other looks a little later: there is nothing left for it.
  time.advance(5_000);
  await Promise.all([anna.settled(), ben.settled()]);
  for (const id of contacts) {
    const { entries } = await two.store.read(id, 0);
    assert.deepEqual(
      entries.map(({ record }) => record.event),
      ['contact.opened', 'contact.dissuaded'],
    );
  }
});

test('S5 C7 C16 what is due is done by those who live when an instance dies', async (scene) => {
  const { one, two, freezer } = scene;
  const ben = (await two.agent('ben')).client;
  const anna = (await one.agent('anna')).client;
  const visitor = (await two.visitor()).client;
  visitor.send({ type: 'contact.open', contact, service: 'sales', kind: 'chat' });
  for (const agent of [anna, ben]) await agent.next('waiting.put');
  anna.send({ type: 'contact.take', contact });
  await visitor.state(({ phase }) => phase === 'assigned');
  await ben.next('waiting.gone');
  const waiting = Array.from({ length: 8 }, (_, n) => `w${n}`);
  const others: RawClient[] = [];
  for (const id of waiting) {
    const { client } = await two.visitor();
    client.send({ type: 'contact.open', contact: id, service: 'sales', kind: 'chat' });
    await ben.next('waiting.put', ({ entry }) => entry.contact === id);
    others.push(client);
  }
  freezer.freeze();
  await until(
    scene,
    ben,
    visitor.state(({ away }) => away.agent !== null),
  );
  const back = ben.next('waiting.put', ({ entry }) => entry.contact === contact);
  const { entry } = await until(scene, ben, back);
  assert.ok(entry.first && entry.star, 'first in line, and offered to the only one left');
  ben.send({ type: 'contact.take', contact });
  await visitor.state(({ agent }) => agent?.id === 'ben');
  // Half of these were the dead instance's to look after.
  await until(
    scene,
    ben,
    Promise.all(others.map((client) => client.state(({ phase }) => phase === 'dissuaded'))),
  );
});

test('S5 S6 an instance taken for dead drops all its sockets and begins anew', async (scene) => {
  const { one, two, freezer } = scene;
  const pages = { visitor: newClient(), agent: newClient() };
  const visitor = await one.visitor({ client: pages.visitor });
  const agent = (await two.agent('anna', { client: pages.agent })).client;
  visitor.client.send({ type: 'contact.open', contact, service: 'sales', kind: 'chat' });
  await agent.next('waiting.put');
  agent.send({ type: 'contact.take', contact });
  await visitor.client.state(({ phase }) => phase === 'assigned');
  freezer.freeze();
  visitor.client.send({ type: 'message.send', contact, id: 'm1', text: 'is anybody there' });
  await until(
    scene,
    agent,
    agent.state(({ away }) => away.visitor !== null),
  );
  agent.send({ type: 'message.send', contact, id: 'm2', text: 'where are you' });
  await agent.next('log.appended', ({ entry }) => entry.id === 'm2');
  freezer.thaw();
  const { code } = await until(scene, agent, visitor.client.closed);
  assert.equal(code, CloseCode.restart);
  const { you, epoch } = visitor.welcome;
  assert.ok(you.side === 'visitor');
  // To the same instance: it is one of them again.
  const again = await one.visitor({ client: pages.visitor, token: you.token });
  await agent.state(({ away }) => away.visitor === null);
  const page = await again.client.next('log.page');
  again.client.send({ type: 'message.send', contact, id: 'm1', text: 'is anybody there' });
  const words = page.entries.filter(({ kind }) => kind === 'message').map(wordsOf);
  if (!words.includes('is anybody there'))
    words.push(wordsOf((await again.client.next('log.appended', ({ entry }) => entry.id === 'm1')).entry));
  assert.deepEqual(words.toSorted(), ['is anybody there', 'where are you']);
  assert.equal(page.epoch, epoch);
  agent.send({ type: 'message.send', contact, id: 'm3', text: 'welcome back' });
  await again.client.next('log.appended', ({ entry }) => entry.id === 'm3');
  const late = await one.agent('ben');
  assert.ok(late.welcome.you.side === 'agent');
  again.client.send({ type: 'contact.end', contact });
  await agent.state(({ phase }) => phase === 'ended');
});
