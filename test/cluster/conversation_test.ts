import assert from 'node:assert/strict';
import { newClient, wordsOf } from '../support/frames.ts';
import { type Instances, onShared } from '../support/instances.ts';

const contact = 'c1';

/** A visitor on one instance, whose contact an agent on the other has taken. */
async function apart({ one, two }: Instances) {
  const pages = { visitor: newClient(), agent: newClient() };
  const visitor = await one.visitor({ client: pages.visitor });
  const agent = await two.agent('anna', { client: pages.agent });
  visitor.client.send({ type: 'contact.open', contact, service: 'sales', kind: 'chat' });
  await agent.client.next('waiting.put', ({ entry }) => entry.contact === contact);
  agent.client.send({ type: 'contact.take', contact });
  await visitor.client.state(({ phase }) => phase === 'assigned');
  await agent.client.state(({ phase }) => phase === 'assigned');
  const { you, epoch } = visitor.welcome;
  return {
    visitor: visitor.client,
    agent: agent.client,
    pages,
    epoch,
    token: you.side === 'visitor' ? you.token : '',
  };
}

onShared('S5 M1 M3 who chats on two instances reads the same, in the same order', async (instances) => {
  const { visitor, agent } = await apart(instances);
  const [said, answered] = [visitor, agent].map((from, side) =>
    Array.from({ length: 30 }, (_, n) => {
      const id = `${side}-${n}`;
      from.send({ type: 'message.send', contact, id, text: id });
      return id;
    }),
  );
  for (const client of [visitor, agent]) {
    const entries = [];
    while (entries.filter(({ kind }) => kind === 'message').length < 60)
      entries.push((await client.next('log.appended')).entry);
    // Those of the two may overtake each other on the way between instances; offsets say what the order is.
    const words = entries
      .filter(({ kind }) => kind === 'message')
      .toSorted((a, b) => a.offset - b.offset)
      .map(wordsOf);
    assert.equal(new Set(words).size, 60);
    assert.deepEqual(
      words.filter((word) => word.startsWith('0-')),
      said,
    );
    assert.deepEqual(
      words.filter((word) => word.startsWith('1-')),
      answered,
    );
  }
  visitor.send({ type: 'typing.set', contact, on: true });
  const { side, on } = await agent.next('typing');
  assert.deepEqual([side, on], ['visitor', true]);
  agent.send({ type: 'typing.set', contact, on: false });
  assert.equal((await visitor.next('typing')).side, 'agent');
  agent.send({ type: 'cursor.move', contact, delivered: 40, read: 40 });
  await visitor.state(({ cursors }) => cursors.agent.read === 40);
});

onShared(
  'S5 S6 a side that comes back at the other instance has everything once and in order',
  async (instances) => {
    const { one, two } = instances;
    const { visitor, agent, pages, epoch, token } = await apart(instances);
    let seen = 0;
    const send = (client: typeof visitor, from: number, to: number) => {
      for (let n = from; n < to; n++)
        client.send({ type: 'message.send', contact, id: `m${n}`, text: `m${n}` });
    };
    send(visitor, 0, 10);
    while (seen < 5) {
      const { entry } = await visitor.next('log.appended');
      seen = Math.max(seen, entry.offset);
    }
    // Some are acknowledged, others on their way: the client sends them again, wherever it comes to.
    visitor.socket.close();
    const back = await two.visitor({
      client: pages.visitor,
      token,
      resume: [{ contact, epoch, offset: seen }],
    });
    send(back.client, 0, 20);
    for (let n = 10; n < 20; n++) await back.client.next('log.appended', ({ entry }) => entry.id === `m${n}`);
    await agent.close();
    const reader = await one.agent('anna', { client: pages.agent });
    const { entries } = await reader.client.next('log.page');
    assert.deepEqual(
      entries.filter(({ kind }) => kind === 'message').map(wordsOf),
      Array.from({ length: 20 }, (_, n) => `m${n}`),
    );
    reader.client.send({ type: 'message.send', contact, id: 'a1', text: 'here now' });
    await back.client.next('log.appended', ({ entry }) => entry.id === 'a1');
  },
);

onShared(
  'S5 C16 who is away and back is seen at the other instance, also when they come back here',
  async (instances) => {
    const { one, two } = instances;
    const { visitor, agent, pages, token } = await apart(instances);
    await visitor.close();
    await agent.state(({ away }) => away.visitor !== null);
    const again = await one.visitor({ client: pages.visitor, token });
    await agent.state(({ away }) => away.visitor === null);
    await again.client.close();
    await agent.state(({ away }) => away.visitor !== null);
    const here = await two.visitor({ client: pages.visitor, token });
    await agent.state(({ away }) => away.visitor === null);
    // Another window elsewhere: closing one of two is no absence.
    const other = await one.visitor({ token });
    await here.client.close();
    await other.client.settled();
    other.client.send({ type: 'message.send', contact, id: 'm1', text: 'still here' });
    await agent.next('log.appended', ({ entry }) => entry.id === 'm1');
    assert.ok(agent.take('contact.state').every(({ contact: { away } }) => away.visitor === null));
    await agent.close();
    await other.client.state(({ away }) => away.agent !== null);
  },
);

onShared(
  'S5 C8 C3 what waits is told at every instance, taken it is gone from all',
  async ({ one, two, start }) => {
    const anna = await one.agent('anna');
    const ben = await two.agent('ben');
    const visitor = await one.visitor();
    visitor.client.send({ type: 'contact.open', contact, service: 'sales', kind: 'chat' });
    for (const { client } of [anna, ben]) {
      const { entry } = await client.next('waiting.put');
      assert.equal(entry.contact, contact);
    }
    // An instance that starts only now knows what waits, and who else is there.
    const three = await start();
    const carla = await three.agent('carla');
    assert.ok(carla.welcome.you.side === 'agent');
    ben.client.send({ type: 'contact.take', contact });
    const { reason, by } = await anna.client.next('waiting.gone');
    assert.deepEqual([reason, by], ['taken', 'Ben']);
    await visitor.client.state(({ agent }) => agent?.id === 'ben');
    ben.client.send({ type: 'contact.end', contact });
    await visitor.client.state(({ phase }) => phase === 'ended');
  },
);
